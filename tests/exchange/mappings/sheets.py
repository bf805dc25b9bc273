"""Short ways to map what a test writes down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claims.exchange.imports.sheets import Row
from claims.exchange.mappings.language import parse_mapping
from claims.exchange.mappings.mapper import Mapper

TOPICS = 'name = "desk"\n[[topics]]\nslug = "{id}"\n'


def put_lines(path: Path, *records: Any) -> Path:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records), "utf-8")
    return path


def mapper_of(folder: Path, mapping: str, *records: Any) -> Mapper:
    return Mapper(parse_mapping(mapping), put_lines(folder / "ours.jsonl", *records))


def rows_of(mapper: Mapper) -> dict[str, list[Row]]:
    """The rows of each table."""
    rows: dict[str, list[Row]] = {}
    for sheet in mapper.sheets():
        rows.setdefault(sheet.table.name, []).extend(sheet.rows)
    return rows


def cells_of(folder: Path, mapping: str, *records: Any) -> dict[str, list[dict[str, str]]]:
    """The cells of each table's rows, of which none is at fault."""
    rows = rows_of(mapper_of(folder, mapping, *records))
    assert [row.fault for each in rows.values() for row in each if row.fault] == []
    return {table: [row.cells for row in each] for table, each in rows.items()}


def names_of(folder: Path, block: str, *records: Any) -> list[str]:
    """What a block of topics, of which only the rest is given, makes of `name`."""
    cells = cells_of(folder, TOPICS + block, *records)
    return [row["name"] for row in cells["topics"]]
