"""Sheets as a folder of CSV files in the dialect of the export."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from claims.exchange.cells import Column, guarded
from claims.exchange.columns import TABLES
from claims.exchange.imports.sheets import Faults, Row, Sheet


def write_folder(sheets: Iterable[Sheet], folder: Path, faults: Faults) -> list[Path]:
    """Write a file for each table that has rows, and return their paths.

    Where a row has a fault, all faults are noted and no file is written.
    """
    by_table: dict[str, list[Row]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            if row.fault:
                faults.add(sheet.name, row.line, row.column, row.fault)
            else:
                by_table.setdefault(sheet.table.name, []).append(row)
    if faults.count:
        return []
    written = []
    for name, rows in by_table.items():
        named = {column for row in rows for column in row.cells}
        columns = [column for column in TABLES[name].columns if column.name in named]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.name for column in columns)
            writer.writerows([_cell(column, row) for column in columns] for row in rows)
        written.append(path)
    return written


def _cell(column: Column, row: Row) -> str:
    text = row.cells.get(column.name, "")
    return guarded(text) if column.guard else text
