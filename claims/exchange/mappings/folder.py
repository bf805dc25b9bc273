"""Sheets as a folder of CSV files in the dialect of the export."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from claims.exchange.cells import Column, guarded
from claims.exchange.columns import TABLES
from claims.exchange.imports.sheets import Fault, Faults, Row, Sheet

Places = Mapping[tuple[str, int], tuple[str, int]]  # by file and line of the folder, the original


def write_folder(sheets: Iterable[Sheet], folder: Path, faults: Faults) -> Places:
    """Write a file for each table that has rows; returns where each row was before.

    Where a row has a fault, all faults are noted and no file is written.
    """
    by_table: dict[str, list[tuple[str, Row]]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            if row.fault:
                column = f"{sheet.table.name}.{row.column}" if row.column else sheet.table.name
                faults.add(sheet.name, row.line, column, row.fault)
            else:
                by_table.setdefault(sheet.table.name, []).append((sheet.name, row))
    places: dict[tuple[str, int], tuple[str, int]] = {}
    if faults.count:
        return places
    for name, rows in by_table.items():
        named = {column for _file, row in rows for column in row.cells}
        header = [column.name for column in TABLES[name].columns if column.name in named]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            line = 2
            for original, row in rows:
                cells = [_cell(TABLES[name].by_name[column], row) for column in header]
                writer.writerow(cells)
                places[str(path), line] = original, row.line
                line += 1 + sum(cell.count("\n") for cell in cells)
    return places


def _cell(column: Column, row: Row) -> str:
    text = row.cells.get(column.name, "")
    return guarded(text) if column.guard else text


def at_their_origin(faults: Iterable[Fault], places: Places) -> list[Fault]:
    """Faults of the folder's files, told where their rows come from."""
    told = []
    for fault in faults:
        table = Path(fault.file).stem
        column = f"{table}.{fault.column}" if fault.column else table
        if place := places.get((fault.file, fault.line)):
            fault = replace(fault, file=place[0], line=place[1], column=column)
        told.append(fault)
    return told
