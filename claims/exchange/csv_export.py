"""Tables as CSV, a block of rows at a time: memory stays flat however many there are.

Each is one SELECT read in blocks, outside of any transaction: an export holds up no writer. What
hangs on a row by the dozen (topics, evidence) is looked up block by block, so may be newer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from claims.models import ClaimQuerySet, in_blocks

from .columns import AS_OF, CLAIMS, TABLES, Table, with_cells
from .past_claims import past_claims

BLOCK = 500  # rows that are in memory at once


def claims_csv(
    claims: ClaimQuerySet,
    *,
    site_url: str,
    as_of: int | None = None,
    vocabularies: Collection[str] = (),
) -> Iterator[str]:
    """Those of `claims` that are published, in their own order; a piece of text for each block.

    `site_url` begins the addresses in the url column. With `as_of`, a number of the ledger at
    which all of `claims` were public, each is as its record then had it, but for the redacted.
    Each of `vocabularies` adds its columns.
    """
    if as_of is None:
        rows = with_cells(claims.published()).iterator(chunk_size=BLOCK)
        return _csv(CLAIMS, rows, site_url, vocabularies)
    blocks = in_blocks(claims.only("uid", "ledger_number").iterator(chunk_size=BLOCK), BLOCK)
    past = chain.from_iterable(past_claims(block, as_of) for block in blocks)
    return _csv(CLAIMS, past, site_url, {*vocabularies, AS_OF})


def table_csv(table: str, *, site_url: str) -> Iterator[str]:
    """All public rows of the table that goes by this name in `columns.TABLES`."""
    return _csv(TABLES[table], TABLES[table].rows().iterator(chunk_size=BLOCK), site_url)


def _csv(
    table: Table, rows: Iterable[Any], site_url: str, asked: Collection[str] = ()
) -> Iterator[str]:
    columns = [column for column in table.columns if not column.asked or column.asked in asked]
    block = io.StringIO(newline="")
    writer = csv.writer(block)
    writer.writerow([column.name for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([column.cell(row, site_url) for column in columns])
        if number % BLOCK == 0:
            yield block.getvalue()
            block.seek(0)
            block.truncate()
    yield block.getvalue()
