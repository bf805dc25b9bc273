"""Reading a CSV file: its bytes, its header and its cells, with every fault by line and column.

Nothing here asks the database, so a file is read before the ledger is locked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from claims.filter_fields import nearest

from .cells import Column
from .columns import Table

MAX_CELL = 100_000  # characters
MAX_LINE = 5_000_000  # bytes; a row is wide, but a file without line ends is none of ours
SHOWN = 100  # faults that are told; more are only counted

# Notes a fault: line, column, message.
Note = Callable[[int, str, str], None]

_LONE_RETURN = re.compile("\r(?!\n)")


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place in a file, and what would be right."""

    file: str
    line: int  # physical, from 1: where the row begins
    column: str  # empty: the row as a whole
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        return f"{place}{self.column}: {self.message}" if self.column else place + self.message


@dataclass
class Faults:
    """The first faults, and how many there are in all."""

    told: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int, column: str, message: str) -> None:
        self.count += 1
        if len(self.told) < SHOWN:
            self.told.append(Fault(file, line, column, message))

    @property
    def full(self) -> bool:
        """No more will be told, so hints need not be looked for."""
        return self.count >= SHOWN


@dataclass
class Row:
    """A row of a file: what its cells mean, by column, as far as they could be read."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    faulty: bool = False


@dataclass
class File:
    """A file that was read; `rows` is None where its form makes reading on pointless."""

    table: Table
    name: str
    columns: list[Column]  # those that are written
    rows: list[Row] | None


def read_file(table: Table, name: str, stream: BinaryIO, faults: Faults) -> File:
    """Read all rows, and note every fault that can be seen without the database."""
    file = File(table, name, [], None)

    def fault(line: int, column: str, message: str) -> None:
        faults.add(name, line, column, message)

    records = _records(stream, fault)
    try:
        line, header, faulty = next(records)
    except StopIteration:
        fault(1, "", _("The file has no header row."))
        return file
    except _Unreadable:
        return file
    columns = None if faulty else _header(table, line, header, fault)
    if columns is None:
        return file
    file.columns = [column for column in columns if column.parse]
    rows = []
    lines_by_value: dict[tuple[str, Any], int] = {}
    try:
        for line, cells, faulty in records:
            if not any(cells):
                continue  # a spreadsheet leaves empty rows behind
            row = Row(line, faulty=faulty)
            if len(cells) != len(columns):
                row.faulty = True
                fault(
                    line,
                    "",
                    _("The row has %(cells)d cells, but the header has %(columns)d.")
                    % {"cells": len(cells), "columns": len(columns)},
                )
            if row.faulty:
                _read_keys(table, columns, cells, row)
            else:
                _read_cells(table, columns, cells, row, lines_by_value, fault)
            rows.append(row)
    except _Unreadable:
        return file
    file.rows = rows
    return file


class _Unreadable(Exception):
    """What follows cannot be told apart into rows; the fault is noted."""


class _Lines:
    """The physical lines of a stream as text; faults of its bytes are noted and mended."""

    def __init__(self, stream: BinaryIO, fault: Note) -> None:
        self.stream = stream
        self.fault = fault
        self.number = 0
        self.faulty = False  # since it was last set to False
        self._offset = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(MAX_LINE + 1):
            self.number += 1
            if len(line) > MAX_LINE:
                self.note(_("The line is longer than %(most)d bytes.") % {"most": MAX_LINE})
                raise _Unreadable
            yield self._text(line)
            self._offset += len(line)

    def note(self, message: str) -> None:
        self.faulty = True
        self.fault(self.number, "", message)

    def _text(self, line: bytes) -> str:
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            self.note(
                _("Byte %(offset)d of the file (0x%(byte)02X) is not UTF-8: save it as UTF-8.")
                % {"offset": self._offset + error.start, "byte": line[error.start]}
            )
            text = line.decode(errors="replace")
        else:
            if "\0" in text:
                self.note(_("The line holds a NUL character; take it out."))
            elif _LONE_RETURN.search(text):
                self.note(
                    _(
                        "The line holds a carriage return without a line feed: save the file "
                        "with line ends of Windows or Unix, and take it out of texts."
                    )
                )
        # Without what the CSV reader would stumble over.
        text = _LONE_RETURN.sub(" ", text.replace("\0", ""))
        # Some spreadsheets begin a file with a byte order mark.
        return text.removeprefix("\ufeff") if self.number == 1 else text


def _records(stream: BinaryIO, fault: Note) -> Iterator[tuple[int, list[str], bool]]:
    """Each row's first physical line, its cells, and whether its bytes were faulty."""
    lines = _Lines(stream, fault)
    reader = csv.reader(iter(lines), strict=True)
    while True:
        line, lines.faulty = lines.number + 1, False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault(line, "", _quoting_fault(str(error), lines.number))
            raise _Unreadable from error
        yield line, cells, lines.faulty


