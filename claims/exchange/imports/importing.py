"""An import from its first row to its last: all rows are checked without writing anything, then
entered in blocks that each commit by themselves, so that editors work on meanwhile.

Names go before those who name them: topics, collections, speakers, sources, then claims with all
that hangs on them, then links. What is entered once, a second run finds unchanged: so an import
that was cut off is finished by running it again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from claims.exchange.columns import TABLES

from . import claim_bundles, links, references
from .reading import open_sheets
from .refused import refused_csv
from .report import Progress, Report, ignore
from .run import Run
from .sheets import Faults, Sheet, Unreadable
from .staging import ONCE, Stage, Staging


class ImportRefused(Exception):
    """Nothing was written; `report` says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(_("Faults: %(count)d") % {"count": report.refused})
        self.report = report


def import_files(
    given: Iterable[Path | BinaryIO],
    *,
    actor: str,
    table: str = "",
    encoding: str = "",
    safe: bool = True,
    **options: Any,
) -> Report:
    """`import_sheets` of what `open_sheets` finds in files, folders and uploads."""
    faults = Faults()
    sheets = open_sheets(given, faults, table=table, encoding=encoding, safe=safe)
    return import_sheets(sheets, actor=actor, faults=faults, **options)


def import_sheets(
    sheets: Iterable[Sheet],
    *,
    actor: str,
    faults: Faults | None = None,
    dry_run: bool = False,
    keep_going: bool = False,
    refused: Path | None = None,
    progress: Progress = ignore,
) -> Report:
    """Check rows, and enter them: all, or with `keep_going` those that are well.

    The others are written into the folder `refused`, if one is given, as CSV with the reasons.
    `faults` are those that were found when the sheets were opened.
    Raises `ImportRefused` where nothing was written because rows are at fault, and OSError.
    """
    with Import(sheets, actor=actor, faults=faults, progress=progress) as importing:
        report = importing.check()
        stops = report.refused and not keep_going
        if not stops and not dry_run:
            report = importing.enter()
        if refused:
            importing.write_refused(refused)
        if stops:
            raise ImportRefused(report)
        return report


class Import:
    """A context manager over `sheets`: `check`, then `enter`, which each return their report.

    `check` asks the database and writes nothing. Raises what reading the files raises.
    `seen` are the revisions that an earlier check saw (`Staging.seen`): what somebody changed
    since then is in conflict.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        *,
        actor: str,
        faults: Faults | None = None,
        progress: Progress = ignore,
        seen: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self.sheets = sheets
        self.progress = progress
        self.staging = Staging()
        self.run = Run(self.staging, actor, seen)
        self.run.report.faults = faults or Faults()

    def __enter__(self) -> Import:
        return self

    def __exit__(self, *error: object) -> None:
        self.staging.__exit__(*error)

    def check(self) -> Report:
        """See what would become of each row."""
        for _each in self.checking():
            pass
        return self.run.report

    def checking(self) -> Iterator[Report]:
        """`check`, step by step: the report as it grows."""
        for sheet in self.sheets:
            self._stage(sheet)
        self.staging.index_names()
        self.run.report.rows = self.staging.count()
        claim_bundles.give_keys(self.run)
        self._refuse_doubles()
        yield from self._go_through(_("checked"))

    def enter(self) -> Report:
        """Write what was checked, a block a transaction. What was refused stays out; what
        somebody else changed since it was checked is refused now, and the rest goes on."""
        for _each in self.entering():
            pass
        return self.run.report

    def entering(self) -> Iterator[Report]:
        """`enter`, step by step: the report after each transaction."""
        self.run.begin_writing()
        yield from self._go_through(_("entered"))

    def refused(self, table: str) -> Iterator[str]:
        """Rows of a table that were not taken, as CSV with the reasons; nothing for none."""
        return refused_csv(self.staging, table)

    def write_refused(self, folder: Path) -> None:
        """A file for each table of which rows were not taken. Raises OSError."""
        for table in TABLES:
            blocks = self.refused(table)
            if first := next(blocks, ""):
                folder.mkdir(parents=True, exist_ok=True)
                with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                    file.write(first)
                    file.writelines(blocks)

    def _go_through(self, doing: str) -> Iterator[Report]:
        run = self.run
        for table in references.TABLES:
            while rows := run.next(table):
                with _garbage_kept():
                    references.go_through(run, rows)
                yield self._told(doing)
        while block := claim_bundles.next_block(run):
            with _garbage_kept():
                claim_bundles.go_through(run, block)
            yield self._told(doing)
        # A check sees rounds, and doubles, only among the links that it is given together.
        together = None if run.writes else links.CHECKED_TOGETHER
        while rows := run.next("links", together):
            with _garbage_kept():
                links.go_through(run, rows)
            yield self._told(doing)

    def _told(self, doing: str) -> Report:
        report = self.run.report
        self.progress(doing, report.done, report.rows)
        return report

    def _stage(self, sheet: Sheet) -> None:
        report = self.run.report
        report.notes += [f"{sheet.name}: {note}" for note in sheet.notes]
        if not sheet.whole:
            self.staging.cut_short.add(sheet.table.name)
        try:
            for row in self.staging.take(sheet):
                report.faults.add(sheet.name, row.line, row.column, row.fault)
        except Unreadable as unreadable:
            report.faults.note(unreadable.fault)
            self.staging.cut_short.add(sheet.table.name)

    def _refuse_doubles(self) -> None:
        for name in ("key", "once"):
            for row, line in self.staging.doubles(name):
                if row.stage == Stage.READ:
                    column = row.table.keys[0] if name == "key" else ONCE[row.table.name]
                    message = (
                        _("Line %(line)d has the same already.")
                        if row.cells.get(column)
                        else _("Line %(line)d is about the same one already.")
                    )
                    self.run.refuse(row, column, message % {"line": line})


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Keep the garbage of one block until it is through: the collector would go over its rows
    again and again, and find them all in use."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
