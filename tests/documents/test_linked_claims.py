"""Of a linked claim a text says only which one it is: nothing that would change without a write."""

import json

import pytest

from claims import curation
from claims.models import ClaimDocument
from tests.factories import assess, edit, make_claim, make_revision, make_speaker, move, rename

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked():
    """A claim, and the one that it revises: by two speakers, for one organisation."""
    voice = {"on_behalf_of": make_speaker(kind="organisation")}
    target = make_claim(**voice)
    return make_revision(target, speaker=make_speaker(), **voice), target


def texts(claim):
    return ClaimDocument.objects.values("summary", "timeline").get(claim=claim)


def test_a_link_is_a_type_and_a_uid(linked):
    claim, target = linked

    summary, timeline = (json.loads(text) for text in texts(claim).values())

    assert summary["links"] == [{"type": "revises", "claim": str(target.uid)}]
    (event,) = (each for each in timeline["events"] if each["type"] == "revised")
    assert (event["claim"], event["text"]) == (str(target.uid), None)


def test_what_becomes_of_the_linked_claim_changes_no_text_of_this_one(linked):
    claim, target = linked
    before = texts(claim)

    edit(target, values={"statement": "Other words."})
    assess(target, "not_borne_out")
    rename(target.speaker, name="Another name")
    move(curation.retract, target, "It was another person.")

    assert texts(claim) == before


def test_what_becomes_of_this_one_changes_no_text_of_the_linked_claim(linked):
    claim, target = linked
    before = texts(target)

    edit(claim, values={"statement": "Other words."})
    assess(claim, "borne_out")

    assert texts(target) == before
