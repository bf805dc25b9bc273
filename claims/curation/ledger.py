"""The lock that every write takes first, and the entries it appends.

Writes are serial: on PostgreSQL by a row lock on the one `Ledger` row, on SQLite because a
transaction begins IMMEDIATE. So there is no lock order to get wrong, and a reader who has seen
number n has had the chance to see every number below it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import Change, Ledger, canonical

from .bulk import blank, insert
from .guard import check_text


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A public change to be appended: `record` holds the subject's facts after it."""

    operation: str
    subject: str
    key: str
    record: dict[str, Any]
    fields_changed: Sequence[str] = ()
    cause: str = ""


@contextmanager
def locked_ledger() -> Iterator[Ledger]:
    """A curation transaction, whose first statement takes the ledger. Calls may nest.

    Gives the ledger's head as it is found. Inside, nothing but the database is touched.
    """
    with transaction.atomic():
        yield _head()


def append(entries: Sequence[Entry], *, actor: str) -> list[Change]:
    """Chain `entries` to the ledger, within `locked_ledger`."""
    if not entries:
        return []
    check_text(actor)
    head = _head()  # read again each time: a savepoint may have rolled entries back
    at = max(timezone.now(), head.at) if head.at else timezone.now()
    changes = []
    for entry in entries:
        change = blank(
            Change,
            number=head.number + 1,
            at=at,
            actor=actor,
            operation=entry.operation,
            cause=entry.cause,
            subject=entry.subject,
            key=entry.key,
            fields_changed=list(entry.fields_changed),
            record=canonical(entry.record),
            salt=secrets.token_hex(16),
            previous_hash=head.hash,
        )
        change.record_digest = change.digest_of_record()
        change.hash = change.hash_of_entry()
        head.number, head.hash, head.at = change.number, change.hash, at
        changes.append(change)
    insert(Change, changes)
    head.save()
    return changes


def _head() -> Ledger:
    return Ledger.objects.select_for_update().get()
