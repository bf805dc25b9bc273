"""The rows that an import did not take, as CSV in the same columns, each with the reason: to be
mended there and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from claims.exchange.cells import guarded
from claims.exchange.columns import TABLES

from .csv_rows import WHY_REFUSED
from .staging import Staging

BLOCK = 500  # rows that are in memory at once


def refused_csv(staging: Staging, table: str) -> Iterator[str]:
    """Nothing at all where every row was taken."""
    used = {name for row, _reason in staging.not_taken(table) for name in row.cells}
    if not used:
        return
    columns = [column for column in TABLES[table].columns if column.name in used]
    block = io.StringIO(newline="")
    writer = csv.writer(block)
    # Assessments have a reason of their own. An import passes over this column.
    why = next(name for name in ("reason", *WHY_REFUSED) if name not in TABLES[table].by_name)
    writer.writerow([*(column.name for column in columns), why])
    for number, (row, reason) in enumerate(staging.not_taken(table), start=1):
        cells = [row.cells.get(column.name, "") for column in columns]
        writer.writerow(
            [
                *(
                    guarded(cell) if column.guard else cell
                    for column, cell in zip(columns, cells, strict=True)
                ),
                guarded(reason),
            ]
        )
        if number % BLOCK == 0:
            yield block.getvalue()
            block.seek(0)
            block.truncate()
    yield block.getvalue()
