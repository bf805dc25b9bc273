import pytest

from claims.choices import (
    OUTCOME_LABELS,
    ClaimKind,
    Outcome,
    Progress,
    Status,
    allowed_outcomes,
    status_label,
)


def test_a_status_is_pending_a_progress_or_an_outcome():
    assert Status.values == ["pending", *Progress.values, *Outcome.values]


@pytest.mark.parametrize("kind", ClaimKind)
def test_every_kind_has_its_outcomes(kind):
    late_or_void = {Outcome.BORNE_OUT_LATE, Outcome.VOID}

    allowed = set(allowed_outcomes(kind))

    assert set(Outcome) - allowed == (late_or_void if kind == ClaimKind.ASSERTION else set())
    assert set(OUTCOME_LABELS) == set(ClaimKind)


@pytest.mark.parametrize(
    ("kind", "status", "label"),
    [
        ("promise", "borne_out_late", "Kept late"),
        ("prediction", "borne_out_late", "Came true late"),
        ("assertion", "borne_out", "Accurate"),
        ("promise", "in_progress", "In progress"),
        ("assertion", "pending", "Pending"),
    ],
)
def test_a_status_is_said_in_the_words_of_the_kind(kind, status, label):
    assert status_label(kind, status) == label


def test_an_outcome_that_a_kind_cannot_have_is_said_in_the_words_of_none():
    """A claim that became an assertion was a promise when it was judged."""
    assert status_label("assertion", "borne_out_late") == str(Status("borne_out_late").label)
