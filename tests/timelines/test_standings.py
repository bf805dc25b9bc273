"""Developments read "stood from … to …"; only what a correction corrects reads "corrected"."""

import json

import pytest
import time_machine
from django.core.exceptions import ValidationError

from claims.timelines import standings
from tests.factories import add_evidence, assess, edit, make_claim

pytestmark = pytest.mark.django_db


def on(day, claim, *args, **values):
    evidence = add_evidence(claim)
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        return assess(claim, *args, evidence=[evidence], **values)


def told(claim):
    """The assessments of a timeline by uid, each with the type of its event."""
    claim.refresh_from_db()
    events = json.loads(claim.document.timeline)["events"]
    return {
        each["assessment"]["uid"]: {"type": each["type"], **each["assessment"]}
        for each in events
        if each["assessment"]
    }


def words(claim, *assessments):
    entries = told(claim)
    return [entries[str(each.uid)]["standing"] for each in assessments]


def test_what_stands_says_since_when():
    claim = make_claim()
    verdict = on("2021-01-05", claim, "not_borne_out")

    assert words(claim, verdict) == ["Stands since 2021-01-05"]
    entry = told(claim)[str(verdict.uid)]
    assert entry["stood_from"] == "2021-01-05T12:00:00.000000Z"
    assert (entry["stood_to"], entry["ended_by"], entry["corrected_by"]) == (None, None, None)


@pytest.mark.parametrize("cause", ["development", "method"])
def test_what_a_development_or_a_new_method_ended_stood_and_was_not_corrected(cause):
    claim = make_claim()
    first = on("2021-01-05", claim, "not_borne_out")
    second = on("2021-09-20", claim, "borne_out_late", cause=cause)

    assert words(claim, first, second) == [
        "Stood from 2021-01-05 to 2021-09-20",
        "Stands since 2021-09-20",
    ]
    entry = told(claim)[str(first.uid)]
    assert entry["stood_to"] == "2021-09-20T12:00:00.000000Z"
    assert entry["ended_by"] == {"uid": str(second.uid), "cause": cause, "reopens": False}
    assert entry["corrected_by"] is None


def test_what_a_correction_names_is_corrected():
    claim = make_claim()
    wrong = on("2021-01-05", claim, "not_borne_out")
    right = on("2021-02-01", claim, "borne_out", cause="correction", corrects=wrong)

    assert words(claim, wrong, right) == [
        "Stood from 2021-01-05 until it was corrected on 2021-02-01",
        "Stands since 2021-02-01",
    ]
    entry = told(claim)[str(wrong.uid)]
    assert entry["ended_by"]["uid"] == entry["corrected_by"]["uid"] == str(right.uid)
    assert entry["corrected_by"]["recorded_at"] == "2021-02-01T12:00:00.000000Z"


def test_an_older_verdict_that_is_corrected_keeps_the_end_it_had():
    claim = make_claim()
    wrong = on("2021-01-05", claim, "partly_borne_out")
    then = on("2021-09-20", claim, "borne_out_late", cause="development")
    right = on("2021-10-01", claim, "borne_out", cause="correction", corrects=wrong)

    assert words(claim, wrong, then, right) == [
        "Stood from 2021-01-05 to 2021-09-20; corrected on 2021-10-01",
        "Stood from 2021-09-20 to 2021-10-01",
        "Stands since 2021-10-01",
    ]


def test_an_update_does_not_stand_but_may_be_corrected():
    claim = make_claim()
    verdict = on("2021-01-05", claim, "not_borne_out")
    wrong = on("2021-02-01", claim, progress="stalled", cause="development")
    right = on("2021-03-01", claim, progress="in_progress", cause="correction", corrects=wrong)

    assert words(claim, verdict, wrong, right) == [
        "Stands since 2021-01-05",
        "Corrected on 2021-03-01",
        None,
    ]
    assert told(claim)[str(wrong.uid)]["stood_from"] is None


def test_a_verdict_corrected_by_an_update_stands_and_says_so():
    claim = make_claim()
    verdict = on("2021-01-05", claim, "not_borne_out", progress="stalled")
    on("2021-02-01", claim, progress="in_progress", cause="correction", corrects=verdict)

    assert words(claim, verdict) == ["Stands since 2021-01-05; corrected on 2021-02-01"]


def test_a_verdict_that_was_wrong_is_not_left_standing():
    claim = make_claim()
    verdict = assess(claim, "not_borne_out")

    with pytest.raises(ValidationError) as refused:
        assess(claim, progress="in_progress", cause="correction", corrects=verdict)

    assert list(refused.value.message_dict) == ["outcome"]


