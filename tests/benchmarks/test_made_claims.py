"""Made claims are such as curation would have taken, with a true ledger and true texts."""

import json
from collections import Counter

import pytest
from django.db import transaction

from claims.curation.rules import claim_faults, evidence_faults, publication_faults
from claims.documents import Names, record, render, tombstone
from claims.models import GENESIS, Change, Claim, ClaimDocument, Evidence, Ledger

from .made_claims import make_claims

NUMBER = 150


@pytest.fixture
def claims(db):
    make_claims(NUMBER)
    return list(Claim.objects.with_everything().order_by("pk"))


def test_there_are_as_many_as_asked_for_with_three_pieces_of_evidence_or_eight(claims):
    assert len(claims) == NUMBER
    assert set(Counter(len(claim.evidence.all()) for claim in claims)) == {3, 8}
    assert len({claim.status for claim in claims}) > 5
    assert NUMBER / 6 < sum(claim.quantity is not None for claim in claims) < NUMBER / 2


def test_curation_would_have_taken_them(claims):
    for claim in claims:
        assert claim_faults(claim) | publication_faults(claim) == {}
    for evidence in Evidence.objects.all():
        assert evidence_faults(evidence) == {}


def test_the_texts_are_those_of_the_records(claims):
    records = [record(claim) for claim in claims]
    names = Names.of(records)

    for claim, facts in zip(claims, records, strict=True):
        if not claim.is_published:
            assert not ClaimDocument.objects.filter(claim=claim).exists()
            continue
        texts = render(facts, names)
        assert (claim.document.summary, claim.document.timeline) == (texts.summary, texts.timeline)


def test_the_ledger_is_a_true_chain_up_to_the_claims_as_they_stand(claims):
    head, changes = GENESIS, list(Change.objects.order_by("number"))

    for number, change in enumerate(changes, start=1):
        assert (change.number, change.previous_hash) == (number, head)
        assert change.record_digest == change.digest_of_record()
        assert change.hash == change.hash_of_entry()
        head = change.hash

    assert Ledger.objects.get().hash == head
    latest = {change.key: change for change in changes}
    for claim in claims:
        entry = latest[str(claim.uid)]
        assert claim.ledger_number == entry.number
        facts = record(claim) if claim.is_published else tombstone(claim)
        assert json.loads(entry.record) == facts | {"reason": claim.state_reason}


def test_the_same_seed_makes_the_same_claims_and_another_makes_others(db):
    first, again, other = texts(seed=1), texts(seed=1), texts(seed=2)

    assert first == again
    assert first != other


def texts(seed):
    """What ten claims of this seed say; they are not kept."""
    with transaction.atomic():
        make_claims(10, seed=seed)
        found = list(Claim.objects.order_by("pk").values_list("document__timeline", flat=True))
        transaction.set_rollback(True)
    return found
