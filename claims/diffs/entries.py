"""A subject's ledger entries, each told by what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.choices import EditorialState, Operation
from claims.models import Change

from .records import Difference, Record, differences, is_tombstone

LEFT = {Operation.RETRACT: EditorialState.RETRACTED, Operation.MERGE: EditorialState.MERGED}
# Entries in front of a page that it takes to tell it: of a claim that comes back, the retraction
# and the entry before that.
BEHIND = 2
BEGINNINGS = (Operation.PUBLISH, Operation.CREATE)


class Untold(TextChoices):
    """Why nobody can tell what an entry changed."""

    REDACTED = "redacted", _("Its record was removed by law.")
    REDACTED_BEFORE = "redacted_before", _("The record before it was removed by law.")
    NOT_RECORDED = "not_recorded", _("What it was before is not in the ledger.")


@dataclass(frozen=True)
class Telling:
    """An entry with its record (None: redacted) and what it changed (None: `untold` says why)."""

    change: Change
    record: Record | None
    differences: list[Difference] | None
    untold: Untold | None = None

    @property
    def reason(self) -> str | None:
        """Why it was done, in its editor's words; None: redacted."""
        return None if self.record is None else self.record.get("reason", "")


def told(changes: Iterable[Change]) -> Iterator[Telling]:
    """Tell the entries of one subject, oldest first and none left out between them.

    A claim that comes back is compared with what it said when it left.
    """
    before: Record | None = None
    unknown: Untold | None = Untold.NOT_RECORDED
    for change in changes:
        record = None if change.record is None else json.loads(change.record)
        if record is None:
            yield Telling(change, None, None, Untold.REDACTED)
        elif is_tombstone(record) or not unknown:
            yield Telling(change, record, differences(before, record, change.subject))
        elif unknown == Untold.NOT_RECORDED and change.operation in BEGINNINGS:
            yield Telling(change, record, differences(None, record, change.subject))
        else:
            yield Telling(change, record, None, unknown)
        if state := LEFT.get(Operation(change.operation)):
            before = before and {**before, "editorial_state": state.value}
        else:
            before, unknown = record, (Untold.REDACTED_BEFORE if record is None else None)
