import json

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.models import Change, Claim, ClaimDocument
from tests.factories import ACTOR, assess, edit, make_claim, make_draft, move

pytestmark = pytest.mark.django_db


def latest():
    return Change.objects.latest("number")


def merge(duplicate, survivor, reason="The same claim"):
    duplicate.refresh_from_db()
    return curation.merge(
        curation.StateChange(claim=duplicate, revision=duplicate.revision, reason=reason),
        into=survivor,
        actor=ACTOR,
    )


def test_a_retracted_claim_leaves_a_tombstone_and_no_text():
    claim = move(curation.retract, make_claim(), "It was another person.")

    entry = latest()
    assert (entry.operation, entry.fields_changed) == ("retract", ["editorial_state"])
    assert json.loads(entry.record) == {
        "uid": str(claim.uid),
        "editorial_state": "retracted",
        "merged_into": None,
        "reason": "It was another person.",
    }
    assert not ClaimDocument.objects.exists()
    assert not Claim.objects.published().exists()
    assert claim.ledger_number == entry.number
    assert claim.state_reason == "It was another person."


def test_coming_back_is_told_from_being_published_first():
    claim = make_claim()
    first = latest()
    move(curation.retract, claim, "It was another person.")
    move(curation.publish, claim, "It was this one.")

    again = latest()
    assert (first.operation, first.fields_changed) == ("publish", [])
    assert (again.operation, again.fields_changed) == ("publish", ["editorial_state"])


def test_its_text_stays_in_history():
    claim = make_claim(statement="The road will be open.")
    move(curation.retract, claim, "It was another person.")

    published = Change.objects.get(operation="publish")

    assert json.loads(published.record)["statement"] == "The road will be open."


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_taking_a_claim_back_needs_a_reason(reason):
    claim = make_claim()

    with pytest.raises(curation.BatchRefused) as refused:
        move(curation.retract, claim, reason)

    assert list(refused.value.error_dict) == ["reason"]
    assert Claim.objects.get().is_published


def test_a_retracted_claim_is_not_edited_nor_judged():
    claim = make_claim()
    move(curation.retract, claim, "It was another person.")

    with pytest.raises(curation.BatchRefused, match="not edited"):
        edit(claim, values={"quote": "More."})


def test_a_retracted_claim_comes_back_with_a_reason_and_its_verdict():
    claim = make_claim()
    assess(claim, "borne_out")
    first_published = claim.published_at
    move(curation.retract, claim, "It was another person.")
    with pytest.raises(curation.BatchRefused) as refused:
        move(curation.publish, claim)
    assert list(refused.value.error_dict) == ["reason"]

    move(curation.publish, claim, "It was this person after all.")

    assert latest().operation == "publish"
    assert json.loads(latest().record)["reason"] == "It was this person after all."
    assert claim.published_at == first_published
    assert json.loads(claim.document.summary)["status"] == "borne_out"


def test_a_duplicate_is_merged_into_the_claim_that_survives_it():
    duplicate, survivor = make_claim(), make_claim()

    merged = merge(duplicate, survivor)

    assert (merged.editorial_state, merged.merged_into) == ("merged", survivor)
    assert latest().operation == "merge"
    assert json.loads(latest().record)["merged_into"] == str(survivor.uid)
    assert not ClaimDocument.objects.filter(claim=duplicate).exists()


def test_a_claim_is_not_merged_into_itself():
    claim = make_claim()

    with pytest.raises(ValidationError, match="another claim"):
        merge(claim, claim)


def test_a_claim_is_not_merged_into_a_draft():
    claim, draft = make_claim(), make_draft()

    with pytest.raises(ValidationError, match="published"):
        merge(claim, draft)


def test_a_draft_is_not_merged():
    draft, survivor = make_draft(), make_claim()

    with pytest.raises(curation.BatchRefused, match="cannot become"):
        merge(draft, survivor)


def test_what_cannot_be_tracked_is_set_aside_with_a_reason_and_unseen():
    draft = make_draft()
    number = latest().number

    with pytest.raises(curation.BatchRefused):
        move(curation.set_aside, draft)
    move(curation.set_aside, draft, "Nothing to check.")

    assert (draft.editorial_state, draft.state_reason) == ("set_aside", "Nothing to check.")
    assert latest().number == number
    assert move(curation.back_to_draft, draft).editorial_state == "draft"


def test_a_published_claim_is_not_set_aside():
    claim = make_claim()

    with pytest.raises(curation.BatchRefused, match="cannot become"):
        move(curation.set_aside, claim, "Nothing to check.")


@pytest.mark.parametrize("step", [curation.publish, curation.retract])
def test_a_reason_is_text_that_every_column_can_carry(step):
    claim = make_draft() if step is curation.publish else make_claim()

    with pytest.raises(curation.BatchRefused) as refused:
        move(step, claim, "No\x00thing")

    assert list(refused.value.error_dict) == ["reason"]


def test_a_reason_is_bounded():
    claim = make_claim()

    with pytest.raises(curation.BatchRefused) as refused:
        move(curation.retract, claim, "x" * 1_001)

    assert list(refused.value.error_dict) == ["reason"]


def test_a_reason_from_a_browsers_text_box_keeps_its_lines():
    claim = move(curation.retract, make_claim(), " One.\r\nTwo. ")

    assert claim.state_reason == "One.\nTwo."
    assert json.loads(latest().record)["reason"] == "One.\nTwo."
