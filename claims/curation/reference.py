"""Speakers, sources, topics and collections: the rows that claims name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import Operation, SpeakerKind, Subject
from claims.documents import FORMAT, reference_record
from claims.models import ClaimDocument, Reference, Speaker

from .claims import Fate
from .guard import assign, attempt, refuse_faulty
from .ledger import Entry, append, locked_ledger
from .rules import facts_differ
from .settlement import BLOCK, update_over, write_documents_again

Row = TypeVar("Row", bound=Reference)


@dataclass(frozen=True, kw_only=True)
class ReferenceWrite(Generic[Row]):
    """A row of `model` to create (`row` is None) or to edit at the revision its editor saw."""

    model: type[Row]
    row: Row | None = None
    revision: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def write_reference(writes: Sequence[ReferenceWrite[Row]], *, actor: str) -> list[tuple[Row, Fate]]:
    """Create and edit reference rows in one transaction: all of them, or none.

    Texts that show an old name are rendered anew: the first block at once, the rest by
    `manage.py refresh_documents`. Raises `BatchRefused` with the faults of each by field.
    """
    with locked_ledger():
        plans = [attempt(_plan, write) for write in writes]
        refuse_faulty(plans)
        refuse_faulty([attempt(_save, plan) for plan in plans])
        moved = [plan for plan in plans if plan.fate != Fate.UNCHANGED]
        changes = append([plan.entry for plan in moved], actor=actor)
        for plan, change in zip(moved, changes, strict=True):
            plan.row.ledger_number = change.number
            type(plan.row)._default_manager.filter(pk=plan.row.pk).update(
                ledger_number=change.number
            )
        if any(plan.fate == Fate.CHANGED for plan in moved):
            write_documents_again(ClaimDocument.objects.with_older_names(), BLOCK)
        return [(plan.row, plan.fate) for plan in plans]


@dataclass
class _Plan:
    row: Reference
    fate: Fate
    revision: int | None
    columns: dict[str, Any]
    before: dict[str, Any]

    @property
    def entry(self) -> Entry:
        after = reference_record(self.row)
        is_new = self.fate == Fate.CREATED
        return Entry(
            operation=Operation.CREATE if is_new else Operation.EDIT,
            subject=Subject(str(self.row._meta.model_name)),
            key=self.row.slug,
            fields_changed=[] if is_new else facts_differ(self.before, after),
            record=after,
        )


def _plan(write: ReferenceWrite) -> _Plan:
    row = write.model() if write.row is None else _as_it_stands(write.row)
    before = {} if write.row is None else reference_record(row)
    columns = assign(row, write.values)
    if write.row is not None and "slug" in columns:
        raise ValidationError(
            {"slug": _("A slug never changes: the history names this row by it.")}
        )
    _refuse_taken(row, columns)
    organisation = row.organisation if isinstance(row, Speaker) else None
    if organisation and (organisation.kind != SpeakerKind.ORGANISATION or organisation == row):
        raise ValidationError({"organisation": _("Name an organisation, not a person.")})
    changed = Fate.CHANGED if columns else Fate.UNCHANGED
    return _Plan(row, changed if write.row else Fate.CREATED, write.revision, columns, before)


def _as_it_stands(row: Reference) -> Reference:
    """The row under the lock. A writer who is behind is told so when the row is saved."""
    return type(row)._default_manager.get(pk=row.pk)


def _refuse_taken(row: Reference, columns: Mapping[str, Any]) -> None:
    """Slugs and addresses are found once; the database would say it less kindly."""
    for name in {"slug", "url"} & columns.keys():
        others = type(row)._default_manager.exclude(pk=row.pk)
        if columns[name] and others.filter(**{name: columns[name]}).exists():
            raise ValidationError({name: _("There is one with this already.")})


def _save(plan: _Plan) -> None:
    if plan.fate == Fate.CREATED:
        plan.row.save(force_insert=True)
    elif plan.fate == Fate.CHANGED:
        update_over(plan.row, plan.revision, plan.columns)
        plan.row.revision += 1


def refresh_documents(limit: int = BLOCK) -> int:
    """Render one block of the texts that show older names; returns how many there were."""
    with locked_ledger():
        return write_documents_again(ClaimDocument.objects.with_older_names(), limit)


def rebuild_documents(limit: int = BLOCK) -> int:
    """Render one block of the texts in an older format; returns how many there were."""
    with locked_ledger():
        return write_documents_again(ClaimDocument.objects.in_older_format(FORMAT), limit)
