"""Rows and public texts say what the ledger says, or the first that does not is told."""

from copy import deepcopy
from datetime import date

import pytest

from claims import audit, curation
from claims.curation import reference
from claims.documents import records
from claims.models import (
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Collection,
    Evidence,
    Link,
    SearchText,
    Source,
    Speaker,
    Standing,
    Topic,
)
from tests.audit.tampering import without_triggers
from tests.factories import (
    assess,
    edit,
    make_claim,
    make_collection,
    make_draft,
    make_source,
    make_topic,
    move,
    rename,
)
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


def claim_with_rows():
    claim = make_claim(topics=[make_topic()], collections=[make_collection()])
    edit(
        claim,
        appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": make_source()})],
    )
    assess(claim, "borne_out_late", headline="Opened in May")
    return claim


@pytest.fixture(scope="module")
def claim_for_all(rows_for_all):
    return rows_for_all(claim_with_rows)


@pytest.fixture
def claim(claim_for_all):
    return deepcopy(claim_for_all)


def fault():
    with pytest.raises(audit.LedgerFault) as found:
        audit.verify()
    return str(found.value)


def test_a_desk_with_claims_in_every_state_checks(claim):
    make_draft()
    move(curation.set_aside, make_draft(), "No date.")
    move(curation.retract, make_claim(), "It was another person.")
    back = move(curation.retract, make_claim(), "It was another person.")
    move(curation.publish, back, "It was not.")
    duplicate = make_claim()
    curation.merge(
        curation.StateChange(claim=duplicate, revision=duplicate.revision, reason="The same"),
        into=claim,
        actor="ada",
    )

    found = audit.verify()

    assert (found.claims, found.texts) == (6, 2)
    assert found.references == 6 * 2 + 2 + 2
    assert (found.with_older_names, found.in_older_format, found.not_entered) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (Claim.objects, {"statement": "It is open."}, 'its statement is "It is open."'),
        (Claim.objects, {"revision": 9}, "its revision is 9"),
        (Claim.objects, {"outcome": "", "status": "pending", "verdict": None}, "its outcome is"),
        (Claim.objects, {"ledger_number": 1}, "it names entry 1 as its last"),
        (Claim.objects, {"ledger_number": None}, "it names entry None as its last"),
        (Claim.objects, {"editorial_state": "draft"}, "its appearances is null"),
        (Evidence.objects, {"summary": "x"}, "its evidence is"),
        (Assessment.objects, {"headline": "Opened in April"}, "its assessments is"),
        (Speaker.objects, {"name": "Nobody"}, 'its name is "Nobody", but its last entry'),
        (Source.objects, {"title": "x"}, 'its title is "x", but its last entry'),
        (Topic.objects, {"description": "x"}, 'its description is "x", but its last entry'),
        (Collection.objects, {"owner": "x"}, 'its owner is "x", but its last entry'),
        (Topic.objects, {"ledger_number": 2}, "it names entry 2 as its last"),
        (ClaimDocument.objects, {"summary": "{}"}, "its summary is not what its facts"),
        (ClaimDocument.objects, {"timeline": "{}"}, "its timeline is not what its facts"),
    ],
)
def test_a_row_that_was_touched_is_told(claim, rows, columns, words):
    # Where a name is touched, what it shows in is told first, unless it names an older entry.
    ClaimDocument.objects.update(ledger_number=0)
    SearchText.objects.update(ledger_number=0)
    if rows.model is ClaimDocument:
        ClaimDocument.objects.update(ledger_number=99)
    with without_triggers():
        rows.update(**columns)

    assert words in fault()


def test_a_name_touched_in_a_row_shows_in_the_texts_that_were_made_before(claim):
    Speaker.objects.update(name="Nobody")

    assert fault() == f"claim {claim.uid}: its summary is not what its facts render to"


@pytest.mark.parametrize(
    "columns", [{"status": "pending"}, {"outcome": ""}, {"stale": True}, {"verdict": None}]
)
def test_a_standing_that_was_touched_is_told(claim, columns):
    Standing.objects.filter(until=None).update(**columns)

    assert f"claim {claim.uid}: with entry" in fault()


