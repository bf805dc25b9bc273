"""What a write reads under the ledger's lock is read once, and believed under that lock alone."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Change, Claim, Ledger
from tests.factories import ACTOR, edit, make_claim, make_topic

pytestmark = pytest.mark.django_db


def retracted(claim):
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="Not theirs.")
    (now,) = curation.retract([change], actor=ACTOR)
    return now


def read(claim):
    return curation.read_for_write(Claim.objects.filter(pk=claim.pk))


def rows_read(write):
    with CaptureQueriesContext(connection) as captured:
        write()
    return sum('FROM "claims_claim" ' in each["sql"] for each in captured)


def test_a_claim_that_was_read_is_not_read_again():
    claim = make_claim()

    with curation.locked_ledger():
        claim = read(claim)
        assert rows_read(lambda: retracted(claim)) == 0


def test_another_object_of_the_same_claim_is():
    claim = make_claim()

    with curation.locked_ledger():
        read(claim)
        assert rows_read(lambda: retracted(claim)) == 1


def test_it_is_believed_for_one_write():
    claim = make_claim()

    with curation.locked_ledger():
        claim = read(claim)
        now = retracted(claim)
        change = curation.StateChange(claim=now, revision=now.revision, reason="Theirs after all.")
        assert rows_read(lambda: curation.publish([change], actor=ACTOR)) == 1


def test_it_is_read_again_under_another_lock():
    claim = make_claim()
    with curation.locked_ledger():
        read_before = read(claim)
    edit(claim, values={"quote": "It will be open."})

    with pytest.raises(curation.BatchRefused), curation.locked_ledger():
        retracted(read_before)


def test_entries_follow_the_head_that_is_left_when_others_were_rolled_back():
    with curation.locked_ledger():
        make_topic(slug="first")
        with transaction.atomic():
            make_topic(slug="rolled-back")
            transaction.set_rollback(True)
        make_topic(slug="second")

    assert list(Change.objects.values_list("key", flat=True)) == ["first", "second"]
    assert Ledger.objects.get().cursor == Change.objects.last().cursor
    assert Change.objects.last().previous_hash == Change.objects.first().hash
