"""The two collections that come with a mapping: real where they are, and small ones of their shape.

`BORNE_OUT_REAL_DATA` names a folder with both; none of it is in the repository.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claims.exchange.imports.sheets import Row
from claims.exchange.mappings.language import read_mapping
from claims.exchange.mappings.mapper import Mapper

from .sheets import put_lines, rows_of

REAL_DATA = os.environ.get("BORNE_OUT_REAL_DATA", "")
with_real_data = pytest.mark.skipif(not REAL_DATA, reason="BORNE_OUT_REAL_DATA names no folder.")
FILES = {"factopolis": "assertions.jsonl", "trumptracker": "data.json"}


def real(collection: str) -> Path:
    """The file of it that is mapped."""
    return Path(REAL_DATA, collection, FILES[collection])


def mapped(collection: str, path: Path) -> tuple[Mapper, dict[str, list[Row]]]:
    """A collection, and the rows of each table, of which none is at fault."""
    mapper = Mapper(read_mapping(collection), path)
    rows = rows_of(mapper)
    assert [row for each in rows.values() for row in each if row.fault] == []
    return mapper, rows


def counted(rows: list[Row], *columns: str) -> Counter[Any]:
    found = (tuple(row.cells.get(column, "") for column in columns) for row in rows)
    return Counter(each if len(columns) > 1 else each[0] for each in found)


def put_factopolis(folder: Path, *assertions: dict[str, Any]) -> Path:
    """A few assertions by two people, of the claims `flat` and `round`."""
    put_lines(
        folder / "people.jsonl",
        {"id": "ann-ash", "name": "Ann Ash", "groups": None, "offices": [{"title": "Mayor"}]},
        {"id": "bob-birch", "name": "Bob Birch", "groups": ["greens"]},
    )
    put_lines(
        folder / "claims.jsonl",
        {
            "id": "flat",
            "title": "the earth is flat",
            "negative": "the earth is not flat",
            "summary": "It is round.",
            "topics": ["the-earth"],
            "body": None,
        },
        {"id": "round", "title": "the moon is round", "summary": "It is.", "body": "Long."},
    )
    made = [assertion(number, **each) for number, each in enumerate(assertions)]
    return put_lines(folder / "assertions.jsonl", *made)


def assertion(number: int, **said: Any) -> dict[str, Any]:
    return {
        "path": f"content/{number}.md",
        "person": "ann-ash",
        "type": "assertion",
        "date": "2017-05-03",
        "claims": ["flat"],
        "quote": "It is flat.",
        "where": "rally",
        "sources": [{"type": "transcript", "url": f"https://daily.example/{number}"}],
        "body": None,
    } | said


def put_trumptracker(folder: Path, *events: tuple[str, str, str, str]) -> Path:
    """A promise whose thread is `5abc`, with events: instant, key, what happened, new status."""
    promise = {
        "title": "Plant a tree",
        "description": "",
        "url": "https://tracker.example/plant-a-tree/",
        "status": "Broken",
        "status_info": "No tree was planted.",
        "category": "First 100 Days",
        "tags": ["Plan A", "Plan B"],
        "comments": ["https://redd.it/5abc"],
        "sources": ["https://daily.example/2017/no-tree.html", "https://www.trees.example/"],
    }
    path = folder / "data.json"
    path.write_text(json.dumps({"icons": {}, "promises": [promise]}), "utf-8")
    header = "observed_at,commit,item_key,event,old,new,source_update_date,n_sources,title,note"
    lines = [
        f"{instant},c0,{key},{event},,{new},{'%Y-%m-%d' if event == 'added' else ''},1,Plant,"
        for instant, key, event, new in events
    ]
    (folder / "status_history.csv").write_text("\n".join([header, *lines, ""]), "utf-8")
    return path
