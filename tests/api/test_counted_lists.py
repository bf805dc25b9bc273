"""A list says how many claims it has on all its pages, to those who ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import assess, make_claim, make_draft

pytestmark = pytest.mark.django_db


def test_all_pages_are_counted_under_the_filters(api):
    for _number in range(3):
        make_claim()
    make_claim(kind="prediction")
    make_draft()

    page = api("claims/", count="true", kind="promise", page_size=2)

    assert page["count"] == 3
    assert len(page["results"]) == 2


def test_it_is_not_counted_unasked(api):
    make_claim()

    assert "count" not in api("claims/")
    assert "count" not in api("claims/", count="false")


def test_none_is_a_count_too(api):
    assert api("claims/", count="true")["count"] == 0


def test_the_past_is_counted_as_it_was(api):
    make_claim()
    before = api("claims/")["head"]
    assess(make_claim(), "borne_out")

    assert api("claims/", count="true", as_of=before)["count"] == 1


@pytest.mark.parametrize(
    ("asked", "counted"),
    [("kind=promise", 'FROM "claims_claimcount"'), ("has_due=true", "COUNT(*)")],
)
def test_it_is_one_more_query_and_one_for_its_tag(client, asked, counted):
    make_claim()

    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/claims/?count=true&{asked}")

    tag, page, count = [query["sql"] for query in captured]
    assert "claims_ledger" in tag
    assert '"summary"' in page
    assert counted in count


def test_anything_but_yes_or_no_is_refused(problem):
    assert "true or false" in problem(400, "claims/", count="all")["errors"]["count"][0]
