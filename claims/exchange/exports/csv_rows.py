"""CSV: RFC 4180 in UTF-8, the same bytes whether PostgreSQL writes them or Python does.

A file of one column has each cell in quotes: an empty one were an empty line otherwise, and ``\\.``
the end of a file to PostgreSQL.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from .extracts import Block, Extract, blocks_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which Excel knows UTF-8


def csv_blocks(extract: Extract, *, bom: bool = False) -> Iterator[Block]:
    """A header row and the rows."""
    names = [column.name for column in extract.columns]
    header = _written([names], len(names))
    yield Block(0, BYTE_ORDER_MARK + header if bom else header)
    query = extract.query
    if query is not None and connections[query.db].vendor == "postgresql":
        yield from _copied(query, len(names))
        return
    for block in blocks_of(extract.cells()):
        yield Block(len(block), _written(block, len(names)))


def _written(rows: Iterable[Sequence[str | None]], width: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL if width == 1 else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue().encode()


def _copied(query: QuerySet, width: int) -> Iterator[Block]:
    """PostgreSQL writes the rows: one statement, so one snapshot."""
    connection = connections[query.db]
    try:
        sql, params = query.query.get_compiler(query.db).as_sql()
    except EmptyResultSet:
        return
    if width == 1:  # NULL alone would go without quotes
        sql, options = f"SELECT coalesce(t.cell, '') FROM ({sql}) t (cell)", ", FORCE_QUOTE *"  # noqa: S608
    else:
        options = ""
    with connection.cursor() as cursor:
        copy = f"COPY ({connection.ops.compose_sql(sql, params)}) TO STDOUT (FORMAT csv{options})"  # type: ignore[attr-defined]
        with cursor.copy(copy) as rows:  # a row each, which ends in a line feed alone
            for block in blocks_of(rows):
                pieces = chain.from_iterable((row[:-1], b"\r\n") for row in block)
                yield Block(len(block), b"".join(pieces))