def _quoting_fault(message: str, line: int) -> str:
    if "unexpected end" in message:
        return _("A quote that is opened in this row is never closed.")
    if "field larger" in message:
        return _("A cell is longer than %(most)d characters, or a quote is never closed.") % {
            "most": MAX_CELL
        }
    return _(
        "By line %(line)d a closing quote is followed by something other than a comma or the end "
        "of the row: a quote within a quoted cell is written twice."
    ) % {"line": line}


def _header(table: Table, line: int, header: list[str], fault: Note) -> list[Column] | None:
    """The columns that the header names; None where it names others."""
    good = True
    for position, name in enumerate(header, start=1):
        if name in header[: position - 1]:
            good = False
            fault(line, name, _("This column is there twice."))
        elif name not in table.by_name:
            good = False
            if ";" in name or "\t" in name:
                hint = " " + _("Cells are separated by commas.")
            else:
                hint = nearest(name, table.by_name)
            fault(
                line,
                name[:60] or _("column %(position)d") % {"position": position},
                _("There is no such column in %(table)s.%(hint)s")
                % {"table": table.name, "hint": hint},
            )
    if not good:
        return None
    if not any(key in header for key in table.keys):
        good = False
        fault(
            line,
            table.keys[0],
            _("This column is missing. %(about)s") % {"about": table.by_name[table.keys[0]].about},
        )
    for column in table.columns:
        if column.required and column.name not in header:
            good = False
            fault(
                line, column.name, _("This column is missing. %(about)s") % {"about": column.about}
            )
    return [table.by_name[name] for name in header] if good else None


def _read_cells(
    table: Table,
    columns: list[Column],
    cells: list[str],
    row: Row,
    lines_by_value: dict[tuple[str, Any], int],
    fault: Note,
) -> None:
    """Fill `row.values`; `lines_by_value` knows where a value that goes only once was seen."""

    def refuse(column: str, message: str) -> None:
        row.faulty = True
        fault(row.line, column, message)

    for column, cell in zip(columns, cells, strict=True):
        if column.parse is None:
            continue
        if len(cell) > MAX_CELL:
            refuse(
                column.name,
                _("The cell has %(length)d characters; at most %(most)d are taken.")
                % {"length": len(cell), "most": MAX_CELL},
            )
        elif cell:
            try:
                value = row.values[column.name] = column.value(cell)
            except ValueError as error:
                refuse(column.name, str(error))
                continue
            if column.once:
                first = lines_by_value.setdefault((column.name, value), row.line)
                if first != row.line:
                    refuse(column.name, _("Line %(line)d has the same already.") % {"line": first})
        elif column.required:
            refuse(column.name, _("This is missing. %(about)s") % {"about": column.about})
        elif not column.told:
            row.values[column.name] = _empty(table, column)
    if not row.faulty and not any(row.values.get(key) for key in table.keys):
        refuse(
            table.keys[0],
            _("Give it %(keys)s, or importing this file again would enter it twice.")
            % {"keys": _(" or ").join(table.keys)},
        )


def _read_keys(table: Table, columns: list[Column], cells: list[str], row: Row) -> None:
    """Of a row that is refused already, its names: rows that name it are then not refused too."""
    for column, cell in zip(columns, cells, strict=False):
        if column.name in table.keys and cell:
            with suppress(ValueError):
                row.values[column.name] = column.value(cell)


def _empty(table: Table, column: Column) -> Any:
    """What an empty cell means: nothing, or the model's default where there has to be something."""
    defaults: Any = table.model._meta.get_field(column.name)
    return [] if column.many else defaults.get_default()
