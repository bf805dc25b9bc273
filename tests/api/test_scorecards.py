"""Scorecards: every number is the length of the list that it names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Ledger
from tests.factories import (
    assess,
    edit,
    make_claim,
    make_collection,
    make_revision,
    make_speaker,
    make_topic,
)
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


def cells(value: Any, path: str = "") -> dict[str, dict[str, Any]]:
    """Every cell of an answer, by where it stands."""
    if not isinstance(value, dict):
        return {}
    if value.keys() >= {"count", "list"}:
        return {path: value}
    found = {}
    for name, each in value.items():
        found |= cells(each, f"{path}.{name}" if path else name)
    return found


def counts(card: dict[str, Any]) -> dict[str, int]:
    """What there is any of."""
    return {path: cell["count"] for path, cell in cells(card).items() if cell["count"]}


def length(api: Any, address: str) -> int:
    number, page = 0, api(address.removeprefix("http://testserver/api/v1/") + "&page_size=200")
    while True:
        number += len(page["results"]) + len(page.get("redacted", ()))
        if not page["next"]:
            return number
        page = api(page["next"].removeprefix("http://testserver/api/v1/"))


def check_every_cell(api: Any, card: dict[str, Any]) -> None:
    for path, cell in cells(card).items():
        assert length(api, cell["list"]) == cell["count"], path


@pytest.fixture
def ada():
    return make_speaker(slug="ada", name="Ada")


def promise(speaker, outcome="", *, stale=False, verdict=None, **values):
    values = {"due": "2020", "due_mode": "by", "due_basis": "stated"} | values
    claim = make_claim(speaker=speaker, **values)
    if outcome:
        assess(claim, outcome, **(verdict or {}))
    if stale:
        edit(claim, values={"statement": "Something else."})
    return claim


@pytest.fixture
def record(ada):
    """Twelve claims of Ada's, and one of somebody else."""
    with time_machine.travel(datetime(2022, 1, 1, tzinfo=UTC), tick=False):
        for _ in range(3):
            promise(ada, "borne_out")
        promise(ada, "borne_out_late", verdict={"happened_on": "2021-01-10"})
        promise(ada, "borne_out_late", verdict={"happened_on": "2021-01"})
        promise(ada, "borne_out_late")
        promise(ada, "not_borne_out", verdict={"reason": "abandoned"})
        promise(ada, "unverifiable", verdict={"reason": "vague"})
        promise(ada, "void", condition="If it rains.")
        promise(ada, "borne_out", stale=True)
        promise(ada, "unverifiable", stale=True, verdict={"reason": "vague"})
        promise(ada)
        promise(ada, due_basis="ours")
        promise(ada, due="2020~")
        promise(ada, due="2030", due_basis="term")
        promise(ada, due=None, due_mode="", due_basis="")
        promise(make_speaker(), "borne_out")


@time_machine.travel(datetime(2022, 6, 1, tzinfo=UTC), tick=False)
def test_counts_what_came_out_how_and_what_is_left_out(api, record):
    card = api("speakers/ada/scorecard/")

    assert counts(card) == {
        "claims": 16,
        "closed": 11,
        "outcomes.borne_out": 4,
        "outcomes.borne_out_late": 3,
        "outcomes.not_borne_out": 1,
        "outcomes.unverifiable": 2,
        "outcomes.void": 1,
        "excluded.unverifiable": 2,
        "excluded.void": 1,
        "excluded.stale": 1,
        "open.stated": 2,
        "open.ours": 1,
        "open.term": 1,
        "open.none": 1,
        "overdue.stated": 1,
        "overdue.ours": 1,
        "possibly_overdue.stated": 1,
        "borne_out.part": 3,
        "borne_out.whole": 7,
        "borne_out_or_late.part": 6,
        "borne_out_or_late.whole": 7,
        "days_late.claims": 2,
    }
    left_out = sum(card["excluded"][why]["count"] for why in card["excluded"])
    assert card["borne_out"]["whole"]["count"] == card["closed"]["count"] - left_out
    assert card["subject"] == {"type": "speaker", "slug": "ada", "name": "Ada", "said": "by"}
    check_every_cell(api, card)


