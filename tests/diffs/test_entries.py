"""A subject's entries, each told by what it changed."""

import pytest

from claims import curation
from claims.diffs import told
from claims.models import Change
from tests.append_only.rows import execute, warrant
from tests.factories import ACTOR, edit, make_claim, make_speaker, move, rename

pytestmark = pytest.mark.django_db


def entries(row):
    key = str(getattr(row, "uid", "") or row.slug)
    return Change.objects.filter(key=key).order_by("number")


def tell(row):
    return list(told(entries(row)))


def fields(telling):
    return [each.field for each in telling.differences]


def redact(change):
    warrant(change, "record")
    execute(f"UPDATE claims_change SET record = NULL, salt = NULL WHERE number = {change.number}")


def test_a_publication_tells_all_that_the_claim_says():
    (published,) = tell(make_claim(statement="The road will be open.", quote=""))

    by_field = {each.field: each for each in published.differences}
    assert (by_field["statement"].before, by_field["statement"].after) == (
        None,
        "The road will be open.",
    )
    assert "quote" not in by_field
    assert "revision" not in by_field


def test_each_later_entry_tells_what_it_changed():
    claim = make_claim()
    edit(claim, values={"quote": "We will."})
    edit(claim, values={"quote": "We shall."}, cosmetic="A typo.")

    _published, quoted, mended = tell(claim)

    assert fields(quoted) == fields(mended) == ["quote"]
    assert (quoted.reason, mended.reason) == ("", "A typo.")


def test_a_retraction_reads_as_leaving_the_public():
    claim = move(curation.retract, make_claim(), "It was a joke.")

    retracted = tell(claim)[-1]

    (state,) = retracted.differences
    assert (state.field, state.before, state.after) == (
        *("editorial_state", "published", "retracted"),
    )
    assert retracted.reason == "It was a joke."


def test_a_merger_names_the_claim_that_survives():
    claim, survivor = make_claim(), make_claim()
    curation.merge(
        curation.StateChange(claim=claim, revision=claim.revision, reason="Twice."),
        into=survivor,
        actor=ACTOR,
    )

    merged = tell(claim)[-1]

    assert {each.field: each.after for each in merged.differences} == {
        "editorial_state": "merged",
        "merged_into": str(survivor.uid),
    }


def test_a_claim_that_comes_back_is_compared_with_what_it_said_when_it_left():
    claim = make_claim()
    edit(claim, values={"quote": "We will."})
    move(curation.retract, claim, "It was a joke.")
    move(curation.publish, claim, "It was not.")

    back = tell(claim)[-1]

    (state,) = back.differences
    assert (state.field, state.before, state.after) == (
        *("editorial_state", "retracted", "published"),
    )
    assert back.reason == "It was not."


def test_of_a_redacted_record_neither_its_own_change_nor_the_next_can_be_told():
    claim = make_claim()
    for quote in ("A secret.", "We will.", "We shall."):
        edit(claim, values={"quote": quote})
    redact(entries(claim)[1])

    published, redacted, after, later = tell(claim)

    assert published.differences
    assert (redacted.differences, redacted.reason, redacted.untold) == (None, None, "redacted")
    assert (after.differences, after.untold) == (None, "redacted_before")
    assert fields(later) == ["quote"]


def test_a_retraction_can_be_told_whatever_was_redacted_before_it():
    claim = make_claim()
    move(curation.retract, claim, "A secret.")
    move(curation.publish, claim, "It is out.")
    redact(entries(claim)[0])

    redacted, retracted, back = tell(claim)

    assert redacted.untold == "redacted"
    assert fields(retracted) == ["editorial_state"]
    assert (back.differences, back.untold) == (None, "redacted_before")


def test_a_redacted_retraction_leaves_what_was_said_before_it_known():
    claim = make_claim()
    move(curation.retract, claim, "A secret.")
    move(curation.publish, claim, "It is out.")
    redact(entries(claim)[1])

    _published, retracted, back = tell(claim)

    assert retracted.untold == "redacted"
    assert fields(back) == ["editorial_state"]


def test_a_rename_of_a_row_that_came_past_the_ledger_cannot_be_told():
    speaker = make_speaker()
    rename(speaker, name="Another")
    rename(speaker, name="Yet another")

    # As if the row had been loaded with `loaddata`: its first entry is an edit.
    first, second = told(entries(speaker)[1:])

    assert (first.differences, first.untold) == (None, "not_recorded")
    assert fields(second) == ["name"]
