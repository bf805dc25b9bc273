"""The records of somebody's file, whatever its form: CSV, JSON, or JSON one a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from claims.exchange.imports.sheets import Fault, Unreadable

DEPTH = 50  # brackets within each other
FORMS = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class Record:
    """What a file says in one place: an object of texts, lists and objects.

    Its `line` is the physical one, from 1; in a JSON file, which has no lines to speak of, it is
    the number of the record.
    """

    file: str
    line: int
    value: dict[str, Any]


def read_records(path: Path, at: str = "") -> Iterator[Record]:
    """Read a file in the form that its ending says; `at` is where a JSON file has its records.

    Raises `Unreadable` with file and line, and OSError.
    """
    form = path.suffix.lower()
    if form not in FORMS:
        raise _unreadable(
            path, 1, _("Give a file whose name ends in one of: %(forms)s."), forms=", ".join(FORMS)
        )
    try:
        if form == ".json":
            yield from _of_json(path, at)
        elif form in (".csv", ".tsv"):
            yield from _of_csv(path)
        else:
            yield from _of_lines(path)
    except UnicodeDecodeError as error:
        raise _unreadable(
            path, 1, _("Byte %(place)d is not UTF-8: save the file as UTF-8."), place=error.start
        ) from error


def _of_json(path: Path, at: str) -> Iterator[Record]:
    found = _parsed(path, 1, path.read_text("utf-8-sig"))
    for name in at.split(".") if at else ():
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise _unreadable(
            path, 1, _("There is no list of records at “%(at)s”: say `records`."), at=at
        )
    for number, value in enumerate(found, start=1):
        yield _record(path, number, value)


def _of_lines(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _record(path, number, _parsed(path, number, line))


def _of_csv(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        reader = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
        line = 1
        try:
            header = next(reader, [])
            if twice := next((name for name in header if header.count(name) > 1), None):
                raise _unreadable(path, 1, _("The column “%(name)s” is there twice."), name=twice)
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(header) and any(cells):
                    message = _("The row has %(cells)d cells, but the header has %(columns)d.")
                    raise _unreadable(path, line, message, cells=len(cells), columns=len(header))
                if any(cells):
                    yield Record(path.name, line, dict(zip(header, cells, strict=True)))
                line = reader.line_num + 1
        except csv.Error as error:
            raise _unreadable(path, line, _("This is no CSV: %(fault)s."), fault=error) from error


def _parsed(path: Path, line: int, text: str) -> Any:
    try:  # numbers stay as they are written
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        if _depth_exceeds(value, DEPTH):
            raise RecursionError
        return value
    except RecursionError:
        raise _unreadable(path, line, _("Too many brackets stand within each other.")) from None
    except ValueError as error:
        raise _unreadable(path, line, _("This is not JSON: %(fault)s."), fault=error) from error


def _depth_exceeds(value: Any, most: int) -> bool:
    level = [value]
    for _depth in range(most):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return bool(level)


def _record(path: Path, line: int, value: Any) -> Record:
    if not isinstance(value, dict):
        raise _unreadable(path, line, _("A record is a JSON object; this is none."))
    return Record(path.name, line, value)


def _unreadable(path: Path, line: int, message: str, **words: Any) -> Unreadable:
    return Unreadable(Fault(str(path), line, "", message % words if words else message))


def leaves(value: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record with the path of its field; items of a list have the list's path."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, before)
    elif text := as_text(value):
        yield before, text


def as_text(value: Any) -> str:
    """A value of JSON as a cell says it; None is empty."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def values_at(value: Any, path: str) -> list[Any]:
    """All that stands at a path, through lists; a name may have dots in it."""
    if isinstance(value, Record):
        return values_at(value.value, path)
    if isinstance(value, list):
        return [found for each in value for found in values_at(each, path)]
    if not path:
        return [value]
    if not isinstance(value, dict):
        return []
    names = path.split(".")
    for length in range(len(names), 0, -1):
        name = ".".join(names[:length])
        if name in value:
            return values_at(value[name], ".".join(names[length:]))
    return []
