"""Feeds and calendar are asked as the lists are, by programs of which few say what they read."""

import json

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from claims.filters import questions
from tests.factories import assess, make_claim, make_speaker

pytestmark = pytest.mark.django_db

FEEDS = ["verdicts.atom", "corrections.atom", "claims.atom"]
ALL = [*FEEDS, "calendar.ics"]


@pytest.fixture(scope="module")
def two_claims(rows_for_all):
    """A promise and a prediction, each judged and corrected; the promise's speaker is ada."""
    return rows_for_all(make_two_claims)


def make_two_claims():
    claims = [
        make_claim(speaker=make_speaker(slug="ada"), due="2090", due_mode="by", due_basis="stated"),
        make_claim(kind="prediction", due="2090", due_mode="by", due_basis="stated"),
    ]
    for claim in claims:
        wrong = assess(claim, "borne_out", happened_on="2021")
        assess(claim, "not_borne_out", cause="correction", corrects=wrong)
    return claims


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"kind": "promise"}, 1),
        ({"kind": "promise,prediction"}, 2),
        ({"speaker": "ada", "closed": "true"}, 1),
        ({"due_overlaps": "2090", "has_quantity": "false"}, 2),
        ({"closed": "false"}, 0),
    ],
)
def test_each_is_asked_with_the_filters_of_claims(client, two_claims, path, asked, found):
    content = client.get(f"/api/v1/{path}", asked).content

    per_claim = 2 if path == "verdicts.atom" else 1
    assert content.count(b"<entry>") + content.count(b"BEGIN:VEVENT") == found * per_claim


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"kind": "vow"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kinds": "promise"}, "kinds"),
        ({"kind": ["promise", "prediction"]}, "kind"),
        ({"speaker": "nobody"}, "speaker"),
        ({"speaker": "ada,nobody"}, "speaker"),
        ({"quantity_min": "3"}, "quantity_min"),
        ({"ordering": "due"}, "ordering"),
        ({"as_of": "2021-01-01"}, "as_of"),
        ({"changed": "true"}, "changed"),
    ],
)
def test_bad_parameters_are_refused_by_name(problem, two_claims, path, params, name):
    assert list(problem(400, path, **params)["errors"]) == [name]


def test_the_past_is_for_lists(problem):
    refused = problem(400, "claims.atom", as_of="2021-01-01", changed="true")

    assert refused["errors"].keys() == {"as_of", "changed"}
    assert "Lists tell of the past." in refused["detail"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("params", [{"cursor": "nonsense"}, {"page_size": "201"}])
def test_a_feed_has_the_pages_of_a_list(problem, path, params):
    assert problem(400, path, **params)["errors"].keys() == params.keys()


@pytest.mark.parametrize("name", ["cursor", "page_size"])
def test_the_calendar_has_no_pages(problem, name):
    assert list(problem(400, "calendar.ics", **{name: "2"})["errors"]) == [name]


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize(
    "accept",
    [
        "application/atom+xml, application/rss+xml;q=0.9, text/xml;q=0.7",
        "application/rss+xml",
        "text/calendar",
        "application/json; indent=x",
        "text/html",
        ";;;,/",
        "",
    ],
)
def test_each_is_to_be_had_whatever_a_reader_accepts(client, path, accept):
    response = client.get(f"/api/v1/{path}", headers={"accept": accept})

    assert response.status_code == 200
    assert (
        response["Content-Type"]
        == {
            "atom": "application/atom+xml; charset=utf-8",
            "ics": "text/calendar; charset=utf-8",
        }[path.partition(".")[2]]
    )


@pytest.mark.parametrize("path", ALL)
def test_a_refusal_is_a_problem_whatever_a_reader_accepts(client, path):
    response = client.get(f"/api/v1/{path}?kind=vow", headers={"accept": "application/atom+xml"})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ALL)
def test_head_says_the_same_without_a_body(client, two_claims, path):
    got, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")

    assert head.status_code == 200
    assert head["Content-Type"] == got["Content-Type"]
    assert head.content == b""


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("method", ["options", "post", "put", "delete"])
def test_nothing_else_can_be_done_with_it(client, path, method):
    response = getattr(client, method)(f"/api/v1/{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response["Content-Type"] == "application/problem+json"


def test_openapi_knows_them_and_each_of_their_filters():
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    paths = json.loads(json.dumps(schema, default=str))["paths"]
    filters = set(questions()) - {"as_of", "changed"}

    for path in ALL:
        described = paths[f"/api/v1/{path}"]["get"]
        paging = set() if path == "calendar.ics" else {"cursor", "page_size"}
        media_type = "text/calendar" if path == "calendar.ics" else "application/atom+xml"
        assert {each["name"] for each in described["parameters"]} == filters | paging
        assert described["responses"].keys() == {"200", "400", "401"}
        assert described["responses"]["200"]["content"].keys() == {media_type}


def test_readers_find_them_from_the_page_of_the_api(client):
    page = client.get("/api/v1/docs/").content.decode()

    for path in ALL:
        assert f'href="/api/v1/{path}"' in page
