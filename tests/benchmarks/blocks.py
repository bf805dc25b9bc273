"""A block of made claims as rows of tables, as far as that can be known without the blocks before.

Made in processes beside the one that writes: only the hashes of the ledger's entries are left to
it, since each hashes the one before. Of an entry and of a text the bytes are those that curation
would have made, by the same functions.
"""

from __future__ import annotations

import gc
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from types import NoneType
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID

from django.db import connection, models

from claims import search
from claims.choices import EditorialState, Operation, Subject
from claims.curation.rules import facts_differ, stands_with
from claims.dates import FuzzyDate
from claims.documents import FORMAT, assessment_record, record, render, tombstone
from claims.models import (
    Appearance,
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Evidence,
    Link,
    SearchText,
    Standing,
    canonical,
)
from claims.quantities import Quantity

from . import loading
from .drawn_claims import BLOCK, EDIT, MERGER, MOST_ASSESSMENTS, RETRACTION, Chance, Drawn, fates
from .reference_rows import References, references
from .vocabulary import Book

Values = Sequence[Any]


@dataclass(frozen=True)
class Block:
    """Where a block of claims stands among all of them."""

    seed: int
    claims: int  # of all blocks
    number: int
    first_entry: int  # of the ledger

    @property
    def size(self) -> int:
        return min(BLOCK, self.claims - self.number * BLOCK)


@dataclass(frozen=True)
class Made:
    """Rows by table, ready for `loading.insert`, and the block's entries but for their hashes."""

    rows: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]]


def make(block: Block) -> Made:
    book, refs = _surroundings(block.seed, block.claims)
    tables = _Tables()
    entries: list[Mapping[str, Any]] = []
    chance = Chance(block.seed, block.number, block.claims, refs, book)
    for drawn in chance.drawn(fates(block.seed, block.number, block.size)):
        entries += _enter(drawn, block.first_entry + len(entries), refs, tables)
    return Made(tables.written(), entries)


@lru_cache(maxsize=1)
def _surroundings(seed: int, claims: int) -> tuple[Book, References]:
    """What all blocks share, made once in each process."""
    book = Book(seed)
    refs = references(seed, claims, book)
    gc.freeze()  # a search for garbage that looks through all these takes as long as a block
    return book, refs


def _enter(
    drawn: Drawn, first: int, refs: References, tables: _Tables
) -> Iterator[Mapping[str, Any]]:
    """The entries that curation would have appended, the `first` and on; with them the rows."""
    claim = drawn.claim
    related = claim._prefetched_objects_cache
    standings: list[Row] = []
    facts = record(claim)
    number = first
    _stand(standings, claim, number)
    yield _entry(Operation.PUBLISH, claim, facts)
    for step, row in drawn.steps:
        number += 1
        claim.revision += 1
        before = facts
        operation, cause, reason, differing = Operation.EDIT, "", "", None
        if step == EDIT:
            claim.criteria = row
            claim.words_revision += 1
            claim.stale = bool(claim.outcome)
            facts = before | {"criteria": row, "words_revision": claim.words_revision}
        elif step in (RETRACTION, MERGER):
            reason = claim.state_reason = _REASONS[step]
            operation, state = _LEAVES[step]
            claim.editorial_state, claim.merged_into = state, row
            facts, differing = tombstone(claim), ["editorial_state"]
        else:
            vars(claim).update(stands_with(claim, row))
            related["assessments"].append(row)
            operation, cause = Operation.ASSESS, row.cause
            facts = before | {
                "assessments": [*before["assessments"], assessment_record(row)],
                **{name: getattr(claim, name) for name in ("outcome", "progress", "status")},
            }
        if differing is None:
            facts["revision"] = claim.revision
            differing = facts_differ(before, facts)
        _stand(standings, claim, number)
        yield _entry(operation, claim, facts, cause, differing, reason)
    claim.ledger_number = number
    _put(tables, claim, related, standings)
    if claim.editorial_state == EditorialState.PUBLISHED:
        texts = render(facts, refs.names)
        tables.add(
            ClaimDocument,
            [Row(claim=claim, format=FORMAT, ledger_number=number, **_texts(texts))],
        )
    tables.add(
        SearchText,
        [
            Row(
                claim=claim,
                text=search.search_text(claim),
                format=search.FORMAT,
                ledger_number=number,
            )
        ],
    )


_REASONS = {RETRACTION: "The source took it back.", MERGER: "The same claim, entered twice."}
_LEAVES = {
    RETRACTION: (Operation.RETRACT, str(EditorialState.RETRACTED)),
    MERGER: (Operation.MERGE, str(EditorialState.MERGED)),
}


def _texts(texts: Any) -> dict[str, str]:
    return {"summary": texts.summary, "timeline": texts.timeline}


