"""Tables as CSV, a block of rows at a time: memory stays flat however many there are.

Each is one SELECT read in blocks, outside of any transaction: an export holds up no writer. What
hangs on a row by the dozen (topics, evidence) is looked up block by block, so may be newer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.db.models import QuerySet

from claims.models import ClaimQuerySet

from .columns import CLAIMS, TABLES, Table, with_cells

BLOCK = 500  # rows that are in memory at once


def claims_csv(claims: ClaimQuerySet, *, site_url: str) -> Iterator[str]:
    """Those of `claims` that are published, in their own order; a piece of text for each block.

    `site_url` begins the addresses in the url column.
    """
    return _csv(CLAIMS, with_cells(claims.published()), site_url)


def table_csv(table: str, *, site_url: str) -> Iterator[str]:
    """All public rows of the table that goes by this name in `columns.TABLES`."""
    return _csv(TABLES[table], TABLES[table].rows(), site_url)


def _csv(table: Table, rows: QuerySet, site_url: str) -> Iterator[str]:
    block = io.StringIO(newline="")
    writer = csv.writer(block)
    writer.writerow([column.name for column in table.columns])
    for number, row in enumerate(rows.iterator(chunk_size=BLOCK), start=1):
        writer.writerow([column.cell(row, site_url) for column in table.columns])
        if number % BLOCK == 0:
            yield block.getvalue()
            block.seek(0)
            block.truncate()
    yield block.getvalue()
