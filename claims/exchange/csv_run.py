"""One run of an import: what became of each row, and what is at fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims import curation
from claims.curation import Fate

from .csv_files import Faults, File, Row

Item = TypeVar("Item", Row, list[Row])
Made = TypeVar("Made")


class Run:
    """A run over all files, under the ledger's lock."""

    def __init__(self, faults: Faults, actor: str) -> None:
        self.faults = faults
        self.actor = actor
        self.fates: Counter[Fate] = Counter()
        self.entered: set[int] = set()  # primary keys of claims that this run drafted
        # Names of refused rows: rows that name them are passed over, not refused for it too.
        self.refused: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
        # Tables of files that could not be read: any of their rows may be missing.
        self.unread: set[type[models.Model]] = set()

    def refuse(self, file: File, row: Row, column: str, message: str) -> None:
        self.faults.add(file.name, row.line, column, message)
        self.pass_over(file, row)

    def pass_over(self, file: File, row: Row) -> None:
        self.refused[file.table.model].add(key_of(row))

    def refuse_for(self, file: File, row: Row, error: ValidationError) -> None:
        """Note why curation refuses a row."""
        if isinstance(error, curation.StaleRevision):
            message = _(
                "It has changed since revision %(revision)d; export it anew, and edit that."
            )
            self.refuse(file, row, "revision", message % {"revision": row.values["revision"]})
            return
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.refuse(file, row, "" if name == NON_FIELD_ERRORS else name, message)

    def carry_out(
        self,
        file: File,
        items: list[Item],
        write: Callable[[list[Item]], Sequence[Made]],
    ) -> list[tuple[Item, Made]]:
        """What `write` makes of each item, a row or several, but for those curation refuses."""
        while items:
            try:
                return list(zip(items, write(items), strict=True))
            except curation.BatchRefused as refusal:
                for position, error in refusal.by_item.items():
                    item = items[position]
                    if isinstance(item, Row):
                        self.refuse_for(file, item, error)
                    elif len(item) == 1:
                        self.refuse_for(file, item[0], error)
                    else:
                        self._find_faulty(file, item, write, error)
                items = [item for at, item in enumerate(items) if at not in refusal.by_item]
        return []

    def _find_faulty(
        self,
        file: File,
        rows: list[Row],
        write: Callable[[list[Any]], Sequence[Any]],
        error: ValidationError,
    ) -> None:
        """Refuse those of `rows` that cannot be written, by trying each alone."""
        before = self.faults.count
        for row in rows:
            with transaction.atomic():
                self.carry_out(file, [[row]], write)
                transaction.set_rollback(True)
            self.pass_over(file, row)  # whoever names it could not be written either
        if self.faults.count == before:  # only together are they at fault
            self.refuse_for(file, rows[0], error)


def key_of(row: Row) -> Any:
    """What other rows call this one; None: nothing."""
    return row.values.get("slug") or row.values.get("id")
