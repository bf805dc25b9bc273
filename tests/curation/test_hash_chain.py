from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from claims.models import GENESIS, Change, Ledger
from tests.factories import assess, make_claim, make_topic

pytestmark = pytest.mark.django_db


def test_each_entry_names_the_hash_of_the_one_before():
    assess(make_claim(), "borne_out")
    entries = list(Change.objects.all())

    assert [entry.previous_hash for entry in entries] == [
        GENESIS,
        *(entry.hash for entry in entries[:-1]),
    ]
    assert Ledger.objects.get().hash == entries[-1].hash


def test_the_database_gives_back_what_was_hashed():
    with time_machine.travel(datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC), tick=False):
        assess(make_claim(statement="Ż, 道 and 🛠 “quoted”\nand two lines"), "borne_out")

    for entry in Change.objects.all():
        assert entry.at.microsecond == 123456
        assert entry.digest_of_record() == entry.record_digest
        assert entry.hash_of_entry() == entry.hash


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("cause", "correction"),
        ("fields_changed", ["statement"]),
        ("key", "another"),
        ("number", 99),
        ("operation", "retract"),
        ("previous_hash", "1" * 64),
        ("record_digest", "1" * 64),
        ("subject", "source"),
    ],
)
def test_an_altered_entry_no_longer_fits_its_hash(column, value):
    make_topic()
    entry = Change.objects.get()

    setattr(entry, column, value)

    assert entry.hash_of_entry() != entry.hash


@pytest.mark.parametrize(
    ("column", "value"), [("record", '{"slug":"another"}'), ("salt", "0" * 32)]
)
def test_an_altered_record_no_longer_fits_its_digest(column, value):
    make_topic()
    entry = Change.objects.get()

    setattr(entry, column, value)

    assert entry.digest_of_record() != entry.record_digest


def test_the_name_of_who_did_it_is_outside_the_hash():
    make_topic()
    entry = Change.objects.get()

    entry.actor = "forgotten"

    assert entry.hash_of_entry() == entry.hash


def test_a_record_cannot_be_guessed_from_its_digest():
    make_topic()
    make_topic()
    first, second = Change.objects.all()

    guess = Change(record=first.record, salt=second.salt)

    assert guess.digest_of_record() != first.record_digest


def test_time_in_the_ledger_never_goes_back():
    now = datetime(2026, 5, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        make_topic()
    with time_machine.travel(now - timedelta(hours=1), tick=False):
        make_topic()

    assert [entry.at for entry in Change.objects.all()] == [now, now]
