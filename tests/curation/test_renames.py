"""A rename is one entry; the texts that show the old name are rendered anew, in blocks."""

import json

import pytest

from claims import curation
from claims.curation import reference
from claims.models import Change, Claim, ClaimDocument
from tests.factories import (
    add_evidence,
    edit,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
    rename,
)

pytestmark = pytest.mark.django_db


def texts():
    return {
        document.claim_id: (json.loads(document.summary), json.loads(document.timeline))
        for document in ClaimDocument.objects.all()
    }


def test_a_renamed_speaker_is_one_entry_and_no_claim_moves():
    speaker = make_speaker(name="Stas Zas")
    claim = make_claim(speaker=speaker)
    before = Change.objects.count()

    rename(speaker, name="Stanislav Zas")

    entry = Change.objects.latest("number")
    assert Change.objects.count() == before + 1
    assert (entry.subject, entry.operation, entry.key) == ("speaker", "edit", speaker.slug)
    assert entry.fields_changed == ["name"]
    assert Claim.objects.get().revision == claim.revision
    assert Claim.objects.get().ledger_number == claim.ledger_number
    summary, timeline = texts()[claim.pk]
    assert summary["speaker"]["name"] == timeline["speaker"]["name"] == "Stanislav Zas"


def test_every_place_that_shows_a_name_shows_the_new_one():
    party, speaker = make_speaker(kind="organisation"), make_speaker()
    topic, collection = make_topic(), make_collection()
    said, again, shown = make_source(), make_source(), make_source()
    claim = make_claim(
        speaker=speaker, on_behalf_of=party, source=said, topics=[topic], collections=[collection]
    )
    edit(claim, appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": again})])
    add_evidence(claim, source=shown)

    for row in (party, speaker, topic, collection):
        rename(row, name=f"New {row.slug}")
    for row in (said, again, shown):
        rename(row, title=f"New {row.slug}")

    summary, timeline = texts()[claim.pk]
    assert summary["speaker"]["name"] == f"New {speaker.slug}"
    assert summary["on_behalf_of"]["name"] == f"New {party.slug}"
    assert summary["topics"] == [{"slug": topic.slug, "name": f"New {topic.slug}"}]
    assert summary["collections"][0]["name"] == f"New {collection.slug}"
    assert summary["source"]["title"] == f"New {said.slug}"
    titles = [source["title"] for event in timeline["events"] for source in event["sources"]]
    assert titles == [f"New {source.slug}" for source in (said, again, shown)]


def test_other_claims_are_left_alone():
    make_claim()
    before = list(ClaimDocument.objects.values())

    rename(make_speaker(), name="Nobody's speaker")

    assert list(ClaimDocument.objects.values()) == before


def test_past_the_first_block_the_rest_is_left_to_refresh_documents(monkeypatch):
    monkeypatch.setattr(reference, "BLOCK", 2)
    speaker = make_speaker(name="Old")
    for _ in range(5):
        make_claim(speaker=speaker)

    def shown():
        return [summary["speaker"]["name"] for summary, _timeline in texts().values()]

    rename(speaker, name="New")
    assert sorted(shown()) == ["New"] * 2 + ["Old"] * 3
    assert ClaimDocument.objects.with_older_names().count() == 3

    assert curation.refresh_documents(limit=2) == 2
    assert curation.refresh_documents(limit=2) == 1
    assert shown() == ["New"] * 5
    assert curation.refresh_documents(limit=2) == 0


def test_refreshing_texts_writes_nothing_to_the_ledger():
    claim = make_claim()
    ClaimDocument.objects.update(ledger_number=0)
    before = Change.objects.count()

    assert curation.refresh_documents() == 1

    assert Change.objects.count() == before
    assert Claim.objects.get().revision == claim.revision
