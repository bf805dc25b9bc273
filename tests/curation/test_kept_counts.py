"""How many published claims stand so is kept with every write, and is what counting them gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from claims import curation
from claims.models import ClaimCount
from tests.factories import (
    ACTOR,
    assess,
    edit,
    judged,
    make_claim,
    make_dossier,
    make_draft,
    move,
    over,
    shown,
)
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db

PENDING = ("promise", "pending", "", "")
KEPT = ("promise", "borne_out", "borne_out", "")


def kept():
    """The counts, which are what counting gives."""
    counts = ClaimCount.objects.kept()
    assert counts == ClaimCount.objects.counted()
    return counts


def test_a_claim_counts_while_it_is_public():
    claim = make_draft()
    assert kept() == {}
    move(curation.publish, claim)
    assert kept() == {PENDING: 1}
    move(curation.retract, claim, "It was another person.")
    assert kept() == {}
    move(curation.publish, claim, "It was this one.")
    assert kept() == {PENDING: 1}


def test_a_claim_that_is_merged_counts_as_its_survivor_alone():
    survivor, duplicate = make_claim(), make_claim()
    assert kept() == {PENDING: 2}

    change = curation.StateChange(claim=duplicate, revision=duplicate.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)

    assert kept() == {PENDING: 1}


def test_drafts_count_nowhere_whatever_becomes_of_them():
    move(curation.set_aside, make_draft(), "No date.")
    move(curation.submit_for_review, make_draft())
    curation.delete_drafts([make_draft()])

    assert kept() == {}


def test_a_claim_counts_as_it_stands():
    claim = make_claim()
    assess(claim, progress="stalled")
    assert kept() == {("promise", "stalled", "", "stalled"): 1}
    assess(claim, "not_borne_out", progress="in_progress", cause="development")
    assert kept() == {("promise", "not_borne_out", "not_borne_out", "in_progress"): 1}
    assess(claim, progress="done", reopens=True, cause="development")
    assert kept() == {("promise", "done", "", "done"): 1}
    assess(claim, "borne_out", cause="development")
    assert kept() == {KEPT: 1}


def test_a_claim_of_another_kind_counts_there():
    claim = make_claim()

    edit(claim, values={"kind": "prediction"})

    assert kept() == {("prediction", "pending", "", ""): 1}


def test_an_edit_that_moves_no_count_leaves_them():
    claim = make_claim()
    before = list(ClaimCount.objects.values())

    edit(claim, values={"statement": "The road will be open."})

    assert list(ClaimCount.objects.values()) == before


def test_what_comes_from_elsewhere_counts_as_it_stands_after_all_its_verdicts():
    evidence = shown()
    new = make_dossier(evidence=[evidence], assessments=[judged("borne_out", evidence)])
    plain, draft = make_dossier(), make_dossier(state="draft")
    curation.enter_dossiers([new, plain, draft], actor=ACTOR)
    assert kept() == {KEPT: 1, PENDING: 1}

    curation.enter_dossiers(
        [
            over(new, values={"kind": "prediction"}),
            over(plain),
            over(draft, state="published"),
        ],
        actor=ACTOR,
    )
    assert kept() == {("prediction", "borne_out", "borne_out", ""): 1, PENDING: 2}


def test_what_is_refused_counts_nowhere():
    with pytest.raises(curation.DossiersRefused):
        curation.enter_dossiers([make_dossier(), make_dossier(values={"kind": "?"})], actor=ACTOR)
    claim, other = make_draft(), make_draft()
    changes = [
        curation.StateChange(claim=claim, revision=claim.revision),
        curation.StateChange(claim=other, revision=9),
    ]
    with pytest.raises(curation.BatchRefused):
        curation.publish(changes, actor=ACTOR)

    assert kept() == {}


def test_a_savepoint_that_rolls_back_takes_its_own_counts_along():
    with curation.locked_ledger():
        claim = make_claim()
        with transaction.atomic():
            assess(claim, "borne_out")
            make_claim()
            transaction.set_rollback(True)
        assert kept() == {PENDING: 1}
        make_claim(kind="assertion")

    assert kept() == {PENDING: 1, ("assertion", "pending", "", ""): 1}


def test_a_redaction_leaves_them():
    assess(make_claim(statement="The Katze will be fed.", quote="Katze"), "borne_out")
    make_claim(kind="assertion", quote="Katze")
    before = kept()

    curation.redact("Katze", legal_basis="Art. 17 GDPR", actor=ACTOR)

    assert kept() == before


@pytest.mark.parametrize("seed", range(2))
def test_they_are_exact_after_every_write_whatever_is_written(seed):
    for _write in write_at_random(seed, 20):
        assert kept()


def write(_writer):
    try:
        for _turn in range(3):
            claim = make_claim()
            assess(claim, "borne_out")
            move(curation.retract, make_claim(), "It was another person.")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_writers_at_once_none_is_lost():
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))

    assert kept() == {KEPT: 4 * 3}
