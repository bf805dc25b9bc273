"""Speakers, sources, topics and collections: the rows that claims name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims import search
from claims.choices import Operation, SpeakerKind, Subject
from claims.documents import FORMAT, reference_record
from claims.models import Claim, ClaimDocument, Reference, SearchText, Speaker

from .claims import Fate
from .guard import assign, attempt, refuse_faulty, refuse_taken
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
    `manage.py refresh_documents`. Raises `BatchRefused` with the faults of each by field, or its
    `StaleRevision`.
    """
    with locked_ledger():
        plans = [attempt(_plan, write) for write in writes]
        refuse_faulty(plans)
        _refuse_taken(plans)
        refuse_faulty([attempt(_save, plan) for plan in plans])
        moved = [plan for plan in plans if plan.fate != Fate.UNCHANGED]
        _enter(moved, actor)
        for renamed in _by_model([plan.row for plan in moved if plan.fate == Fate.CHANGED]):
            write_documents_again(ClaimDocument.objects.with_older_names_of(renamed), BLOCK)
            write_documents_again(
                SearchText.objects.not_public().with_older_names_of(renamed), BLOCK
            )
        return [(plan.row, plan.fate) for plan in plans]


def adopt(rows: Iterable[Reference], *, actor: str) -> None:
    """Enter rows in the ledger that a fixture has brought in past it."""
    with locked_ledger():
        _enter([_Plan(row, Fate.CREATED, None, {}, {}) for row in rows], actor)


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
    if isinstance(row, Speaker):
        _check_membership(row, columns)
    changed = Fate.CHANGED if columns else Fate.UNCHANGED
    return _Plan(row, changed if write.row else Fate.CREATED, write.revision, columns, before)


def _as_it_stands(row: Reference) -> Reference:
    """The row under the lock. A writer who is behind is told so when the row is saved."""
    return type(row)._default_manager.get(pk=row.pk)


def _check_membership(speaker: Speaker, columns: Mapping[str, Any]) -> None:
    joined = speaker.organisation
    if joined and (joined == speaker or joined.kind != SpeakerKind.ORGANISATION):
        raise ValidationError({"organisation": _("Name an organisation, not a person.")})
    leaves_members = speaker.pk and columns.get("kind") == SpeakerKind.PERSON
    if leaves_members and speaker.members.exists():
        raise ValidationError({"kind": _("It has members, which a person has not.")})


def _refuse_taken(plans: Sequence[_Plan]) -> None:
    """Slugs and addresses are found once."""
    for model in {type(plan.row) for plan in plans}:
        for name in ("slug", "url"):
            refuse_taken(
                model,
                name,
                [[plan.columns.get(name)] if isinstance(plan.row, model) else [] for plan in plans],
            )


def _save(plan: _Plan) -> None:
    if plan.fate == Fate.CREATED:
        plan.row.save(force_insert=True)
    elif plan.fate == Fate.CHANGED:
        update_over(plan.row, plan.revision, plan.columns)
        plan.row.revision += 1


def _by_model(rows: Sequence[Reference]) -> list[list[Reference]]:
    by_model: dict[type[Reference], list[Reference]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    return list(by_model.values())


def _enter(plans: Sequence[_Plan], actor: str) -> None:
    changes = append([plan.entry for plan in plans], actor=actor)
    for plan, change in zip(plans, changes, strict=True):
        plan.row.ledger_number = change.number
        type(plan.row)._default_manager.filter(pk=plan.row.pk).update(ledger_number=change.number)


def refresh_documents(limit: int = BLOCK) -> int:
    """Render one block of the texts that show older names; returns how many there were."""
    with locked_ledger():
        return write_documents_again(
            ClaimDocument.objects.with_older_names(), limit
        ) + write_documents_again(SearchText.objects.not_public().with_older_names(), limit)


def rebuild_documents(limit: int = BLOCK) -> int:
    """Render one block of the texts in an older format, or of claims that came in past curation
    and have none; returns how many there were."""
    with locked_ledger():
        return (
            write_documents_again(ClaimDocument.objects.in_older_format(FORMAT), limit)
            or write_documents_again(SearchText.objects.in_older_format(search.FORMAT), limit)
            or write_documents_again(Claim.objects.filter(search_text=None).order_by("pk"), limit)
        )
