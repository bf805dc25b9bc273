"""What is exported: rows of a table, and which of its columns; read as the texts of cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.audit.snapshot import snapshot
from claims.exchange.cells import Column
from claims.exchange.columns import Table
from claims.filter_fields import nearest
from claims.models import in_blocks

from .past_claims import past_claims

BLOCK = 500  # rows that are in memory at once

# What is told of a claim whose record of then was redacted.
OF_THE_REDACTED = ("id", "url", "changed_since")


Row = TypeVar("Row")


class Block(NamedTuple):
    """A piece of a file, and how many rows are in it."""

    rows: int
    data: bytes


def blocks_of(rows: Iterable[Row]) -> Iterator[list[Row]]:
    return in_blocks(rows, BLOCK)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Rows of a table and the columns that are wanted of them; `site_url` begins addresses.

    With `safe`, no text begins as a formula does. `as_of` a number of the ledger, at which all of
    the rows were public claims, each is as its record then had it.
    """

    table: Table
    rows: QuerySet
    columns: Sequence[Column]
    site_url: str
    safe: bool = True
    as_of: int | None = None

    @property
    def query(self) -> QuerySet | None:
        """The rows as tuples of texts, NULL for an empty one; None: the database cannot make
        them."""
        if self.as_of is not None or any(column.sql is None for column in self.columns):
            return None
        cells = [column.expression(self.site_url, safe=self.safe) for column in self.columns]
        return self.rows.prefetch_related(None).values_list(*cells)

    def cells(self) -> Iterator[Sequence[str | None]]:
        """The cells of each row, from one snapshot; an empty one is None or empty."""
        with snapshot():
            yield from self._cells()

    def _cells(self) -> Iterator[Sequence[str | None]]:
        if (query := self.query) is not None:
            yield from query.iterator(chunk_size=BLOCK)
            return
        if self.as_of is None:
            for row in self.rows.iterator(chunk_size=BLOCK):
                yield [column.cell(row, self.site_url, safe=self.safe) for column in self.columns]
            return
        claims = self.rows.only("uid", "ledger_number").prefetch_related(None).iterator(BLOCK)
        past = (past_claims(block, self.as_of) for block in blocks_of(claims))
        for claim, readable in chain.from_iterable(past):
            yield [
                column.cell(claim, self.site_url, safe=self.safe)
                if readable or column.name in OF_THE_REDACTED
                else ""
                for column in self.columns
            ]


def columns_of(
    table: Table, names: Sequence[str] | None = None, asked: Collection[str] = ()
) -> list[Column]:
    """Those that are named, in that order, or all but those that nothing of `asked` asks for.

    Raises ValueError for a name that is unknown, or given twice.
    """
    there = [column for column in table.columns if not column.asked or column.asked in asked]
    if names is None:
        return there
    by_name = {column.name: column for column in there}
    for name in names:
        if name not in by_name:
            raise ValueError(
                _("There is no column “%(name)s”.%(nearest)s Known: %(known)s.")
                % {
                    "name": name[:100],
                    "nearest": nearest(name, by_name),
                    "known": ", ".join(by_name),
                }
            )
    if twice := next((name for name in names if list(names).count(name) > 1), None):
        raise ValueError(_("“%(name)s” is named twice.") % {"name": twice})
    return [by_name[name] for name in names]
