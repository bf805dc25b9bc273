"""Made claims are such as curation would have taken, with a true ledger and true texts."""

import json
from collections import Counter
from copy import copy
from itertools import chain

import pytest

from claims.audit import verify
from claims.choices import EditorialState, LinkType
from claims.curation.link_rules import link_faults
from claims.curation.rules import (
    assessment_faults,
    claim_faults,
    evidence_faults,
    publication_faults,
)
from claims.documents import Names, record, render, tombstone
from claims.models import (
    GENESIS,
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Evidence,
    Ledger,
    Link,
    SearchText,
)

from .made_claims import make_claims
from .vocabulary import EVERYWHERE, HANDFUL, RARE, WORDS

pytestmark = pytest.mark.django_db
NUMBER = 1_200  # more than a block


@pytest.fixture(scope="module")
def claims(rows_for_all):
    return rows_for_all(all_made)


def all_made():
    make_claims(NUMBER)
    return list(Claim.objects.with_everything().order_by("pk"))


def published(claim):
    """As it was before it left the public."""
    claim = copy(claim)
    claim.editorial_state = EditorialState.PUBLISHED
    return claim


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


def test_curation_would_have_taken_their_assessments_one_after_the_other(claims):
    for claim in map(published, claims):
        earlier = []
        claim.outcome = claim.progress = ""
        for each in claim.assessments.all():
            evidence, judged = list(each.evidence.all()), each.words_revision
            # Words that were edited since are as any words that a history has judged.
            history = judged < claim.words_revision
            faults = assessment_faults(claim, each, evidence, judged, earlier, history=history)
            assert faults == {}, each
            earlier.append(each)
            vars(claim).update(outcome=each.outcome or claim.outcome, progress=each.progress)
    assert {each.cause for each in Assessment.objects.all()} == {
        "first",
        "development",
        "correction",
    }


def test_curation_would_have_taken_their_links(claims):
    by_pk = {claim.pk: published(claim) for claim in claims}
    links = list(Link.objects.all())
    for link in links:
        faults = link_faults(by_pk[link.claim_id], link.type, by_pk[link.target_id], [])
        assert faults == {}, link.type
    assert {link.type for link in links} == set(LinkType)


def test_some_are_stale_and_some_have_left_the_public(claims):
    assert any(claim.stale for claim in claims)
    assert {claim.editorial_state for claim in claims} == {"published", "retracted", "merged"}


def test_the_audit_finds_no_fault(claims):
    findings = verify()

    assert findings.claims == NUMBER
    assert (findings.with_older_names, findings.in_older_format, findings.not_entered) == (0, 0, 0)


def test_words_are_as_frequent_as_is_said(claims):
    texts = dict(SearchText.objects.values_list("claim", "text"))
    having = {
        word: sum(f" {word} " in text for text in texts.values())
        for word in (*EVERYWHERE, RARE, *chain(*WORDS.values()))
    }

    assert [having[word] for word in (*EVERYWHERE, RARE)] == [NUMBER] * len(EVERYWHERE) + [HANDFUL]
    shares = {share: [having[word] / NUMBER for word in words] for share, words in WORDS.items()}
    assert all(0.07 < each < 0.13 for each in shares[0.1])
    assert all(0.002 < each < 0.02 for each in shares[0.01])
    assert max(shares[0.001]) < min(shares[0.01])


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
