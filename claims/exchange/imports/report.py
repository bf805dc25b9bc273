"""What an import comes to: what becomes of each row, what is at fault, what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from claims.curation import Fate

from .sheets import SHOWN, Faults
from .staging import Staged

# What is being done, how many rows of how many are through with it.
Progress = Callable[[str, int, int], None]


def ignore(doing: str, done: int, of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Difference:
    """What an import changes of a row that is there: by column, the texts before and after."""

    file: str
    line: int
    table: str
    key: str
    columns: dict[str, tuple[str, str]]

    def __str__(self) -> str:
        told = "; ".join(
            f"{name}: “{was}” → “{now}”" for name, (was, now) in sorted(self.columns.items())
        )
        return f"{self.file}:{self.line}: {self.table} {self.key}: {told}"


@dataclass
class Report:
    """Counts are of rows. Of faults, conflicts and differences the first are told, all counted."""

    rows: int = 0
    # Through the checks, or through being entered.
    done: int = 0
    fates: Counter[tuple[str, Fate]] = field(default_factory=Counter)  # by table
    faults: Faults = field(default_factory=Faults)
    # Somebody changed the row after the file was made of it, or after it was checked.
    conflicts: Faults = field(default_factory=Faults)
    passed_over: int = 0  # rows that need one that is refused
    public: bool = False  # it makes a claim public, or changes a public one
    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # how the files were read

    @property
    def refused(self) -> int:
        """Places that keep rows from being taken."""
        return self.faults.count + self.conflicts.count

    def total(self, fate: Fate) -> int:
        return sum(number for (_table, each), number in self.fates.items() if each == fate)

    def count(self, row: Staged, fate: Fate) -> None:
        self.done += 1
        self.fates[row.table.name, fate] += 1

    def show(self, row: Staged, changes: dict[str, tuple[Any, Any]]) -> None:
        if changes and len(self.differences) < SHOWN:
            columns = {name: (text_of(old), text_of(new)) for name, (old, new) in changes.items()}
            self.differences.append(
                Difference(row.file, row.line, row.table.name, row.key, columns)
            )


def text_of(value: Any) -> str:
    """A column's value for people to read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set):
        return ", ".join(sorted(map(str, value)))
    return str(getattr(value, "slug", None) or getattr(value, "uid", None) or value)


def summary(report: Report) -> str:
    """What became of the rows, in one line."""
    counts = [f"{report.total(fate)} {fate}" for fate in Fate]
    for number, what in (
        (report.conflicts.count, "in conflict"),
        (report.passed_over, "passed over for another that is refused"),
    ):
        if number:
            counts.append(f"{number} {what}")
    if report.faults.count:
        counts.append(f"faults: {report.faults.count}")
    return ", ".join(counts)
