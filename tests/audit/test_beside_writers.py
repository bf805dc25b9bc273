"""An audit sees one instant: what is written meanwhile is neither held up nor half seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from claims import audit
from claims.audit import verification
from claims.models import Change
from tests.factories import edit, make_claim, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(write):
    def on_a_connection_of_its_own():
        try:
            write()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(on_a_connection_of_its_own).result()


def test_what_is_written_between_two_blocks_is_not_seen(monkeypatch):
    claim = make_claim()
    before = Change.objects.count()

    def write(entries):
        meanwhile(lambda: (edit(claim, values={"quote": "Open."}), make_topic()))

    monkeypatch.setattr(verification, "ENTRY_CHECKS", (*verification.ENTRY_CHECKS, write))

    assert audit.verify().entries == before
    assert Change.objects.count() == before + 2


def test_after_it_a_write_takes_the_lock_as_before():
    audit.verify()

    make_topic()
    assert audit.verify().entries == 1
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"
