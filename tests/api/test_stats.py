"""Counts in groups: exact, and each group is the length of the list that it names."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import stats
from claims.models import Ledger
from tests.api.test_scorecards import length
from tests.factories import (
    assess,
    make_claim,
    make_collection,
    make_speaker,
    make_topic,
)
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db

BY = ["status", "outcome", "kind", "topic", "collection", "speaker", "year_said", "year_due"]


def groups(answer):
    return {
        tuple(each[name] for name in answer["group_by"]): each["count"]
        for each in answer["results"]
    }


def check_every_group(api, answer):
    for each in [answer["claims"], *answer["results"]]:
        assert length(api, each["list"] + ("" if "?" in each["list"] else "?")) == each["count"], (
            each
        )


@pytest.fixture
def claims():
    ann, bob = make_speaker(slug="ann"), make_speaker(slug="bob")
    roads, tolls = make_topic(slug="roads"), make_topic(slug="tolls")
    due = {"due_mode": "by", "due_basis": "stated"}
    assess(make_claim(speaker=ann, topics=[roads, tolls], due="2020", **due), "borne_out")
    assess(make_claim(speaker=ann, topics=[roads], due="2021", **due), progress="stalled")
    make_claim(speaker=bob, kind="assertion", said_on="2021-02", collections=[make_collection()])
    make_claim(speaker=bob, due="2021/..", **due)


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("status", {("borne_out",): 1, ("stalled",): 1, ("pending",): 2}),
        ("outcome", {("borne_out",): 1, (None,): 3}),
        ("kind", {("promise",): 3, ("assertion",): 1}),
        ("topic", {("roads",): 2, ("tolls",): 1, (None,): 2}),
        ("speaker", {("ann",): 2, ("bob",): 2}),
        ("year_said", {(2020,): 3, (2021,): 1}),
        ("year_due", {(2020,): 1, (2021,): 1, (None,): 2}),
        (
            "speaker,status",
            {
                ("ann", "borne_out"): 1,
                ("ann", "stalled"): 1,
                ("bob", "pending"): 2,
            },
        ),
    ],
)
def test_counts_by_one_thing_or_two(api, claims, group_by, expected):
    answer = api("stats/", group_by=group_by)

    assert groups(answer) == expected
    assert answer["claims"]["count"] == 4
    check_every_group(api, answer)


def test_every_filter_of_the_list_narrows_it(api, claims):
    assert groups(api("stats/", group_by="status", speaker="ann", closed="true")) == {
        ("borne_out",): 1
    }
    later = api("stats/", group_by="year_said", said_from="2020-06")
    assert groups(later) == {(2021,): 1}
    check_every_group(api, later)


def test_where_topics_are_filtered_only_those_are_groups(api, claims):
    answer = api("stats/", group_by="topic,speaker", topic="tolls")

    assert groups(answer) == {("tolls", "ann"): 1}
    check_every_group(api, answer)


def test_the_largest_group_comes_first(api, claims):
    counts = [each["count"] for each in api("stats/", group_by="topic")["results"]]

    assert counts == sorted(counts, reverse=True)


def test_groups_beyond_the_largest_are_told_in_sum(api, claims, monkeypatch):
    monkeypatch.setattr(stats, "MOST_GROUPS", 1)

    answer = api("stats/", group_by="status")

    assert groups(answer) == {("pending",): 2}
    assert answer["others"] == {"groups": 2, "count": 2}


def test_as_of_counts_what_stood_then_and_how_much_has_changed_since(api):
    claim = make_claim()
    then = Ledger.objects.get().cursor
    assess(claim, "not_borne_out")
    make_claim()

    answer = api("stats/", group_by="status", as_of=then)

    assert groups(answer) == {("pending",): 1}
    assert answer["changed_since"]["count"] == 1
    assert length(api, answer["changed_since"]["list"]) == 1
    assert answer["as_of"]["cursor"] == then
    check_every_group(api, answer)


def test_what_asks_for_changed_claims_is_not_told_their_number_again(api):
    make_claim()
    then = Ledger.objects.get().cursor

    answer = api("stats/", group_by="status", as_of=then, changed="false")

    assert answer["changed_since"] is None
    check_every_group(api, answer)


@pytest.mark.parametrize("seed", range(2))
def test_every_group_is_as_long_as_its_list_whatever_was_written(api, seed):
    cursors = []
    for _write in write_at_random(seed, 20):
        cursors.append(Ledger.objects.get().cursor)

    for name in BY:
        check_every_group(api, api("stats/", group_by=name))
        check_every_group(api, api("stats/", group_by=name, as_of=cursors[len(cursors) // 2]))
    check_every_group(api, api("stats/", group_by="topic,collection", closed="false"))


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    return [query["sql"] for query in captured]


def test_kept_counts_are_one_query_with_the_state_of_the_ledger(client, claims):
    (kept,) = queries(client, "stats/?group_by=kind,status&kind=promise&closed=false")

    assert 'FROM "claims_claimcount"' in kept
    assert "claims_ledger" in kept
    assert '"claims_claim"' not in kept


def test_other_counts_are_one_query_behind_that_for_its_tag(client, claims):
    tag, grouped = queries(client, "stats/?group_by=speaker,status")

    assert "claims_ledger" in tag
    assert 'FROM "claims_claim"' in grouped
    assert "claims_ledger" in grouped


def test_where_a_claim_may_count_in_several_groups_their_number_is_one_more(client, claims):
    tag, grouped, number = queries(client, "stats/?group_by=topic,status&has_due=true")

    assert "claims_ledger" in tag
    assert "GROUP BY" in grouped
    assert "COUNT(*)" in number
    assert "claims_claimcount" in queries(client, "stats/?group_by=topic,status")[-1]


def test_where_there_is_no_group_it_is_looked_again_behind_the_state_of_the_ledger(client, claims):
    kept, state, again = queries(client, "stats/?group_by=status&outcome=void")

    assert 'FROM "claims_claimcount"' in kept
    assert 'FROM "claims_ledger"' in state
    assert again == kept


@pytest.mark.parametrize(
    ("params", "name", "said"),
    [
        ({}, "group_by", "one or two of: status, "),
        ({"group_by": ""}, "group_by", "one or two of"),
        ({"group_by": "stat"}, "group_by", "Did you mean “status”?"),
        ({"group_by": "status,status"}, "group_by", "one or two of"),
        ({"group_by": "status,kind,topic"}, "group_by", "one or two of"),
        ({"group_by": "status", "ordering": "due"}, "ordering", "no such parameter"),
        ({"group_by": "status", "speaker": "nobody"}, "speaker", "There is no “nobody”."),
        ({"group_by": "status", "as_of": "2999-01-01"}, "as_of", "still to come"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(problem, params, name, said):
    errors = problem(400, "stats/", **params)["errors"]

    assert list(errors) == [name]
    assert said in errors[name][0]
