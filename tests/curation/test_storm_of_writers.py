"""Eight writers that nest calls and roll some back, and one reader who pages by number."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from claims import curation
from claims.models import GENESIS, Change, Ledger
from tests.factories import make_topic

WRITERS, ROUNDS = 8, 8


class Abandoned(Exception):
    """Raised inside a transaction to roll it back."""


def write(writer: int) -> list[str]:
    """Returns the keys that were committed."""
    committed = []
    try:
        for turn in range(ROUNDS):
            mine = f"{writer}-{turn}"
            try:
                with curation.locked_ledger():
                    make_topic(slug=f"outer-{mine}")
                    try:
                        with transaction.atomic():
                            make_topic(slug=f"abandoned-{mine}")
                            raise Abandoned
                    except Abandoned:
                        pass
                    make_topic(slug=f"inner-{mine}")
                    if turn % 4 == 3:
                        raise Abandoned
            except Abandoned:
                pass
            else:
                committed += [f"outer-{mine}", f"inner-{mine}"]
            make_topic(slug=f"single-{mine}")
            committed.append(f"single-{mine}")
    finally:
        connection.close()
    return committed


def read(finished: threading.Event) -> list[Change]:
    """Returns the entries in the order in which they were delivered."""
    delivered: list[Change] = []
    try:
        while True:
            last_round = finished.is_set()
            after = delivered[-1].number if delivered else 0
            delivered += Change.objects.filter(number__gt=after).order_by("number")
            if last_round:
                return delivered
            finished.wait(0.005)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_reader_by_number_gets_every_committed_entry_once_and_no_other():
    finished = threading.Event()
    with ThreadPoolExecutor(WRITERS) as writers, ThreadPoolExecutor(1) as readers:
        reading = readers.submit(read, finished)
        try:
            committed = [key for keys in writers.map(write, range(WRITERS)) for key in keys]
        finally:
            finished.set()
        delivered = reading.result()

    assert sorted(entry.key for entry in delivered) == sorted(committed)
    assert [entry.number for entry in delivered] == list(range(1, len(committed) + 1))
    assert [entry.at for entry in delivered] == sorted(entry.at for entry in delivered)
    hashes = [entry.hash_of_entry() for entry in delivered]
    assert [entry.hash for entry in delivered] == hashes
    assert [entry.previous_hash for entry in delivered] == [GENESIS, *hashes[:-1]]
    assert Ledger.objects.get().cursor == delivered[-1].cursor
