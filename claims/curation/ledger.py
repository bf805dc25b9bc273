"""The lock that every write takes first, and the entries it appends.

Writes are serial: on PostgreSQL by a row lock on the one `Ledger` row, on SQLite because a
transaction begins IMMEDIATE. So there is no lock order to get wrong, and a reader who has seen
number n has had the chance to see every number below it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import Change, Claim, ClaimQuerySet, Ledger, canonical

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


@dataclass
class _Hold:
    """The lock while it is held: what was read under it, and need not be read again."""

    head: Ledger
    claims: dict[int, Claim] = field(default_factory=dict)


_held: ContextVar[_Hold | None] = ContextVar("held", default=None)


@contextmanager
def locked_ledger() -> Iterator[None]:
    """A curation transaction, whose first statement takes the ledger. Calls may nest.

    Inside, nothing but the database is touched.
    """
    with transaction.atomic():
        if _held.get():
            yield
            return
        held = _held.set(_Hold(_head()))
        try:
            yield
        finally:
            _held.reset(held)


def read_for_write(claims: ClaimQuerySet) -> Claim | None:
    """The one claim of `claims` as it stands under the lock that is held, with what its row names.

    The next write that is given this very object, under the same lock, does not read it again.
    """
    claim = next(iter(claims.with_named().order_by()), None)
    if claim and (hold := _held.get()):
        hold.claims[claim.pk] = claim
    return claim


def was_just_read(claim: Claim) -> bool:
    """Did `read_for_write` give this object, and nobody write it since?"""
    hold = _held.get()
    return hold is not None and hold.claims.pop(claim.pk, None) is claim


def append(entries: Sequence[Entry], *, actor: str) -> list[Change]:
    """Chain `entries` to the ledger, within `locked_ledger`."""
    if not entries:
        return []
    check_text(actor)
    hold = _held.get() or _Hold(_head())
    changes = _chained(hold.head, entries, actor)
    if not _move(hold.head, changes[-1]):  # a savepoint has rolled entries back
        hold.head = _head()
        changes = _chained(hold.head, entries, actor)
        _move(hold.head, changes[-1])
    insert(Change, changes)
    return changes


def _chained(head: Ledger, entries: Sequence[Entry], actor: str) -> list[Change]:
    number, previous = head.number, head.hash
    at = max(timezone.now(), head.at) if head.at else timezone.now()
    changes = []
    for entry in entries:
        change = blank(
            Change,
            number=number + 1,
            at=at,
            actor=actor,
            operation=entry.operation,
            cause=entry.cause,
            subject=entry.subject,
            key=entry.key,
            fields_changed=list(entry.fields_changed),
            record=canonical(entry.record),
            salt=secrets.token_hex(16),
            previous_hash=previous,
        )
        change.record_digest = change.digest_of_record()
        change.hash = change.hash_of_entry()
        number, previous = change.number, change.hash
        changes.append(change)
    return changes


def _move(head: Ledger, last: Change) -> bool:
    """Make `last` the head, where `head` still is what the database has for it."""
    moved = {"number": last.number, "hash": last.hash, "at": last.at}
    still = Ledger.objects.filter(pk=head.pk, number=head.number, hash=head.hash)
    if not still.update(**moved):
        return False
    for name, value in moved.items():
        setattr(head, name, value)
    return True


def _head() -> Ledger:
    return Ledger.objects.select_for_update().get()
