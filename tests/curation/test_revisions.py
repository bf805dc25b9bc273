"""`revision` moves with every write, `words_revision` with an edit of what was judged."""

import json

import pytest

from claims import curation
from claims.models import Change
from tests.factories import (
    add_evidence,
    edit,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


def moved(claim, **write):
    """How far either counter moved, and the entry that says why."""
    before = claim.revision, claim.words_revision
    assert edit(claim, **write).fate == curation.Fate.CHANGED
    entry = Change.objects.latest("number")
    assert entry.key == str(claim.uid)
    return (claim.revision - before[0], claim.words_revision - before[1]), entry


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("statement", "The road will be open in 2021."),
        ("quote", "It will be open."),
        ("due", "2021"),
        ("due_mode", "at"),
        ("condition", "If the money comes"),
        ("quantity", "approx 120 kilometres"),
        ("criteria", "A car can drive through."),
        ("speaker_role", "minister"),
    ],
)
def test_an_edit_of_the_words_moves_both(column, value):
    moves, entry = moved(make_claim(), values={column: value})

    assert moves == (1, 1)
    assert (entry.operation, entry.cause, entry.fields_changed) == ("edit", "", [column])


@pytest.mark.parametrize("column", ["speaker", "source", "on_behalf_of"])
def test_naming_another_row_moves_both(column):
    row = make_source() if column == "source" else make_speaker()

    moves, entry = moved(make_claim(), values={column: row})

    assert moves == (1, 1)
    assert entry.fields_changed == [column]
    assert json.loads(entry.record)[column] == row.slug


def test_topics_move_the_revision_alone():
    moves, entry = moved(make_claim(), topics=[make_topic()])

    assert moves == (1, 0)
    assert (entry.operation, entry.fields_changed) == ("edit", ["topics"])


def test_collections_move_the_revision_alone():
    moves, entry = moved(make_claim(), collections=[make_collection()])

    assert moves == (1, 0)
    assert entry.fields_changed == ["collections"]


def test_the_name_in_another_system_moves_the_revision_alone():
    moves, entry = moved(make_claim(), values={"external_id": "A-1"})

    assert moves == (1, 0)
    assert entry.fields_changed == ["external_id"]


def test_columns_of_their_own_move_the_revision_alone():
    moves, entry = moved(make_claim(), values={"extra": {"desk": "Berlin"}})

    assert moves == (1, 0)
    assert entry.fields_changed == ["extra"]


def test_evidence_moves_the_revision_alone():
    claim = make_claim()
    before = claim.revision, claim.words_revision

    add_evidence(claim)

    assert (claim.revision, claim.words_revision) == (before[0] + 1, before[1])
    assert Change.objects.latest("number").operation == "evidence"


def test_a_cosmetic_edit_moves_the_revision_alone_and_says_why():
    claim = make_claim()

    moves, entry = moved(claim, values={"statement": "Teh road."}, cosmetic="A typing mistake")

    assert moves == (1, 0)
    assert (entry.operation, entry.cause) == ("edit", "cosmetic")
    assert json.loads(entry.record)["reason"] == "A typing mistake"
    assert entry.fields_changed == ["statement"]


def test_several_columns_are_one_entry():
    moves, entry = moved(
        make_claim(),
        values={"statement": "Another.", "due": "2022", "external_id": "A-2"},
        topics=[make_topic()],
    )

    assert moves == (1, 1)
    assert entry.fields_changed == ["due", "external_id", "statement", "topics"]


def test_the_record_of_an_entry_holds_the_revision_it_led_to():
    claim = make_claim()
    _moves, entry = moved(claim, values={"quote": "Open in 2020."})

    record = json.loads(entry.record)

    assert (record["revision"], record["words_revision"]) == (claim.revision, claim.words_revision)