def _stand(standings: list[Row], claim: Any, number: int) -> None:
    """Note how a claim stands from an entry on."""
    if standings:
        standings[-1].until = number
    if claim.editorial_state == EditorialState.PUBLISHED:
        standings.append(
            Row(
                id=(claim.id - 1) * (MOST_ASSESSMENTS + 3) + len(standings) + 1,
                claim=claim,
                number=number,
                until=None,
                status=claim.status,
                outcome=claim.outcome,
                progress=claim.progress,
                stale=claim.stale,
                verdict=claim.verdict,
            )
        )


def _entry(
    operation: Operation,
    claim: Any,
    facts: Mapping[str, Any],
    cause: str = "",
    fields_changed: Sequence[str] = (),
    reason: str = "",
) -> dict[str, Any]:
    entry: Any = Row(salt=secrets.token_hex(16), record=canonical({**facts, "reason": reason}))
    return {
        "operation": str(operation),
        "cause": cause,
        "subject": str(Subject.CLAIM),
        "key": str(claim.uid),
        "fields_changed": list(fields_changed),
        "record": entry.record,
        "salt": entry.salt,
        "record_digest": Change.digest_of_record(entry),
    }


def _put(tables: _Tables, claim: Any, related: Mapping[str, Any], standings: list[Row]) -> None:
    tables.add(Claim, [claim])
    tables.add(Appearance, related["appearances"])
    tables.add(Evidence, related["evidence"])
    tables.add(Link, related["links"])
    tables.add(Assessment, related["assessments"])
    tables.add(Standing, standings)
    for at, topic in enumerate(related["topics"], start=3 * claim.id):
        tables.add(Claim.topics.through, [Row(id=at, claim=claim, topic=topic)])
    for collection in related["collections"]:
        through = Row(id=claim.id, claim=claim, collection=collection)
        tables.add(Claim.collections.through, [through])
    for assessment in related["assessments"]:
        for at, each in enumerate(assessment._prefetched_objects_cache["evidence"]):
            through = Row(id=2 * assessment.id + at, assessment=assessment, evidence=each)
            tables.add(Assessment.evidence.through, [through])


class _Tables:
    """The rows of a block, by their table, as they are written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {}
        self.write = _copied if connection.vendor == "postgresql" else _bound

    def add(self, model: type[models.Model], rows: Iterable[Any]) -> None:
        read, foreign = _columns(model)
        kept = self.rows.setdefault(model._meta.db_table, [])
        for row in rows:
            values = list(read(row))
            for at in foreign:
                if values[at] is not None:
                    values[at] = values[at].id
            kept.append(self.write(values))

    def written(self) -> dict[str, Any]:
        if self.write is _copied:
            return {table: "".join(lines).encode() for table, lines in self.rows.items()}
        return self.rows


@cache
def _columns(model: type[models.Model]) -> tuple[Any, Sequence[int]]:
    """What reads a row's columns, and which of them are rows themselves."""
    fields = model._meta.concrete_fields
    foreign = [at for at, field in enumerate(fields) if isinstance(field, models.ForeignKey)]
    return attrgetter(*[field.name for field in fields]), foreign


def _copied(values: Values) -> str:
    """A line of PostgreSQL's COPY, in its text format with `loading.NULL`."""
    cells = _written(values, _COPIED)
    line = "\t".join(cells)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(cells):
        line = "\t".join([cell.translate(_ESCAPED) for cell in cells])
    return line + "\n"


_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _bound(values: Values) -> Values:
    """Values as Django binds them on SQLite."""
    return _written(values, _BOUND)


def _written(values: Values, writers: Mapping[type, Any]) -> list[Any]:
    return [
        value if (write := writers.get(type(value))) is None else write(value) for value in values
    ]


_BOUND: dict[type, Any] = {
    **dict.fromkeys((date, Decimal, FuzzyDate, Quantity), str),
    **dict.fromkeys((dict, list), json.dumps),
    UUID: attrgetter("hex"),
    datetime: lambda instant: str(instant.astimezone(UTC).replace(tzinfo=None)),
}
_COPIED: dict[type, Any] = {
    **_BOUND,
    **dict.fromkeys((int, bool, datetime), str),
    NoneType: lambda value: loading.NULL,
}


def changes(entries: Iterable[Mapping[str, Any]], head: Any, actor: str, at: datetime) -> Any:
    """The rows of entries chained to `head`, which they move on, as `curation.ledger.append`
    makes them; written as those of `Made`."""
    tables = _Tables()
    for entry in entries:
        row: Any = Row(**entry, number=head.number + 1, at=at, actor=actor, previous_hash=head.hash)
        row.hash = Change.hash_of_entry(row)
        head.number, head.hash, head.at = row.number, row.hash, at
        tables.add(Change, [row])
    return tables.written()
