"""Short ways to read a file and see what came of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from claims.exchange.imports.reading import open_sheets
from claims.exchange.imports.sheets import Fault, Faults, Row, Sheet, Unreadable


def upload(name: str, content: str | bytes) -> io.BytesIO:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    stream.name = name
    return stream


def sheets_of(*given: Path | io.BytesIO, **options: Any) -> list[Sheet]:
    """What good files are read into."""
    faults = Faults()
    sheets = open_sheets(given, faults, **options)
    assert faults.told == []
    return sheets


def rows_of(*given: Path | io.BytesIO, **options: Any) -> list[Row]:
    return [row for sheet in sheets_of(*given, **options) for row in sheet.rows]


def cells_of(*given: Path | io.BytesIO, **options: Any) -> list[dict[str, str]]:
    rows = rows_of(*given, **options)
    assert [row.fault for row in rows] == [""] * len(rows)
    return [row.cells for row in rows]


def faults_in(*given: Path | io.BytesIO, **options: Any) -> list[Fault]:
    """Everything that is wrong with the form of files."""
    faults = Faults()
    for sheet in open_sheets(given, faults, **options):
        try:
            for row in sheet.rows:
                if row.fault:
                    faults.add(sheet.name, row.line, row.column, row.fault)
        except Unreadable as unreadable:
            faults.note(unreadable.fault)
    return faults.told
