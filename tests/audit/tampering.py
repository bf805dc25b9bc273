"""What somebody with the database's own password could do to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from claims import append_only
from claims.models import GENESIS, Change, Ledger


@contextmanager
def without_triggers() -> Iterator[None]:
    # PostgreSQL alters no table while a foreign key of it is still to be checked.
    connection.check_constraints()
    append_only.drop(connection)
    yield
    connection.check_constraints()
    append_only.install(connection)


def alter(number: int, /, **columns: Any) -> None:
    """Change an entry of the ledger, past its triggers."""
    with without_triggers():
        Change.objects.filter(number=number).update(**columns)


def alter_and_chain_anew(number: int, /, **columns: Any) -> None:
    """Change an entry, and every hash after it, so that all of it agrees with itself again."""
    with without_triggers():
        Change.objects.filter(number=number).update(**columns)
        previous = GENESIS
        for entry in Change.objects.order_by("number"):
            entry.previous_hash = previous
            if entry.record is not None:
                entry.record_digest = entry.digest_of_record()
            entry.hash = previous = entry.hash_of_entry()
            entry.save()
        Ledger.objects.update(hash=previous)


def drop(number: int) -> None:
    with without_triggers():
        Change.objects.filter(number=number).delete()
