"""A workbook with one sheet, all of it text: a spreadsheet makes no date of 2020-10 in it.

It is written to a file of its own first, for the end of a workbook stands before its rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _

from .extracts import BLOCK, Block, Extract

MOST_ROWS = 1_048_576  # of a sheet, its header among them
PIECE = 1 << 16  # bytes


class TooManyRows(Exception):
    """A sheet does not hold as many."""


def workbook_blocks(extract: Extract, *, of: datetime | None = None) -> Iterator[Block]:
    """A workbook that says it was made at the instant `of`; its bytes come once all rows are in.

    Raises `TooManyRows`.
    """
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
            if of is not None:
                book.set_properties({"created": of})
            as_text = book.add_format({"num_format": "@"})
            sheet = book.add_worksheet(extract.table.name)
            sheet.set_column(0, len(extract.columns) - 1, None, as_text)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(extract.columns):
                sheet.write_string(0, place, column.name, as_text)
            rows = 0
            for rows, cells in enumerate(extract.cells(), start=1):
                if rows == MOST_ROWS:
                    raise TooManyRows(too_many())
                for place, cell in enumerate(cells):
                    if cell and sheet.write_string(rows, place, cell, as_text):
                        raise ValueError(f"row {rows}: a cell holds no text as long")
                if rows % BLOCK == 0:
                    yield Block(BLOCK, b"")  # how far it is; nothing to send yet
        yield Block(rows % BLOCK, b"")
        file.seek(0)
        while piece := file.read(PIECE):
            yield Block(0, piece)


def too_many() -> str:
    return _(
        "A sheet holds %(most)s rows at most, and these are more: narrow the filters, or take "
        "CSV or NDJSON."
    ) % {"most": f"{MOST_ROWS - 1:,}"}
