"""What all steps of an import share: parsing, naming, refusing, and writing what is not refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from claims import curation

from .names import Known, Names, PassedOver, Waiting
from .parsing import parse
from .report import Report
from .staging import Stage, Staged, Staging

BLOCK = 500  # rows a transaction holds the ledger for

Made = TypeVar("Made")


class Run:
    """An import at work: `stage` is where the rows are that are still to be gone through."""

    def __init__(
        self, staging: Staging, actor: str, seen: Mapping[str, Mapping[str, int]] | None = None
    ) -> None:
        self.staging = staging
        self.actor = actor
        self.seen = seen
        self.report = Report()
        self.stage = Stage.READ
        self.known: Known = {}  # what claims name, from one block to the next
        self.named = curation.Named()
        self._put_off = 0  # rows that were, one after the other, since any could be gone through

    @property
    def writes(self) -> bool:
        return self.stage == Stage.CHECKED

    def begin_writing(self) -> None:
        """After the check: what it refused stays refused, what it counted is counted anew."""
        checked = self.report
        self.stage = Stage.CHECKED
        self.known.clear()
        self.report = Report(
            rows=self.staging.count(stage=Stage.CHECKED),
            faults=checked.faults,
            conflicts=checked.conflicts,
            passed_over=checked.passed_over,
            notes=checked.notes,
        )

    def next(self, table: str, most: int | None = None) -> list[Staged]:
        return self.staging.next(table, self.stage, most or BLOCK)

    def done(self, rows: Iterable[Staged]) -> None:
        self.staging.note(rows, Stage.ENTERED if self.writes else Stage.CHECKED)

    # Refusing

    def refuse(self, row: Staged, column: str, message: str) -> None:
        self.report.faults.add(row.file, row.line, column, message)
        self._leave_out(row, f"{column}: {message}" if column else message, Stage.REFUSED)

    def refuse_for(self, row: Staged, error: ValidationError) -> None:
        """Note why curation refuses a row."""
        if isinstance(error, curation.StaleRevision):
            message = (
                _("Somebody changed it after it was checked; run the import again.")
                if row.values.get("revision") in (None, row.seen)
                else _("It has changed since revision %(revision)s; export it anew, and edit that.")
                % {"revision": row.values.get("revision")}
            )
            self.report.conflicts.add(row.file, row.line, "revision", message)
            self._leave_out(row, f"revision: {message}", Stage.REFUSED)
            return
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.refuse(row, "" if name == NON_FIELD_ERRORS else name, message)

    def pass_over(self, rows: Iterable[Staged]) -> None:
        """Leave out rows that need one that is refused; they are not at fault themselves."""
        for row in rows:
            self.report.passed_over += 1
            self._leave_out(row, _("It needs a row that is refused."), Stage.PASSED_OVER)

    def _leave_out(self, row: Staged, reason: str, stage: Stage) -> None:
        self.staging.refuse(row, reason, stage)
        self.report.done += row.stage == self.stage
        row.stage = stage

    # Understanding

    def ready(self, rows: Sequence[Staged]) -> list[Staged]:
        """Rows whose cells mean something, and which name nothing that is still to come; what is
        at fault is refused, and what waits for others comes after them."""
        parsed = [row for row in rows if self._parsed(row)]
        hints = not self.report.faults.full
        names = Names(self.staging, parsed, coming=self.stage, hints=hints, known=self.known)
        good: list[Staged] = []
        waiting: list[tuple[Staged, str]] = []
        for row in parsed:
            try:
                names.put_rows(row, partial(self.refuse, row))
            except PassedOver:
                self.pass_over([row])
            except Waiting as wait:
                waiting.append((row, wait.column))
            else:
                if row.stage == self.stage:
                    good.append(row)
        self._let_wait(waiting, progress=len(waiting) < len(rows))
        return good

    def understood(self, rows: Sequence[Staged]) -> list[Staged]:
        """Rows that were checked, and are only looked at."""

        def ignore(column: str, message: str) -> None:
            return None

        for row in rows:
            parse(row, ignore)
        names = Names(self.staging, rows, coming=self.stage, hints=False, known=self.known)
        for row in rows:
            names.put_rows(row, ignore)
        return list(rows)

    def _parsed(self, row: Staged) -> bool:
        parse(row, partial(self.refuse, row))
        return row.stage == self.stage

    def _let_wait(self, rows: Sequence[tuple[Staged, str]], progress: bool) -> None:
        if not rows:
            return
        table = rows[0][0].table.name
        self._put_off = 0 if progress else self._put_off + len(rows)
        # Once all that are left were put off in a row, they wait for each other.
        if self._put_off < self.staging.count(table, stage=self.stage):
            self.staging.put_off([row for row, _column in rows])
            return
        for row, column in rows:
            self.refuse(row, column, _("It names a row that in turn waits for this one."))

    def revision(self, row: Staged, there: Any) -> int | None:
        """The revision that a write goes over: what the file's author saw, else what the check
        saw."""
        seen: int | None = row.values.get("revision")
        if seen is not None or there is None:
            return seen
        if self.writes:
            return row.seen
        if self.seen is None:
            return there.revision
        table, name = row.where
        return self.seen.get(table, {}).get(name, 0)  # 0: it was not there yet

    # Writing

    def carry_out(
        self, rows: list[Staged], write: Callable[[list[Staged]], Sequence[Made]]
    ) -> list[tuple[Staged, Made]]:
        """What `write` makes of each row, but for those that curation refuses."""
        while rows:
            try:
                return list(zip(rows, write(rows), strict=True))
            except curation.BatchRefused as refusal:
                for position, error in refusal.by_item.items():
                    self.refuse_for(rows[position], error)
                rows = [row for at, row in enumerate(rows) if at not in refusal.by_item]
        return []


def but(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
