"""The ledger says which records are gone, on what ground, and stays the chain it was."""

import json
from functools import partial

import pytest

from claims import audit
from claims.curation.redaction import columns, subjects
from claims.models import Change, ClaimDocument, Ledger, Redaction
from tests.curation.redaction.desk import GROUND, plant, redact
from tests.factories import ACTOR, edit, make_claim, make_draft, make_speaker, make_topic, rename

pytestmark = pytest.mark.django_db


def entries_of(key):
    return list(Change.objects.filter(key=key).order_by("number"))


def facts(entry):
    return json.loads(entry.record)


def test_each_subject_says_what_became_of_it():
    desk = plant("Kowalski")

    redact("Kowalski")

    for key in (
        *(desk.claim.uid, desk.corrected.uid, desk.retracted.uid),
        *(desk.speaker.slug, desk.source.slug, desk.topic.slug, desk.collection.slug, "topic-2"),
    ):
        *earlier, tombstone = entries_of(key)
        gone = [each.number for each in earlier if each.record is None]
        assert (tombstone.operation, tombstone.actor) == ("redact", ACTOR)
        assert facts(tombstone)["reason"] == GROUND
        assert facts(tombstone)["redacted_entries"] == gone != []


def test_it_says_which_facts_are_different_now():
    claim = make_claim(statement="Kowalski was here.")
    edit(claim, values={"quote": "I was here."})

    redact("Kowalski")

    published, edited, tombstone = entries_of(claim.uid)
    assert tombstone.fields_changed == ["statement"]
    assert facts(tombstone)["statement"] == "[redacted] was here."
    assert facts(tombstone)["quote"] == "I was here."
    assert (published.record, edited.record) == (None, None)
    assert facts(tombstone)["redacted_entries"] == [published.number, edited.number]


def test_words_of_a_verdict_are_a_difference_too():
    desk = plant("Kowalski")

    redact("Kowalski")

    assert "assessments" in entries_of(desk.claim.uid)[-1].fields_changed


def test_records_without_the_text_stay():
    claim = make_claim()
    edit(claim, values={"quote": "It was Kowalski."})
    edit(claim, values={"quote": "It was somebody."})

    redact("Kowalski")

    published, named, somebody, tombstone = entries_of(claim.uid)
    assert (named.record, named.salt) == (None, None)
    assert None not in (published.record, somebody.record, tombstone.record)
    assert tombstone.fields_changed == []


def test_every_hash_is_as_it_was():
    plant("Kowalski")
    hashed = [field.name for field in Change._meta.fields if field.name not in ("record", "salt")]
    before = list(Change.objects.values(*hashed))
    head = Ledger.objects.get().cursor

    redact("Kowalski")

    assert list(Change.objects.values(*hashed)[: len(before)]) == before
    assert audit.verify(head).redacted > 0


def test_a_warrant_stands_for_each_text_that_is_gone():
    plant("Kowalski")

    redacted = redact("Kowalski")

    warrants = Redaction.objects.filter(legal_basis=GROUND, actor=ACTOR)
    assert sorted(
        int(row) for row in warrants.filter(column="record").values_list("row", flat=True)
    ) == (redacted.entries)
    assert warrants.filter(table="claims_assessment").count() == 2
    assert warrants.count() == Redaction.objects.count()


def test_a_retracted_claim_stays_a_tombstone():
    desk = plant("Kowalski")

    redact("Kowalski")

    assert facts(entries_of(desk.retracted.uid)[-1]).keys() == {
        *("uid", "editorial_state", "merged_into", "reason", "redacted_entries")
    }


def test_a_draft_is_nobodys_business():
    draft = make_draft(statement="Kowalski is a draft.")
    before = Change.objects.count()

    redact("Kowalski")

    assert Change.objects.count() == before
    draft.refresh_from_db()
    assert draft.ledger_number is None


def test_the_feed_goes_on_from_where_a_reader_was(client):
    make_claim(statement="Kowalski was here.")
    after = Ledger.objects.get().cursor

    redact("Kowalski")

    page = client.get("/api/v1/changes/", {"after": after}).json()
    assert [each["operation"] for each in page["results"]] == ["redact"]


def test_a_second_text_is_redacted_as_the_first():
    claim = make_claim(statement="Kowalski and Nowak were here.")

    redact("Kowalski")
    redact("Nowak")

    published, first, second = entries_of(claim.uid)
    assert (published.record, first.record) == (None, None)
    assert facts(second)["redacted_entries"] == [first.number]
    claim.refresh_from_db()
    assert claim.statement == "[redacted] and [redacted] were here."
    audit.verify()


def test_a_warrant_that_was_there_already_is_enough():
    make_topic(name="Kowalski")
    entry = Change.objects.get()
    Redaction.objects.create(
        table="claims_change",
        row=str(entry.number),
        column="record",
        legal_basis="An earlier court",
        at=entry.at,
        actor=ACTOR,
    )

    redact("Kowalski")

    assert Redaction.objects.count() == 1
    assert Change.objects.get(number=entry.number).record is None


def test_more_than_a_block_of_everything(monkeypatch):
    monkeypatch.setattr(columns, "BLOCK", 2)
    again = partial(subjects.write_documents_again, limit=2)
    monkeypatch.setattr(subjects, "write_documents_again", again)
    speaker = make_speaker(name="Kowalski")
    for _ in range(5):
        make_claim(speaker=speaker, statement="Kowalski was here.", topics=[make_topic()])
    for _ in range(5):
        make_claim(speaker=speaker)
        rename(make_topic(name="Kowalski"), name="Somebody")

    redact("Kowalski")

    assert not ClaimDocument.objects.filter(summary__contains="Kowalski").exists()
    found = audit.verify()
    assert (found.redacted, found.with_older_names) == (5 + 5 + 1, 0)
    assert Change.objects.filter(operation="redact").count() == 11


def test_a_dry_run_tells_the_same_and_leaves_all_as_it_was():
    desk = plant("Kowalski")
    entries, warrants = list(Change.objects.values()), list(Redaction.objects.values())

    told = redact("Kowalski", dry_run=True)

    assert (list(Change.objects.values()), list(Redaction.objects.values())) == (entries, warrants)
    desk.refresh()
    assert "Kowalski" in desk.claim.statement
    assert desk.browser.session["_messages"]
    assert told == redact("Kowalski")


def test_a_slug_that_looks_like_it_is_told():
    make_speaker(slug="jan-kowalski", name="Jan Kowalski")
    make_topic(slug="jan")

    assert redact("Jan Kowalski").alike == ["speaker jan-kowalski"]
