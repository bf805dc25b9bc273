"""NDJSON: an object a line, with the columns of the CSV and the types that JSON has.

null is an empty cell; arrays, true and false, and whole numbers are themselves; dates, quantities
and decimals are as written, for they are exact only so. Texts are raw: nothing runs JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from .extracts import Block, Extract, blocks_of

# The JSON of a filled cell, by `Column.json`. What is not a string is JSON already.
_STRING = json.JSONEncoder(ensure_ascii=False).encode
_AS_JSON: dict[str, Callable[[str], str]] = {"string": _STRING}


def _itself(cell: str) -> str:
    return cell


def ndjson_blocks(extract: Extract) -> Iterator[Block]:
    members = [
        (f'"{column.name}":', _AS_JSON.get(column.json, _itself)) for column in extract.columns
    ]
    raw = replace(extract, safe=False)
    for block in blocks_of(raw.cells()):
        lines = (
            ",".join(
                name + (as_json(cell) if cell else "null")
                for (name, as_json), cell in zip(members, row, strict=True)
            )
            for row in block
        )
        yield Block(len(block), "".join(f"{{{line}}}\n" for line in lines).encode())