def test_a_share_has_its_interval(api, record):
    card = api("speakers/ada/scorecard/")

    assert card["borne_out"]["share"] == 0.4286
    assert (card["borne_out"]["low"], card["borne_out"]["high"]) == (0.1582, 0.7495)


def test_days_late_are_medians_of_the_least_and_the_most_that_dates_allow(api, record):
    late = api("speakers/ada/scorecard/")["days_late"]

    # 10 days; and from 1 to 31 days.
    assert (late["median_least"], late["median_most"]) == (5.5, 20.5)


def test_what_was_judged_late_is_late_by_a_day_at_least(api, ada):
    promise(ada, "borne_out_late", due="2020-06-30", verdict={"happened_on": "2020-03~"})

    late = api("speakers/ada/scorecard/")["days_late"]

    assert (late["median_least"], late["median_most"]) == (1, 1)


def test_of_fewer_than_five_closed_claims_there_is_no_share(api, ada):
    for _ in range(4):
        promise(ada, "borne_out")

    few = api("speakers/ada/scorecard/")["borne_out"]
    promise(ada, "borne_out")
    enough = api("speakers/ada/scorecard/")["borne_out"]

    assert (few["share"], few["low"], few["high"]) == (None, None, None)
    assert few["whole"]["count"] == 4
    assert enough["share"] == 1.0


def test_a_stale_verdict_counts_again_once_it_is_reaffirmed(api, ada):
    claim = promise(ada, "borne_out", stale=True)

    assert api("speakers/ada/scorecard/")["borne_out"]["whole"]["count"] == 0
    assess(claim, "borne_out", cause="reaffirmation")
    assert api("speakers/ada/scorecard/")["borne_out"]["whole"]["count"] == 1


def test_of_an_organisation_what_was_said_on_its_behalf(api, ada):
    party = make_speaker(slug="party", kind="organisation")
    promise(ada, on_behalf_of=party)
    promise(party, "borne_out")
    promise(ada)

    for_it = api("speakers/party/scorecard/")
    by_it = api("speakers/party/scorecard/", said="by")

    assert (for_it["subject"]["said"], counts(for_it)["claims"]) == ("for", 1)
    assert (by_it["subject"]["said"], counts(by_it)["closed"]) == ("by", 1)
    check_every_cell(api, for_it)
    check_every_cell(api, by_it)


def test_of_a_collection(api, ada):
    programme = make_collection(slug="programme", name="Programme")
    promise(ada, "borne_out", collections=[programme])
    promise(ada)

    card = api("collections/programme/scorecard/")

    assert card["subject"] == {
        "type": "collection",
        "slug": "programme",
        "name": "Programme",
        "said": None,
    }
    assert counts(card)["claims"] == 1
    check_every_cell(api, card)


def test_the_question_can_be_narrowed(api, ada):
    roads = make_topic(slug="roads")
    promise(ada, said_on="2019-05-01", topics=[roads])
    promise(ada, said_on="2020-05-01")
    make_claim(speaker=ada, kind="assertion", said_on="2020-06-01", topics=[roads])

    def number(**params):
        card = api("speakers/ada/scorecard/", **params)
        check_every_cell(api, card)
        return card["claims"]["count"]

    assert number() == 3
    assert number(kind="assertion") == 1
    assert number(topic="roads") == 2
    assert number(**{"from": "2020"}) == 2
    assert number(**{"from": "2019", "to": "2020-05"}) == 2