def test_reaffirmed_an_outcome_goes_on_standing():
    claim = make_claim()
    first = on("2021-01-05", claim, "not_borne_out")
    edit(claim, values={"statement": "The road will be open to all in 2020."})
    again = on("2021-06-01", claim, "not_borne_out", cause="reaffirmation")

    assert words(claim, first, again) == [
        "Stood from 2021-01-05, reaffirmed on 2021-06-01",
        "Stands since 2021-01-05",
    ]
    last = on("2021-09-20", claim, "borne_out_late", cause="development")
    assert words(claim, again, last) == [
        "Stood from 2021-01-05 to 2021-09-20",
        "Stands since 2021-09-20",
    ]
    assert told(claim)[str(again.uid)]["stood_from"] == "2021-06-01T12:00:00.000000Z"


def test_a_reopening_is_an_event_of_its_own_that_ends_the_verdict():
    claim = make_claim()
    verdict = on("2021-01-05", claim, "not_borne_out")
    reopening = on("2021-03-01", claim, progress="in_progress", cause="development", reopens=True)

    entries = told(claim)
    assert entries[str(reopening.uid)]["type"] == "reopening"
    assert entries[str(verdict.uid)]["ended_by"] == {
        "uid": str(reopening.uid),
        "cause": "development",
        "reopens": True,
    }
    assert words(claim, verdict, reopening) == [
        "Stood from 2021-01-05 to 2021-03-01, when the claim was reopened",
        None,
    ]


def test_after_a_reopening_the_same_outcome_begins_anew():
    claim = make_claim()
    on("2021-01-05", claim, "not_borne_out")
    on("2021-03-01", claim, progress="in_progress", cause="development", reopens=True)
    again = on("2021-06-01", claim, "not_borne_out", cause="development")

    assert words(claim, again) == ["Stands since 2021-06-01"]


def test_a_correction_that_reopens_is_shown_as_a_correction():
    claim = make_claim()
    wrong = on("2021-01-05", claim, "not_borne_out")
    values = {"cause": "correction", "corrects": wrong, "reopens": True}
    reopening = on("2021-03-01", claim, progress="in_progress", **values)

    entry = told(claim)[str(reopening.uid)]
    assert (entry["type"], entry["reopens"]) == ("correction", True)
    assert words(claim, wrong) == ["Stood from 2021-01-05 until it was corrected on 2021-03-01"]


def test_what_reaffirmed_a_wrong_verdict_was_wrong_with_it():
    claim = make_claim()
    first = on("2021-01-05", claim, "not_borne_out")
    edit(claim, values={"statement": "The road will be open to all in 2020."})
    again = on("2021-06-01", claim, "not_borne_out", cause="reaffirmation")
    mended = on("2021-09-20", claim, "borne_out", cause="correction", corrects=first)

    assert words(claim, first, again, mended) == [
        "Stood from 2021-01-05, reaffirmed on 2021-06-01; corrected on 2021-09-20",
        "Stood from 2021-01-05 until it was corrected on 2021-09-20",
        "Stands since 2021-09-20",
    ]
    assert {told(claim)[str(each.uid)]["corrected_by"]["uid"] for each in (first, again)} == {
        str(mended.uid)
    }


def test_what_is_corrected_twice_says_when_it_first_was():
    claim = make_claim()
    wrong = on("2021-01-05", claim, "not_borne_out")
    first = on("2021-02-01", claim, "borne_out", cause="correction", corrects=wrong)
    on("2021-03-01", claim, "partly_borne_out", cause="correction", corrects=wrong)

    assert told(claim)[str(wrong.uid)]["corrected_by"]["uid"] == str(first.uid)


def test_a_redacted_verdict_stood_all_the_same():
    entry = {"uid": "1", "outcome": "borne_out", "reopens": False, "corrects": None}
    facts = {"cause": "first", "headline": None, "rationale": None}

    found = standings([entry | facts | {"recorded_at": "2021-01-05T12:00:00.000000Z"}])

    assert found["1"]["standing"] == "Stands since 2021-01-05"


def test_a_verdict_its_reopening_and_another_on_one_day_stand_as_they_were_recorded():
    claim = make_claim()
    day = {"happened_on": "2021-03-01"}
    on("2021-03-02", claim, "not_borne_out", **day)
    on("2021-03-03", claim, progress="in_progress", cause="development", reopens=True, **day)
    on("2021-03-04", claim, "borne_out_late", cause="development", **day)

    assert [each["type"] for each in told(claim).values()] == ["verdict", "reopening", "verdict"]
