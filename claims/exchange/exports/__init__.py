"""Tables into files: CSV, NDJSON, a workbook, or all of them in a zip.

Each export is one snapshot of the database, read and sent a block at a time: memory stays flat
however many rows there are, and no writer is held up. One that fails half-way raises, so that the
connection is cut: there is never a line in a file that says so.
"""

from .archives import archive
from .csv_rows import csv_blocks
from .extracts import Block, Extract, columns_of
from .ndjson import ndjson_blocks
from .tables import ON_A_CLAIM, claims_extract, rows_about, rows_with, table_extract
from .workbooks import MOST_ROWS, TooManyRows, workbook_blocks

__all__ = [
    "MOST_ROWS",
    "ON_A_CLAIM",
    "Block",
    "Extract",
    "TooManyRows",
    "archive",
    "claims_extract",
    "columns_of",
    "csv_blocks",
    "ndjson_blocks",
    "rows_about",
    "rows_with",
    "table_extract",
    "workbook_blocks",
]
