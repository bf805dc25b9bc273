"""An entry that was altered, dropped or put elsewhere is the first fault that is told."""

import json
from datetime import timedelta

import pytest

from claims import audit
from claims.models import Change, Ledger
from tests.append_only.rows import execute, warrant
from tests.audit.tampering import alter, alter_and_chain_anew, drop
from tests.factories import assess, make_claim, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _entries(rows_for_all):
    """1 speaker, 2 source, 3 the claim's publication, 4 a source, 5 evidence, 6 the verdict."""
    rows_for_all(lambda: assess(make_claim(), "borne_out", headline="Opened in May"))


def entry(number):
    return Change.objects.get(number=number)


def fault(against=""):
    with pytest.raises(audit.LedgerFault) as found:
        audit.verify(against)
    return str(found.value)


def test_a_true_ledger_checks():
    found = audit.verify()

    assert (found.entries, found.redacted) == (6, 0)
    assert found.head == f"6.{entry(6).hash}"


def test_a_ledger_that_was_emptied_is_missed_by_what_it_spoke_of():
    for number in range(6, 0, -1):
        drop(number)
    Ledger.objects.update(number=0, hash="0" * 64, at=None)

    assert "is published, and the ledger has no entry of it" in fault()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"record": "{}"}, "entry 3: its record has the digest"),
        ({"salt": "0" * 32}, "entry 3: its record has the digest"),
        ({"record": None}, "entry 3: a record and its salt go together"),
        ({"salt": None}, "entry 3: a record and its salt go together"),
        ({"record": None, "salt": None}, "entry 3: its record is gone, and no redaction"),
        ({"record_digest": "1" * 64}, "entry 3: its record has the digest"),
        ({"key": "another"}, "entry 3: it hashes to"),
        ({"cause": "correction"}, "entry 3: it hashes to"),
        ({"operation": "edit"}, "entry 3: it hashes to"),
        ({"subject": "topic"}, "entry 3: it hashes to"),
        ({"fields_changed": ["statement"]}, "entry 3: it hashes to"),
        ({"hash": "1" * 64}, "entry 3: it hashes to"),
        ({"previous_hash": "1" * 64}, "entry 3: it follows 1111"),
    ],
)
def test_an_altered_column_is_told(columns, words):
    alter(3, **columns)

    assert words in fault()


def test_who_did_it_is_not_a_part_of_it():
    alter(3, actor="forgotten")

    assert audit.verify().entries == 6


@pytest.mark.parametrize("number", [1, 3])
def test_a_dropped_entry_is_told(number):
    drop(number)

    assert fault() == f"entry {number + 1}: entry {number} should come here"


def test_a_dropped_end_is_told():
    drop(6)

    assert fault().startswith("the ledger's head is 6.")


def test_entries_that_change_places_are_told():
    first, second = entry(1), entry(2)
    alter(1, number=99)
    alter(2, number=1)
    alter(99, number=2)

    assert fault() == f"entry 1: it follows {first.hash}, but the hash of entry 0 is {'0' * 64}"
    assert second.previous_hash == first.hash


def test_time_that_goes_back_is_told():
    alter_and_chain_anew(4, at=entry(3).at - timedelta(hours=1))

    assert fault().startswith("entry 4: it is of ")


@pytest.mark.parametrize("columns", [{"number": 7}, {"hash": "1" * 64}, {"at": None}])
def test_a_head_that_is_not_the_last_entry_is_told(columns):
    Ledger.objects.update(**columns)

    assert fault().startswith("the ledger's head is ")


def test_a_record_that_a_warrant_names_may_be_gone():
    warrant(entry(3), "record")
    execute("UPDATE claims_change SET record = NULL, salt = NULL WHERE number = 3")

    assert audit.verify().redacted == 1


def test_a_warrant_for_another_is_none():
    warrant(entry(2), "record")
    alter(3, record=None, salt=None)

    assert "entry 3: its record is gone" in fault()


def test_an_earlier_head_is_found():
    noted = entry(4)
    make_topic()

    for against in ("0." + "0" * 64, noted.cursor, f"4.{noted.hash}", audit.verify().head):
        assert audit.verify(against).entries == 7


def test_a_ledger_written_anew_agrees_with_itself_but_not_with_a_noted_head():
    noted = entry(4).cursor
    record = json.loads(entry(1).record) | {"name": "Somebody else"}
    alter_and_chain_anew(1, record=json.dumps(record))
    execute("UPDATE claims_speaker SET name = 'Somebody else'")
    for texts in ("claimdocument", "searchtext"):  # wait for a refresh
        execute(f"UPDATE claims_{texts} SET ledger_number = 0")

    assert audit.verify().entries == 6
    assert "entry 4: its hash is" in fault(noted)
    assert "this is another history" in fault(noted)


def test_a_head_that_is_still_to_come_is_not_in_this_history():
    assert fault("7." + "1" * 16) == "the noted head is number 7, but this history ends at 6"


@pytest.mark.parametrize("against", ["7", "x.y", "1.00", "1." + "g" * 16, "1." + "0" * 65])
def test_what_is_no_head_is_refused(against):
    with pytest.raises(ValueError, match=against):
        audit.verify(against)
