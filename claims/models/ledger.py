"""The ledger: its head, and its entries, each of which hashes the one before it.

What it proves: whoever noted a head (``number.hash``) can tell later whether the entries up to it
are still the same, in the same order, with none left out; a single altered letter shows. It needs
no trust in us, only the noted head: `claims/static/claims/verify_ledger.py` checks an export
without this code. What it does not prove: an operator who writes the whole ledger anew before
anybody noted a head leaves no trace; nor does it say that what is recorded is true, or who
recorded it (the actor is outside the hash).

The bytes that are hashed are UTF-8 of canonical JSON: for the values that occur here (texts,
whole numbers, true, false, null, lists and objects with ASCII names) that of RFC 8785.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Max, Q

from claims.choices import Operation, Subject

from .constraints import one_of

CURSOR = re.compile(r"([0-9]{1,18})\.([0-9a-f]{16})")  # a number, and how its hash begins
# One for all: making an encoder costs as much as a short text.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
GENESIS = "0" * 64  # the hash before the first entry


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the bytes that are hashed."""
    return _CANONICAL.encode(value)


class Ledger(models.Model):
    """The one row every curation transaction locks first, and the head of the chain.

    Its lock is what makes numbers gapless and readers by number lossless: an entry that a
    reader can see has every lower number committed before it.
    """

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    at = models.DateTimeField(null=True)  # NULL before the first entry
    # Moves with each block of texts that is made anew without an entry: validators look at it.
    texts_remade = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="ledger_is_one_row")]

    def __str__(self) -> str:
        return self.cursor

    # `cursor` and `state` in SQL, over the one row: made of expressions they would take a tenth of
    # the time of a list to be compiled.
    CURSOR_SQL = "number || '.' || substr(hash, 1, 16)"
    STATE_SQL = f"{CURSOR_SQL} || ' ' || texts_remade"

    @property
    def state(self) -> str:
        """What all that the public reads follows from, but for the day."""
        return f"{self.cursor} {self.texts_remade}"

    @property
    def cursor(self) -> str:
        """``number.hash16``: a place in *this* history, recognisable after a restore."""
        return f"{self.number}.{self.hash[:16]}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def newest_at(self, number: int | None, keys: Mapping[str, Collection[str]]) -> ChangeQuerySet:
        """The last entry up to `number` (None: of all) about each of the subjects, whose keys are
        by their kind. A subject of which nothing was known then has none.
        """
        about = [Q(subject=subject, key__in=each) for subject, each in keys.items() if each]
        if not about:
            return self.none()
        known = self if number is None else self.filter(number__lte=number)
        numbers = (
            known.filter(reduce(or_, about))
            .values("subject", "key")
            .annotate(newest=Max("number"))
            .values("newest")
        )
        return self.filter(number__in=numbers)


class Change(models.Model):
    """One entry of the ledger: a public change, hash-chained. Rows are only ever inserted."""

    # The salt goes with the record it hides: a short text can be guessed from its digest.
    REDACTABLE = {"record": "record", "salt": "record"}

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()  # set under the ledger's lock; never goes back
    actor = models.CharField(max_length=150)  # not hashed: a person may ask to be forgotten
    operation = models.CharField(max_length=10, choices=Operation)
    cause = models.CharField(max_length=13, blank=True)
    subject = models.CharField(max_length=10, choices=Subject)
    key = models.CharField(max_length=120)  # a claim's uid, another subject's slug
    fields_changed = models.JSONField(default=list)
    # The subject's facts after this change, as canonical JSON text; NULL: redacted.
    record = models.TextField(null=True)
    salt = models.CharField(max_length=32, null=True)
    record_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)  # no other's: it is made of the one before it

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            one_of("operation", Operation, "change"),
            one_of("subject", Subject, "change"),
            # A chain does not fork.
            models.UniqueConstraint(fields=["previous_hash"], name="change_follows_one"),
        ]
        indexes = [
            models.Index(fields=["subject", "key", "number"], name="change_by_subject"),
            models.Index(fields=["at", "number"], name="change_by_instant"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.operation} {self.subject} {self.key}"

    @property
    def cursor(self) -> str:
        """``number.hash16``, as `Ledger.cursor`."""
        return f"{self.number}.{self.hash[:16]}"

    @property
    def line(self) -> str:
        """The entry as one line of JSON, with all that it takes to recompute its hashes.

        Without the actor, who is private and not hashed. The record is the JSON text that its
        digest was made of; null, like its salt, where it was redacted.
        """
        facts = {
            "number": self.number,
            "cursor": self.cursor,
            "at": instant(self.at),
            "operation": self.operation,
            "cause": self.cause,
            "subject": self.subject,
            "key": self.key,
            "fields_changed": self.fields_changed,
            "previous_hash": self.previous_hash,
            "hash": self.hash,
            "record_digest": self.record_digest,
            "salt": self.salt,
        }
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        return f'{text[:-1]},"record":{self.record or "null"}}}'

    def digest_of_record(self) -> str:
        """SHA-256 of the salt and the record, both still there."""
        return hashlib.sha256(f"{self.salt}{self.record}".encode()).hexdigest()

    def hash_of_entry(self) -> str:
        """SHA-256 over the entry before it and everything here but the actor."""
        return hashlib.sha256(
            canonical(
                {
                    "at": instant(self.at),
                    "cause": self.cause,
                    "fields_changed": self.fields_changed,
                    "key": self.key,
                    "number": self.number,
                    "operation": self.operation,
                    "previous_hash": self.previous_hash,
                    "record_digest": self.record_digest,
                    "subject": self.subject,
                }
            ).encode()
        ).hexdigest()


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, the same text on either engine."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
