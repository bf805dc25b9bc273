"""The API's front door leads everywhere."""

from django.urls import URLPattern

from claims.api import urls


def addresses(patterns=urls.urlpatterns, before=""):
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from addresses(each.url_patterns, here)


# Not for everybody, or only written to.
APART = {"drafts/", "imports/", "tokens/", "tokens/current/", "claims/batch/"}


def test_everything_that_can_be_listed_is_listed(api):
    listed = {
        address.removeprefix("http://testserver/api/v1/").partition("?")[0]
        for address in api("").values()
    }

    assert listed == {each for each in addresses() if "<" not in each} - {""} - APART


def test_each_address_answers(api, client):
    for address in api("").values():
        response = client.get(address)
        assert response.status_code == 200, address
        response.getvalue()  # a download gives its place back when it is read


def test_it_takes_no_parameters(problem):
    assert list(problem(400, "", kind="promise")["errors"]) == ["kind"]
