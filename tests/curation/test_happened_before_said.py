"""What happened before it was promised is asked about, and taken once that is meant."""

import pytest

from claims import curation
from tests.factories import assess, edit, make_claim

pytestmark = pytest.mark.django_db

PREDICTION = {"kind": "prediction", "due": "2020", "due_mode": "by", "due_basis": "stated"}


def refused(claim, outcome="borne_out", **values):
    with pytest.raises(curation.BatchRefused) as refusal:
        assess(claim, outcome, **values)
    assert not claim.assessments.exists()
    return refusal.value.message_dict


@pytest.mark.parametrize("values", [{}, PREDICTION], ids=["promise", "prediction"])
def test_it_is_asked_about(values):
    claim = make_claim(said_on="2020-01-15", **values)

    assert refused(claim, happened_on="2020-01-14") == {
        "happened_before_said": [
            "This happened before it was said (2020-01-15). If that is meant, confirm it here."
        ]
    }


def test_an_update_is_asked_about_too():
    assert "happened_before_said" in refused(
        make_claim(), "", progress="in_progress", happened_on="2019"
    )


def test_it_is_taken_once_confirmed():
    claim = make_claim(said_on="2020-01-15")

    assess(claim, "borne_out", happened_on="2020-01-14", happened_before_said=True)

    assert claim.outcome == "borne_out"


@pytest.mark.parametrize("happened_on", ["2020-01-15", "2020-01", "2020-01-14~", "2020", "../2020"])
def test_what_may_have_happened_afterwards_is_not_asked_about(happened_on):
    claim = make_claim(said_on="2020-01-15")

    assert assess(claim, "borne_out", happened_on=happened_on).outcome == "borne_out"


def test_an_assertion_speaks_of_what_was():
    claim = make_claim(kind="assertion", refers_to="2019")

    assert assess(claim, "borne_out", happened_on="2019").outcome == "borne_out"


def test_the_question_hides_no_other_fault():
    assert set(refused(make_claim(), "borne_out_late", happened_on="2019")) == {
        "happened_before_said",
        "happened_on",
    }


def test_a_confirmation_that_nobody_asked_for_is_no_fault():
    claim = make_claim()

    assess(claim, "borne_out", happened_on="2020-06", happened_before_said=True)
    edit(claim, values={"said_on": "2020-07"})

    assert claim.outcome == "borne_out"
