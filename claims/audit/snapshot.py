"""Reading many tables as they stood at one instant, while writers go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """One read-only view of the database; holds up no writer.

    Within a transaction that is open already, it is that transaction's view.
    """
    database: Any = connection
    if database.in_atomic_block:
        yield
        return
    database.ensure_connection()
    # A write on SQLite begins IMMEDIATE, which is the lock that a reader must not take.
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if database.vendor == "postgresql":
                with database.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode
