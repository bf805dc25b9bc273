import pytest

from claims import curation
from claims.models import Change, ClaimDocument
from tests.factories import add_evidence, edit, make_draft, move

pytestmark = pytest.mark.django_db


def entries_of_claims():
    return Change.objects.filter(subject="claim")


def test_a_draft_is_in_no_ledger_and_has_no_public_text():
    draft = make_draft()
    edit(draft, values={"statement": "The road will be open by Christmas 2020."})
    add_evidence(draft)
    move(curation.submit_for_review, draft)
    move(curation.back_to_draft, draft)

    assert not entries_of_claims().exists()
    assert not ClaimDocument.objects.exists()
    assert draft.ledger_number is None
    assert draft.published_at is None


def test_publishing_begins_its_history():
    claim = move(curation.publish, make_draft())

    entry = entries_of_claims().get()
    assert (entry.operation, entry.key, entry.fields_changed) == ("publish", str(claim.uid), [])
    assert claim.ledger_number == entry.number
    assert claim.document.ledger_number == entry.number
    assert claim.published_at is not None


def test_a_claim_in_review_can_be_published():
    claim = move(curation.submit_for_review, make_draft())

    assert move(curation.publish, claim).is_published


def test_a_claim_is_not_published_without_its_source():
    draft = make_draft(source=None)

    with pytest.raises(curation.BatchRefused) as refused:
        move(curation.publish, draft)

    assert list(refused.value.error_dict) == ["source"]
    assert not entries_of_claims().exists()


def test_a_published_claim_keeps_its_source():
    claim = move(curation.publish, make_draft())

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, values={"source": None})

    assert list(refused.value.error_dict) == ["source"]


def test_a_published_claim_is_not_published_again():
    claim = move(curation.publish, make_draft())

    with pytest.raises(curation.BatchRefused, match="cannot become"):
        move(curation.publish, claim)