def test_a_chain_counts_once_as_its_first_claim_was_judged(api, ada):
    first = promise(ada, "not_borne_out", said_on="2019")
    second = make_revision(first, said_on="2020", due="2021", due_mode="by", due_basis="stated")
    assess(second, "borne_out")
    make_revision(second, said_on="2020-06", due="2021", due_mode="by", due_basis="stated")

    by_claim = api("speakers/ada/scorecard/")
    by_chain = api("speakers/ada/scorecard/", unit="chain")

    assert counts(by_claim)["claims"] == 3
    assert counts(by_chain) == {
        "claims": 1,
        "closed": 1,
        "outcomes.not_borne_out": 1,
        "borne_out.whole": 1,
        "borne_out_or_late.whole": 1,
        "deadlines_moved": 1,
    }
    assert by_claim["deadlines_moved"]["count"] == 1
    check_every_cell(api, by_claim)
    check_every_cell(api, by_chain)


def test_as_of_counts_what_stood_then(api, ada):
    claim = promise(ada)
    then = Ledger.objects.get().cursor
    assess(claim, "not_borne_out")
    promise(ada, "borne_out")

    card = api("speakers/ada/scorecard/", as_of=then)

    assert card["as_of"]["cursor"] == then
    assert counts(card) == {"claims": 1, "open.stated": 1, "overdue.stated": 1}
    check_every_cell(api, card)


def test_what_was_redacted_since_counts_and_is_named_in_the_list(api, ada):
    claim = promise(ada, statement="Kowalski will open the road.")
    then = Ledger.objects.get().cursor
    curation.redact("Kowalski", legal_basis="A court's order.", actor="ada")

    card = api("speakers/ada/scorecard/", as_of=then)

    assert card["claims"]["count"] == 1
    assert api("claims/", as_of=then)["redacted"] == [str(claim.uid)]
    check_every_cell(api, card)


@pytest.mark.parametrize("seed", range(2))
def test_every_cell_is_as_long_as_its_list_whatever_was_written(api, seed):
    cursors = []
    for _write in write_at_random(seed, 30):
        cursors.append(Ledger.objects.get().cursor)
    speaker = api("claims/")["results"][0]["speaker"]["slug"]

    for params in ({}, {"unit": "chain"}, {"as_of": cursors[len(cursors) // 2]}):
        check_every_cell(api, api(f"speakers/{speaker}/scorecard/", **params))


def test_it_costs_the_same_however_many_claims_there_are(client, api, ada):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/speakers/ada/scorecard/")
        return [query["sql"] for query in captured]

    promise(ada, "borne_out_late", verdict={"happened_on": "2021"})
    few = queries()
    for _ in range(5):
        promise(ada, "borne_out_late", verdict={"happened_on": "2021"})
    many = queries()

    tag, speaker, head, cells, days_late, moves = few
    assert "claims_ledger" in tag
    assert len(many) == 6
    assert "claims_speaker" in speaker
    assert "claims_ledger" in head
    assert "COUNT" in cells
    assert "happened_on_first" in days_late
    assert "claims_link" in moves


@pytest.mark.parametrize(
    ("params", "name", "said"),
    [
        ({"unit": "chains"}, "unit", "Did you mean “chain”?"),
        ({"said": "about"}, "said", "by, for"),
        ({"from": "last year"}, "from", "position 1"),
        ({"to": ""}, "to", "empty"),
        ({"kind": "promis"}, "kind", "Did you mean “promise”?"),
        ({"topic": "nowhere"}, "topic", "There is no “nowhere”."),
        ({"as_of": "2999-01-01"}, "as_of", "still to come"),
        ({"said_from": "2020"}, "said_from", "no such parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(problem, ada, params, name, said):
    errors = problem(400, "speakers/ada/scorecard/", **params)["errors"]

    assert list(errors) == [name]
    assert said in errors[name][0]


@pytest.mark.parametrize("path", ["speakers", "collections"])
def test_of_nobody_there_is_none(problem, path):
    problem(404, f"{path}/nobody/scorecard/")
