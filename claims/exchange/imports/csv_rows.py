"""The rows of a CSV file (RFC 4180, and what spreadsheets make of it): dialect, header, cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.exchange.cells import restored
from claims.exchange.columns import Table
from claims.filter_fields import nearest

from .encodings import BadCharacter, Encoding, Lines, is_bad, mended
from .files import File
from .sheets import Faults, Row, Sheet, Unreadable

MAX_CELL = 100_000  # characters
MAX_ABOVE = 100  # lines until the header, all of them empty
MAX_COLUMNS = 200  # more are not looked at one by one

# Columns that are read over: an import says in them why it refused a row.
WHY_REFUSED = ("refused_because", "reason")

_SEPARATORS = (",", ";", "\t")
_SAYS_SEPARATOR = re.compile(r"\"?sep=(.)\"?[,;\t]*\s*", re.IGNORECASE)  # what Excel goes by


@dataclass(frozen=True)
class _Dialect:
    separator: str
    line: int  # the header's


@dataclass(frozen=True)
class _Record:
    line: int
    cells: list[str]
    bad: BadCharacter | None


def open_csv(table: Table, file: File, encoding: Encoding, faults: Faults) -> Sheet | None:
    """The rows of `file`, once its header is seen to be good; None where it is not."""
    try:
        dialect = _dialect(table, file, encoding)
        header = next(_records(file, encoding, dialect), None) if dialect else None
    except Unreadable as unreadable:
        faults.note(unreadable.fault)
        return None
    if dialect is None or header is None:
        faults.add(file.name, 1, "", _("The file has no header row."))
        return None
    if header.bad:
        faults.add(file.name, header.bad.line, "", header.bad.message)
        return None
    names, notes = _header(table, file, header, faults)
    if names is None:
        return None
    separated = {
        ",": _("Its cells are separated by commas."),
        ";": _("Its cells are separated by semicolons."),
        "\t": _("Its cells are separated by tabs."),
    }
    return Sheet(
        table,
        file.name,
        _rows(table, file, encoding, dialect, names),
        notes=(encoding.note, separated[dialect.separator], *notes),
    )


def _dialect(table: Table, file: File, encoding: Encoding) -> _Dialect | None:
    """What separates most known names in the first line that is not empty; None without one."""
    with file.opened() as stream:
        lines = Lines(stream, encoding, file.name)
        said = ""
        with closing(iter(lines)) as texts:
            for text in texts:
                lines.begin()
                if lines.number > MAX_ABOVE:
                    return None
                if not text.strip():
                    continue
                if not said and (says := _SAYS_SEPARATOR.fullmatch(text)):
                    said = says[1]
                    if said not in _SEPARATORS:
                        raise lines.unreadable(
                            _("Cells are separated by commas, semicolons or tabs, not “%(said)s”.")
                            % {"said": said},
                            lines.number,
                        )
                    continue
                separator = said or max(
                    _SEPARATORS, key=lambda each: _known_names(table, text, each)
                )
                return _Dialect(separator, lines.number)
    return None


def _known_names(table: Table, line: str, separator: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return 0, 0
    return sum(_plain(cell) in table.by_name for cell in cells), len(cells)


def _records(file: File, encoding: Encoding, dialect: _Dialect) -> Iterator[_Record]:
    """The header and the rows. Raises Unreadable."""
    with file.opened() as stream:
        lines = Lines(stream, encoding, file.name)
        with closing(iter(lines)) as texts:
            for _line in range(dialect.line - 1):
                next(texts, "")
                lines.begin()
            reader = csv.reader(texts, delimiter=dialect.separator, strict=True)
            while True:
                line = lines.begin()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    if lines.bad:  # more likely the cause than what came of it
                        raise lines.unreadable(lines.bad.message, lines.bad.line) from error
                    raise lines.unreadable(_quoting_fault(str(error), lines.number)) from error
                yield _Record(line, cells, lines.bad)


def _quoting_fault(message: str, line: int) -> str:
    if "unexpected end" in message:
        return _("A quote that is opened in this row is never closed.")
    if "field larger" in message:
        return _("A cell is longer than %(most)d characters, or a quote is never closed.") % {
            "most": MAX_CELL
        }
    return _(
        "By line %(line)d a closing quote is followed by something other than a separator or the "
        "end of the row: a quote within a quoted cell is written twice."
    ) % {"line": line}


def _header(
    table: Table, file: File, header: _Record, faults: Faults
) -> tuple[list[str] | None, list[str]]:
    """The name of each column, empty where it is read over, and notes; None where one is wrong."""
    cells = header.cells
    while cells and not cells[-1].strip():
        cells.pop()  # a spreadsheet leaves empty columns behind
    if len(cells) > MAX_COLUMNS:
        faults.add(
            file.name,
            header.line,
            "",
            _("The header has %(count)d columns; %(table)s has %(known)d.")
            % {"count": len(cells), "table": table.name, "known": len(table.columns)},
        )
        return None, []
    good = True
    names: list[str] = []
    notes = []

    def refuse(column: str, message: str) -> None:
        nonlocal good
        good = False
        faults.add(file.name, header.line, column, message)

    for position, cell in enumerate(cells, start=1):
        name = cell if cell in table.by_name else _plain(cell)
        shown = cell[:60] or _("column %(position)d") % {"position": position}
        if name in table.by_name:
            if name in names:
                refuse(shown, _("This column is there twice."))
            elif name != cell:
                notes.append(
                    _("Its column “%(cell)s” is read as %(name)s.") % {"cell": shown, "name": name}
                )
            names.append(name)
        elif name in WHY_REFUSED:
            names.append("")
        else:
            refuse(
                shown,
                _("There is no such column in %(table)s.%(hint)s")
                % {"table": table.name, "hint": nearest(name, table.by_name)},
            )
    if good:
        for name in missing_columns(table, names):
            about = table.by_name[name].about
            refuse(name, _("This column is missing. %(about)s") % {"about": about})
    return (names if good else None), notes


def missing_columns(table: Table, names: Sequence[str]) -> list[str]:
    """Columns without which no row of the table can be told what it is about."""
    keys = [] if any(key in names for key in table.keys) else [table.keys[0]]
    return keys + [each.name for each in table.columns if each.required and each.name not in names]


def _plain(name: str) -> str:
    """A name as columns are named, whatever somebody made of it by hand."""
    return "_".join(re.split(r"[\s_-]+", name.strip().casefold()))


def _rows(
    table: Table,
    file: File,
    encoding: Encoding,
    dialect: _Dialect,
    names: Sequence[str],
) -> Iterator[Row]:
    guarded = [name for name in names if file.safe and name and table.by_name[name].guard]
    records = _records(file, encoding, dialect)
    next(records, None)  # the header
    for record in records:
        cells = record.cells
        if not any(cells) and not record.bad:
            continue  # a spreadsheet leaves empty rows behind
        if len(cells) > len(names) and not any(cells[len(names) :]):
            del cells[len(names) :]  # and empty columns
        by_name = dict(zip(names, cells, strict=False))
        by_name.pop("", None)
        column, fault = _fault(names, record)
        if record.bad:
            by_name = {name: mended(cell) for name, cell in by_name.items()}
        for name in guarded:
            if by_name.get(name, "").startswith("'"):
                by_name[name] = restored(by_name[name])
        yield Row(record.line, by_name, fault, column)


def _fault(names: Sequence[str], record: _Record) -> tuple[str, str]:
    """Where the form of a row is wrong, and why; two empty texts where it is not."""
    if record.bad:
        column = next(
            (name for name, cell in zip(names, record.cells, strict=False) if is_bad(cell)), ""
        )
        return column, record.bad.message
    if len(record.cells) != len(names):
        return "", _("The row has %(cells)d cells, but the header has %(columns)d.") % {
            "cells": len(record.cells),
            "columns": len(names),
        }
    if max(map(len, record.cells)) > MAX_CELL:
        for name, cell in zip(names, record.cells, strict=True):
            if name and len(cell) > MAX_CELL:
                return name, too_long(cell)
    return "", ""


def too_long(cell: str) -> str:
    return _("The cell has %(length)d characters; at most %(most)d are taken.") % {
        "length": len(cell),
        "most": MAX_CELL,
    }
