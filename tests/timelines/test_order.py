"""Events stand where they were so; where nobody knows that, where they were published or noted."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from claims import curation
from tests.factories import add_evidence, assess, edit, make_claim, make_revision, make_source

pytestmark = pytest.mark.django_db


def events(claim):
    claim.refresh_from_db()
    return json.loads(claim.document.timeline)["events"]


def order(claim):
    return [(each["type"], each["date"]) for each in events(claim)]


def say_again(claim, said_on):
    row = curation.RowWrite(values={"said_on": said_on, "source": make_source()})
    edit(claim, appearances=[row])


def test_a_life_in_order():
    claim = make_claim(said_on="2020-01-15")
    report = add_evidence(claim, dated="2021-09-16", summary="It was opened.")
    say_again(claim, "2020-03")
    plan = add_evidence(claim, dated="2020-05", summary="A plan.")
    assess(claim, progress="in_progress", evidence=[plan], happened_on="2020-05")
    assess(
        claim, "borne_out_late", cause="development", evidence=[report], happened_on="2021-09-16"
    )

    assert order(claim) == [
        ("said", "2020-01-15"),
        ("said_again", "2020-03"),
        ("evidence", "2020-05"),
        ("update", "2020-05"),
        ("due", "2020"),
        ("evidence", "2021-09-16"),
        ("verdict", "2021-09-16"),
    ]


def test_what_falls_due_does_so_at_the_end_of_its_period():
    claim = make_claim(said_on="2020", due="2020", due_mode="by", due_basis="stated")
    add_evidence(claim, dated="2020-12-30")

    assert order(claim) == [("said", "2020"), ("evidence", "2020-12-30"), ("due", "2020")]


def test_on_one_day_words_come_before_facts_and_facts_before_verdicts():
    day = "2020-12-31"
    claim = make_claim(said_on=day, due=day, due_mode="by", due_basis="stated")
    evidence = add_evidence(claim, dated=day)
    assess(claim, "borne_out", evidence=[evidence], happened_on=day)
    say_again(claim, day)

    assert [kind for kind, _date in order(claim)] == [
        "said",
        "said_again",
        "evidence",
        "due",
        "verdict",
    ]


def test_evidence_without_a_date_stands_where_it_was_published():
    claim = make_claim(said_on="2020-01-15")
    add_evidence(claim, source=make_source(published_on="2020-02"))

    assert order(claim)[1] == ("evidence", "2020-02")


def test_a_verdict_on_what_never_happened_stands_where_we_recorded_it():
    claim = make_claim(said_on="2020-01-15")
    evidence = add_evidence(claim, dated="2021-02")
    later = add_evidence(claim, dated="2021-04")
    with time_machine.travel(datetime(2021, 3, 1, tzinfo=UTC), tick=False):
        assess(claim, "not_borne_out", evidence=[evidence, later])

    (verdict,) = (each for each in events(claim) if each["type"] == "verdict")
    assert [kind for kind, _date in order(claim)] == [
        "said",
        "due",
        "evidence",
        "verdict",
        "evidence",
    ]
    assert (verdict["date"], verdict["recorded_at"]) == (None, "2021-03-01T00:00:00.000000Z")


def test_a_search_without_date_or_source_comes_last():
    claim = make_claim(said_on="2020-01-15")
    add_evidence(claim, kind="search", summary="Nothing found.")

    assert order(claim)[-1] == ("evidence", None)


def test_entries_of_one_day_stand_as_they_were_recorded():
    claim = make_claim()
    with time_machine.travel(datetime(2021, 3, 1, 9, tzinfo=UTC), tick=False):
        assess(claim, progress="stalled", happened_on="2020-06", headline="Morning")
    with time_machine.travel(datetime(2021, 3, 1, 17, tzinfo=UTC), tick=False):
        assess(
            claim,
            progress="in_progress",
            cause="development",
            happened_on="2020-06",
            headline="Evening",
        )

    headlines = [each["text"] for each in events(claim) if each["type"] == "update"]
    assert headlines == ["Morning", "Evening"]


def test_open_ends_stand_by_the_end_that_is_known():
    claim = make_claim(said_on="2020-01-15", due="2021/..", due_mode="by", due_basis="ours")
    add_evidence(claim, dated="../2020-06")

    assert order(claim) == [("said", "2020-01-15"), ("evidence", "../2020-06"), ("due", "2021/..")]


def test_a_claim_that_revises_another_says_so_where_it_was_said():
    first = make_claim(said_on="2019")
    claim = make_revision(first, said_on="2020-01-15")

    assert order(claim)[:2] == [("said", "2020-01-15"), ("revised", "2020-01-15")]
    assert events(claim)[1]["claim"] == str(first.uid)


def test_evidence_without_any_date_stands_where_it_was_recorded():
    with time_machine.travel("2021-03-01"):
        claim = make_claim()
        add_evidence(claim, source=make_source(published_on=None))
    with time_machine.travel("2022-03-01"):
        assess(claim, "not_borne_out")

    *_before, evidence, verdict = events(claim)

    assert (evidence["type"], evidence["date"]) == ("evidence", None)
    assert evidence["recorded_at"].startswith("2021-03-01")
    assert verdict["type"] == "verdict"