def test_a_standing_that_ends_where_the_claim_has_no_entry_is_told(claim):
    make_topic()
    Standing.objects.filter(until=None).update(until=claim.ledger_number + 1)

    assert f"claim {claim.uid}: its standings" in fault()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"stale": True}, "its stale is True"),
        ({"due_last": date(2030, 1, 1)}, "its due_last is 2030-01-01"),
        ({"said_on_first": date(2019, 1, 1)}, "its said_on_first is 2019-01-01"),
        ({"quantity_unit": "people"}, "its quantity_unit is people"),
    ],
)
def test_a_column_that_follows_from_others_is_told(claim, columns, words):
    Claim.objects.filter(pk=claim.pk).update(**columns)

    assert f"claim {claim.uid}: {words}" in fault()


def test_a_claim_that_names_another_verdict_is_told(claim):
    earlier = claim.verdict
    assess(claim, "borne_out_late", cause="correction", corrects=earlier)
    Claim.objects.filter(pk=claim.pk).update(verdict=earlier)

    assert f"claim {claim.uid}: its verdict_id is" in fault()


def test_a_standing_that_is_missing_or_goes_on_after_a_retraction_is_told(claim):
    Standing.objects.filter(until=None).update(until=10**6)
    move(curation.retract, claim, "It was another person.")
    assert "which should be not public" in fault()

    Standing.objects.all().delete()
    assert "it stands as not public, which should be" in fault()


@pytest.mark.parametrize("rows", [Evidence, Link])
def test_a_row_put_in_past_the_ledger_is_told(claim, rows):
    if rows is Link:
        Link.objects.create(claim=claim, target=make_claim(), type="repeats")
    else:
        Evidence.objects.create(claim=claim, kind="search", summary="Nothing.")

    assert f"claim {claim.uid}: its {rows._meta.verbose_name.split()[0]}" in fault()


def test_a_published_claim_without_its_text_is_told(claim):
    ClaimDocument.objects.all().delete()

    assert fault() == f"claim {claim.uid}: it is published, and has no public text"


def test_a_text_of_a_claim_that_left_the_public_is_told(claim):
    document = ClaimDocument.objects.get()
    move(curation.retract, claim, "It was another person.")
    document.save(force_insert=True)

    assert fault() == f"claim {claim.uid}: it is not public, and has a public text"


def test_a_deleted_claim_is_told(claim):
    gone = make_claim()
    Claim.objects.filter(pk=gone.pk).delete()

    assert fault() == f"claim {gone.uid}: it has entry {gone.ledger_number}, but no row"


def test_a_deleted_topic_is_told(claim):
    gone = make_topic()
    Topic.objects.filter(pk=gone.pk).delete()

    assert fault() == f"topic {gone.slug}: it has entry {gone.ledger_number}, but no row"


def test_texts_that_wait_for_a_new_name_are_no_fault(monkeypatch, claim):
    monkeypatch.setattr(reference, "BLOCK", 0)
    rename(claim.speaker, name="New")

    assert audit.verify().with_older_names == 1

    curation.refresh_documents()
    assert audit.verify().with_older_names == 0


@pytest.mark.parametrize("make", [make_claim, make_draft])
def test_a_text_of_search_that_was_touched_is_told(make):
    claim = make()
    SearchText.objects.filter(pk=claim.pk).update(text=" other words ")

    assert fault() == f"claim {claim.uid}: search finds it by words that are not its own"


def test_texts_of_search_that_wait_are_no_fault(claim):
    draft = make_draft()
    SearchText.objects.filter(pk=claim.pk).update(format=0, text="")
    SearchText.objects.filter(pk=draft.pk).delete()

    assert audit.verify().in_older_format == 2


def test_texts_in_an_older_format_are_no_fault(claim):
    ClaimDocument.objects.update(format=0, summary="{}")

    assert audit.verify().in_older_format == 1


def test_rows_of_a_fixture_are_counted(claim):
    Topic.objects.create(slug="loaded", name="Loaded")

    assert audit.verify().not_entered == 1


def test_whatever_is_written_agrees_with_the_ledger():
    for _write in write_at_random(3, 30):
        pass

    assert audit.verify().entries == Change.objects.count()


def test_an_entry_from_before_there_was_a_column_is_no_fault_while_that_is_empty(monkeypatch):
    without = audit.verify().claims
    older = [name for name in records.CLAIM_COLUMNS if name != "extra"]
    with monkeypatch.context() as before:
        before.setattr(records, "CLAIM_COLUMNS", older)
        claim = make_claim()

    assert audit.verify().claims == without + 1
    Claim.objects.filter(pk=claim.pk).update(extra={"page": "7"})
    assert 'its extra is {"page": "7"}, but its last entry' in fault()
