"""Outcome, progress and status are cached on the claim, only ever together with an assessment."""

import json

import pytest

from claims.models import Change
from tests.factories import ACTOR, assess, edit, make_claim

pytestmark = pytest.mark.django_db


def standing(claim):
    claim.refresh_from_db()
    summary = json.loads(claim.document.summary)
    cached = claim.outcome, claim.progress, claim.status
    assert (summary["progress"], summary["status"]) == cached[1:]
    assert (summary["verdict"] or {"outcome": ""})["outcome"] == claim.outcome
    assert claim.closed == summary["closed"] == bool(claim.outcome)
    return cached


def test_a_new_claim_is_pending():
    assert standing(make_claim()) == ("", "", "pending")


def test_an_update_is_the_status_while_nothing_is_judged():
    claim = make_claim()
    assess(claim, progress="stalled")

    assert standing(claim) == ("", "stalled", "stalled")


def test_an_outcome_is_the_status():
    claim = make_claim()
    assess(claim, progress="stalled")
    assess(claim, "not_borne_out", cause="development")

    assert standing(claim) == ("not_borne_out", "", "not_borne_out")


def test_missed_and_still_being_worked_on_is_both():
    claim = make_claim()
    assess(claim, "not_borne_out", progress="in_progress")

    assert standing(claim) == ("not_borne_out", "in_progress", "not_borne_out")


def test_an_update_leaves_the_outcome_standing():
    claim = make_claim()
    assess(claim, "not_borne_out")
    assess(claim, progress="in_progress", cause="development")

    assert standing(claim) == ("not_borne_out", "in_progress", "not_borne_out")


def test_reopening_clears_the_outcome():
    claim = make_claim()
    assess(claim, "not_borne_out")
    assess(claim, progress="in_progress", cause="development", reopens=True)

    assert standing(claim) == ("", "in_progress", "in_progress")


def test_the_newest_outcome_stands():
    claim = make_claim()
    first = assess(claim, "not_borne_out")
    second = assess(claim, "borne_out", cause="correction", corrects=first)

    assert standing(claim) == ("borne_out", "", "borne_out")
    assert claim.verdict == second


def test_a_promise_that_is_dropped_is_not_kept():
    claim = make_claim()
    assess(claim, "not_borne_out", progress="dropped", reason="abandoned")

    assert standing(claim) == ("not_borne_out", "dropped", "not_borne_out")


def test_an_edit_leaves_what_stands():
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open in 2021."})

    assert standing(claim) == ("borne_out", "", "borne_out")


def test_the_entry_of_an_assessment_names_its_cause_and_what_it_changed():
    claim = make_claim()
    revision = claim.revision
    first = assess(claim, "not_borne_out")
    assess(claim, "borne_out", cause="correction", corrects=first)

    entry = Change.objects.latest("number")
    assert (entry.operation, entry.cause) == ("assess", "correction")
    assert entry.fields_changed == ["assessments", "outcome", "status"]
    assert (claim.revision, claim.words_revision) == (revision + 4, 1)  # evidence for each too
    made = json.loads(entry.record)["assessments"]
    assert [each["corrects"] for each in made] == [None, str(first.uid)]


def test_an_assessment_says_who_decided():
    assert assess(make_claim(), "borne_out").decided_by == ACTOR
