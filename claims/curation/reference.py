"""Speakers, sources, topics and collections: the rows that claims name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims import search
from claims.choices import Operation, SpeakerKind, Subject
from claims.documents import FORMAT, reference_record
from claims.models import Claim, ClaimDocument, Reference, SearchText, Speaker

from .bulk import draw_keys, goes_by_copy, insert
from .claims import Fate
from .guard import StaleRevision, assign, attempt, is_same, refuse_faulty, taken
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
        plans: list[Any] = _plan_all(writes)
        refuse_faulty(plans)
        moved = [plan for plan in plans if plan.fate != Fate.UNCHANGED]
        changes = append([plan.entry for plan in moved], actor=actor)
        for plan, change in zip(moved, changes, strict=True):
            plan.row.ledger_number = change.number
        for new in _by_model([plan.row for plan in moved if plan.fate == Fate.CREATED]):
            _insert(new)
        for plan in moved:
            if plan.fate == Fate.CHANGED:
                _update(plan)
        for renamed in _by_model([plan.row for plan in moved if plan.fate == Fate.CHANGED]):
            write_documents_again(ClaimDocument.objects.with_older_names_of(renamed), BLOCK)
            write_documents_again(
                SearchText.objects.not_public().with_older_names_of(renamed), BLOCK
            )
        return [(plan.row, plan.fate) for plan in plans]


def check_references(writes: Sequence[ReferenceWrite[Row]]) -> list[Fate | ValidationError]:
    """What would become of each write, or its fault; nothing is written and nothing locked.

    An organisation may be one that is only in memory.
    """
    return [plan if isinstance(plan, ValidationError) else plan.fate for plan in _plan_all(writes)]


def adopt(rows: Iterable[Reference], *, actor: str) -> None:
    """Enter rows in the ledger that a fixture has brought in past it."""
    with locked_ledger():
        plans = [_Plan(row, Fate.CREATED, None, {}, {}) for row in rows]
        changes = append([plan.entry for plan in plans], actor=actor)
        for plan, change in zip(plans, changes, strict=True):
            same = type(plan.row)._default_manager.filter(pk=plan.row.pk)
            same.update(ledger_number=change.number)


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


def _plan_all(writes: Sequence[ReferenceWrite]) -> list[_Plan | ValidationError]:
    """What each write comes to, or its fault; in a fixed number of queries."""
    there = _as_they_stand([write.row for write in writes if write.row])
    plans: list[_Plan | ValidationError] = []
    for write in writes:
        # One that is named twice has changed once it comes again.
        row = there.pop((write.model, write.row.pk), None) if write.row else write.model()
        plans.append(attempt(_plan, write, row))
    for find in (_members_left, _taken):
        for at, fault in enumerate(find(plans)):
            if fault and not isinstance(plans[at], ValidationError):
                plans[at] = fault
    return plans


def _plan(write: ReferenceWrite, row: Reference | None) -> _Plan:
    if row is None:
        raise StaleRevision
    before = {} if write.row is None else reference_record(row)
    columns = assign(row, write.values)
    if write.row is not None and "slug" in columns:
        raise ValidationError(
            {"slug": _("A slug never changes: the history names this row by it.")}
        )
    if isinstance(row, Speaker):
        _check_membership(row)
    if write.row is not None and columns and write.revision != row.revision:
        raise StaleRevision
    changed = Fate.CHANGED if columns else Fate.UNCHANGED
    return _Plan(row, changed if write.row else Fate.CREATED, write.revision, columns, before)


def _as_they_stand(rows: Sequence[Reference]) -> dict[tuple[type[Reference], int], Reference]:
    found: dict[tuple[type[Reference], int], Reference] = {}
    for model in {type(row) for row in rows}:
        named: QuerySet[Any] = model._default_manager.all()
        if model is Speaker:
            named = named.select_related("organisation")
        pks = [row.pk for row in rows if isinstance(row, model)]
        found |= {(model, pk): row for pk, row in named.in_bulk(pks).items()}
    return found


def _check_membership(speaker: Speaker) -> None:
    joined = speaker.organisation
    if joined and (is_same(joined, speaker) or joined.kind != SpeakerKind.ORGANISATION):
        raise ValidationError({"organisation": _("Name an organisation, not a person.")})


def _members_left(plans: Sequence[_Plan | ValidationError]) -> list[ValidationError | None]:
    """Where an organisation with members would become a person."""
    persons = {
        at: plan.row.pk
        for at, plan in enumerate(plans)
        if isinstance(plan, _Plan) and plan.columns.get("kind") == SpeakerKind.PERSON
        if plan.row.pk
    }
    joined = set()
    if persons:
        members = Speaker.objects.filter(organisation__in=persons.values())
        joined = set(members.values_list("organisation", flat=True))
    fault = ValidationError({"kind": _("It has members, which a person has not.")})
    return [fault if persons.get(at) in joined else None for at in range(len(plans))]


def _taken(plans: Sequence[_Plan | ValidationError]) -> list[ValidationError | None]:
    """Slugs and addresses are found once."""
    faults: list[ValidationError | None] = [None] * len(plans)
    for model in {type(plan.row) for plan in plans if isinstance(plan, _Plan)}:
        for name in ("slug", "url"):
            wanted = [
                [plan.columns.get(name)]
                if isinstance(plan, _Plan) and isinstance(plan.row, model)
                else []
                for plan in plans
            ]
            found = taken(model, name, wanted)
            faults = [was or new for was, new in zip(faults, found, strict=True)]
    return faults


def _insert(rows: Sequence[Reference]) -> None:
    """Rows of one model. A few learn of their keys as they are inserted."""
    if goes_by_copy(len(rows)):
        for row, key in zip(rows, draw_keys(type(rows[0]), len(rows)), strict=True):
            row.pk = key
    insert(type(rows[0]), rows)


def _update(plan: _Plan) -> None:
    update_over(plan.row, plan.revision, plan.columns, ledger_number=plan.row.ledger_number)
    plan.row.revision += 1


def _by_model(rows: Sequence[Reference]) -> list[list[Reference]]:
    by_model: dict[type[Reference], list[Reference]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    return list(by_model.values())


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
