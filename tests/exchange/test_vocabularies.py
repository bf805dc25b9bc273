"""Our statuses in the words of others: complete, and honest about what is lost."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from claims.choices import ClaimKind, Outcome, Progress, Status, allowed_outcomes, status_label
from claims.exchange.vocabularies import VERSION, Vocabulary, mapped

UPDATES = ("not_started", "in_progress", "stalled", "done")

# Their word, and ~ where it does not say just what ours does.
EXPECTED = {
    "politifact": {
        "promise": {
            "pending": "Not Yet Rated",
            "not_started": "Not Yet Rated ~",
            "in_progress": "In the Works",
            "stalled": "Stalled",
            "done": "In the Works ~",
            "dropped": "Stalled ~",
            "borne_out": "Promise Kept",
            "borne_out_late": "Promise Kept ~",
            "partly_borne_out": "Compromise",
            "not_borne_out": "Promise Broken",
            "unverifiable": "None ~",
            "void": "None ~",
        },
        "prediction": {
            "pending": "None ~",
            "borne_out": "None ~",
            "borne_out_late": "None ~",
            "partly_borne_out": "None ~",
            "not_borne_out": "None ~",
            "unverifiable": "None ~",
            "void": "None ~",
        },
        "assertion": {
            "pending": "None ~",
            "borne_out": "True ~",
            "partly_borne_out": "Half True ~",
            "not_borne_out": "False ~",
            "unverifiable": "None ~",
        },
    },
    "metaculus": {
        "promise": {
            "pending": "open",
            "not_started": "open ~",
            "in_progress": "open ~",
            "stalled": "open ~",
            "done": "open ~",
            "dropped": "open ~",
            "borne_out": "yes",
            "borne_out_late": "no ~",
            "partly_borne_out": "no ~",
            "not_borne_out": "no",
            "unverifiable": "ambiguous ~",
            "void": "annulled",
        },
        "prediction": {
            "pending": "open",
            "borne_out": "yes",
            "borne_out_late": "no ~",
            "partly_borne_out": "no ~",
            "not_borne_out": "no",
            "unverifiable": "ambiguous ~",
            "void": "annulled",
        },
        "assertion": {
            "pending": "open",
            "borne_out": "yes",
            "partly_borne_out": "no ~",
            "not_borne_out": "no",
            "unverifiable": "ambiguous ~",
        },
    },
    "claimreview": {
        "promise": {
            "pending": "None ~",
            "not_started": "None ~",
            "in_progress": "None ~",
            "stalled": "None ~",
            "done": "None ~",
            "dropped": "None ~",
            "borne_out": "Kept 5",
            "borne_out_late": "Kept late",
            "partly_borne_out": "Partly kept 3",
            "not_borne_out": "Not kept 1",
            "unverifiable": "Cannot be rated",
            "void": "Condition never arose",
        },
        "prediction": {
            "pending": "None ~",
            "borne_out": "Came true 5",
            "borne_out_late": "Came true late",
            "partly_borne_out": "Partly came true 3",
            "not_borne_out": "Did not come true 1",
            "unverifiable": "Cannot be judged",
            "void": "Condition never arose",
        },
        "assertion": {
            "pending": "None ~",
            "borne_out": "Accurate 5",
            "partly_borne_out": "Partly accurate 3",
            "not_borne_out": "Inaccurate 1",
            "unverifiable": "Cannot be verified",
        },
    },
}


def reachable(kind):
    """Each outcome and progress at which a claim of this kind may stand."""
    outcomes = ["", *allowed_outcomes(kind)]
    progress = ["", *Progress] if kind == ClaimKind.PROMISE else [""]
    return list(product(outcomes, progress))


def alone(status):
    """It, as an outcome and a progress."""
    return (status, "") if status in Outcome.values else ("", status if status != "pending" else "")


def in_short(word):
    rating = f" {word.rating}" if word.rating is not None else ""
    return f"{word.status}{rating}{' ~' if word.lossy else ''}"


@pytest.mark.parametrize("kind", ClaimKind)
@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_each_status_has_its_word(vocabulary, kind):
    statuses = {o or p or Status.PENDING for o, p in reachable(kind)}

    words = {str(each): in_short(mapped(vocabulary, kind, *alone(each))) for each in statuses}

    assert words == EXPECTED[vocabulary][kind]


@pytest.mark.parametrize("kind", ClaimKind)
@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_whatever_a_claim_may_stand_at_is_mapped_and_a_loss_is_said_in_a_sentence(vocabulary, kind):
    for outcome, progress in reachable(kind):
        word = mapped(vocabulary, kind, outcome, progress)
        assert word.lossy == bool(str(word.note)), (outcome, progress)
        assert not word.lossy or str(word.note).endswith("."), (outcome, progress)
        assert word.lossy or word.status is not None, (outcome, progress)


@pytest.mark.parametrize("kind", ClaimKind)
@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_from_a_word_that_loses_nothing_ours_is_read_back(vocabulary, kind):
    exact = Counter(
        str(word.status)
        for outcome, progress in reachable(kind)
        if not (word := mapped(vocabulary, kind, outcome, progress)).lossy
    )

    assert set(exact.values()) <= {1}


@pytest.mark.parametrize("vocabulary", Vocabulary)
@pytest.mark.parametrize("progress", UPDATES)
def test_progress_beside_an_outcome_is_lost_and_named(vocabulary, progress):
    word = mapped(vocabulary, "promise", "borne_out_late", progress)

    assert word.status == mapped(vocabulary, "promise", "borne_out_late", "").status
    assert word.lossy
    assert str(word.note).endswith(
        f"That it is noted as “{status_label('promise', progress)}” besides is lost."
    )
    assert "late is lost." in str(word.note) or vocabulary == "claimreview"


def test_the_table_has_a_version():
    assert VERSION
