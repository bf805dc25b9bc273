"""Speakers, sources, topics and collections of an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from claims import curation
from claims.curation import Fate

from .names import rows_by_slug
from .run import Run, but
from .staging import Staged

TABLES = ("topics", "collections", "speakers", "sources")


def go_through(run: Run, rows: list[Staged]) -> None:
    """Check a block of rows of one table, or enter those that were checked."""
    run.known.clear()  # it changes them
    if ready := run.ready(rows):
        there = rows_by_slug(ready[0].table.model, [row.key for row in ready])
        if run.writes:
            _enter(run, ready, there)
        else:
            _check(run, ready, there)
    run.known.clear()  # some may be refused by now


def _check(run: Run, rows: list[Staged], there: dict[str, Any]) -> None:
    writes = [_write(run, row, there) for row in rows]
    for row, write in zip(rows, writes, strict=True):
        row.seen = write.row.revision if write.row else None
    good = []
    for row, write, fate in zip(rows, writes, curation.check_references(writes), strict=True):
        if isinstance(fate, ValidationError):
            run.refuse_for(row, fate)
            continue
        if write.row:
            run.report.show(row, _changes(write.row, write.values))
        run.report.count(row, fate)
        good.append(row)
    run.done(good)


def _enter(run: Run, rows: list[Staged], there: dict[str, Any]) -> None:
    def write(rows: list[Staged]) -> list[tuple[Any, Fate]]:
        return curation.write_reference([_write(run, row, there) for row in rows], actor=run.actor)

    entered = run.carry_out(rows, write)
    for row, (_made, fate) in entered:
        run.report.count(row, fate)
    run.done(row for row, _made in entered)


def _write(run: Run, row: Staged, there: dict[str, Any]) -> curation.ReferenceWrite:
    return curation.ReferenceWrite(
        model=row.table.model,
        row=there.get(row.key),
        revision=run.revision(row, there.get(row.key)),
        values=but(row.values, "revision"),
    )


def _changes(there: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (getattr(there, name), value)
        for name, value in values.items()
        if getattr(there, name) != value
    }
