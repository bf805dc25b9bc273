"""What every file is read into, whatever its form: rows of one of our tables, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.exchange.columns import Table

SHOWN = 100  # faults that are told; more are only counted


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
        self.note(Fault(file, line, column, message))

    def note(self, fault: Fault) -> None:
        self.count += 1
        if len(self.told) < SHOWN:
            self.told.append(fault)

    @property
    def full(self) -> bool:
        """No more will be told, so hints need not be looked for."""
        return self.count >= SHOWN


@dataclass(frozen=True)
class Row:
    """A row of a file: its cells by the name of their column, in the texts of `cells.Column`.

    An empty cell is NULL or empty; a column that the file does not name is not in it. A row whose
    form is at fault (too few cells, bytes that are no text) says so, with what could be read.
    """

    line: int
    cells: dict[str, str]
    fault: str = ""
    column: str = ""  # where that is


@dataclass(frozen=True)
class Sheet:
    """The rows of one table in one file, read as they are asked for, and only once."""

    table: Table
    name: str  # what faults call the file
    rows: Iterable[Row]
    whole: bool = True  # False: it could not be opened, so its rows are missing
    notes: tuple[str, ...] = ()  # how it was read: its encoding, what divides its cells


class Unreadable(Exception):
    """What follows cannot be told apart into rows. `fault` says why, and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
