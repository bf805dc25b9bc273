"""Keyset pages: every row once, in order, forwards and back, whatever the ordering."""

import base64
from itertools import chain, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim
from tests.factories import make_claim

DUES = [None, "2021", "2021", None, "2020", "2022/..", "2021-06", None]


def make_claims():
    for number, due in enumerate(DUES):
        dated = {"due": due, "due_mode": "by", "due_basis": "stated"} if due else {}
        undated = {} if due else {"due": None, "due_mode": "", "due_basis": ""}
        make_claim(statement=str(number), said_on=f"2019-0{number % 3 + 1}", **dated, **undated)
    return [str(number) for number in range(len(DUES))]


@pytest.fixture(scope="module")
def claims_for_all(rows_for_all):
    return rows_for_all(make_claims)


@pytest.fixture
def claims(claims_for_all, db):
    return claims_for_all


def walk(client, address, direction="next"):
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        body = response.json()
        pages.append([each["statement"] for each in body["results"]])
        address = body[direction]
    return pages


@pytest.mark.parametrize("ordering", ["said_on", "-said_on", "due", "-due", "changed", "-changed"])
@pytest.mark.parametrize("size", [1, 3, 8])
def test_pages_walk_through_every_row_once(client, claims, ordering, size):
    pages = walk(client, f"/api/v1/claims/?ordering={ordering}&page_size={size}")

    assert sorted(chain(*pages)) == claims
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("ordering", ["said_on", "-said_on", "due", "-due", "changed", "-changed"])
def test_previous_leads_back_through_the_same_pages(client, claims, ordering):
    address, forth = f"/api/v1/claims/?ordering={ordering}&page_size=3", []
    while address:
        last, body = address, client.get(address).json()
        forth.append([each["statement"] for each in body["results"]])
        address = body["next"]

    assert walk(client, last, "previous") == forth[::-1]


@pytest.mark.parametrize(("ordering", "reverse"), [("due", False), ("-due", True)])
def test_claims_without_a_last_due_day_come_last_either_way(client, claims, ordering, reverse):
    (page,) = walk(client, f"/api/v1/claims/?ordering={ordering}")
    due_last = dict(Claim.objects.values_list("statement", "due_last"))

    dated = [due_last[each] for each in page if due_last[each]]

    assert dated == sorted(dated, reverse=reverse)
    assert not any(due_last[each] for each in page[len(dated) :])


def test_equal_dates_are_ordered_by_age(client, claims):
    (page,) = walk(client, "/api/v1/claims/?ordering=said_on")
    keys = {claim.statement: (claim.said_on_first, claim.pk) for claim in Claim.objects.published()}

    assert all(keys[one] < keys[other] for one, other in pairwise(page))


def test_filters_stay_in_the_address_of_the_next_page(client, claims):
    pages = walk(client, "/api/v1/claims/?due_overlaps=2021&page_size=1&ordering=due")

    assert len(pages) == len([due for due in DUES if due and due.startswith("2021")])


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "201"}, "page_size"),
        ({"page_size": "1000000000"}, "page_size"),
        ({"page_size": "٣"}, "page_size"),
        ({"page_size": ""}, "page_size"),
        ({"ordering": "said"}, "ordering"),
        ({"ordering": "--due"}, "ordering"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "W10"}, "cursor"),
        ({"cursor": "WyItc2FpZF9vbiIsICIyMDIwIiwgMSwgMF0"}, "cursor"),
        ({"cursor": "eyJhIjoxfQ"}, "cursor"),
        ({"cursor": "WyJkdWUiLCBudWxsLCAxLCAwXQ", "ordering": "-due"}, "cursor"),
    ],
)
def test_a_malformed_page_parameter_is_refused_by_name(problem, params, name):
    assert list(problem(400, "claims/", **params)["errors"]) == [name]


def test_a_cursor_with_half_a_surrogate_pair_is_refused(problem):
    cursor = base64.urlsafe_b64encode(b'["slug", "\\ud800", 1, 0]').decode()

    assert list(problem(400, "speakers/", cursor=cursor)["errors"]) == ["cursor"]


@pytest.mark.django_db
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60))
def test_no_cursor_however_odd_makes_an_error_of_ours(client, text):
    assert client.get("/api/v1/claims/", {"cursor": text}).status_code == 400
