import json

import pytest

from tests.factories import assess, edit, make_claim

pytestmark = pytest.mark.django_db


def summary(claim):
    claim.refresh_from_db()
    return json.loads(claim.document.summary)


def test_an_open_claim_has_no_verdict():
    claim = make_claim()
    assess(claim, progress="in_progress")

    assert summary(claim)["verdict"] is None
    assert summary(claim)["closed"] is False


def instant(assessment):
    return assessment.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_the_verdict_says_what_when_and_in_the_words_of_the_kind():
    claim = make_claim()
    verdict = assess(
        claim, "borne_out_late", headline="Opened nine months late", happened_on="2021-09"
    )

    assert summary(claim)["verdict"] == {
        "outcome": "borne_out_late",
        "label": "Kept late",
        "headline": "Opened nine months late",
        "happened_on": "2021-09",
        "recorded_at": instant(verdict),
        "stands_since": instant(verdict),
        "cause": "first",
        "corrects": None,
        "stale": False,
    }
    assert summary(claim)["status_label"] == "Kept late"


def test_it_is_stale_once_the_words_have_moved():
    claim = make_claim()
    assess(claim, "borne_out")

    edit(claim, values={"statement": "The road will be open in 2021."})

    assert summary(claim)["verdict"]["stale"] is True


def test_it_is_fresh_after_a_cosmetic_edit():
    claim = make_claim()
    assess(claim, "borne_out")

    edit(claim, values={"statement": "The road wil be open."}, cosmetic="A typing mistake")

    assert summary(claim)["verdict"]["stale"] is False


def test_reaffirming_makes_it_fresh():
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open in 2021."})

    assess(claim, "borne_out", cause="reaffirmation")

    assert summary(claim)["verdict"]["stale"] is False


def test_an_update_on_a_closed_claim_leaves_the_verdict():
    claim = make_claim()
    assess(claim, "not_borne_out", headline="Still closed")

    assess(claim, progress="in_progress", cause="development", headline="Asphalt is down")

    assert summary(claim)["verdict"]["headline"] == "Still closed"
    assert summary(claim)["progress"] == "in_progress"


def test_reaffirmed_it_stands_since_it_was_recorded_first():
    claim = make_claim()
    first = assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open in 2021."})

    again = assess(claim, "borne_out", cause="reaffirmation")

    verdict = summary(claim)["verdict"]
    assert (verdict["stands_since"], verdict["recorded_at"]) == (instant(first), instant(again))


def test_a_correction_says_what_it_corrects():
    claim = make_claim()
    wrong = assess(claim, "borne_out")

    right = assess(claim, "not_borne_out", cause="correction", corrects=wrong)

    verdict = summary(claim)["verdict"]
    assert (verdict["cause"], verdict["corrects"]) == ("correction", str(wrong.uid))
    assert verdict["stands_since"] == instant(right)
