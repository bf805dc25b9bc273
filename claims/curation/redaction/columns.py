"""Taking a text out of the columns that can do without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone

from claims.append_only import APPEND_ONLY
from claims.models import (
    Appearance,
    Claim,
    Evidence,
    IdempotencyKey,
    Redaction,
    Source,
    Speaker,
    Task,
    Topic,
    in_blocks,
)
from claims.models import (
    Collection as ClaimCollection,
)
from claims.models.fields import FuzzyDateField, QuantityField

from ..settlement import BLOCK
from .traces import JSON, Place, Wanted

# What stands in its place; the second where a column has no room for the first.
MARKS = ("[redacted]", "█")
EDITED = (Claim, Appearance, Evidence, Task, Speaker, Source, Topic, ClaimCollection)
PASSING: tuple[type[models.Model], ...] = (Session, IdempotencyKey)  # these go as a whole
ALL: tuple[type[models.Model], ...] = (*EDITED, *APPEND_ONLY, LogEntry, *PASSING)
MODELS = {model._meta.db_table: model for model in ALL}


def can_go(place: Place) -> bool:
    """Is this a place that a text can be taken out of?"""
    model: Any = MODELS.get(place.table)
    if model is None or model in PASSING:
        return model is not None
    if model in APPEND_ONLY:
        warranting: str | None = model.REDACTABLE.get(place.column)
        return warranting == place.column
    return place.column in {each.column for each in _prose(model)}


def is_fixed(place: Place) -> bool:
    """A name for ever, or a row that is never changed."""
    model: Any = MODELS.get(place.table)
    if model is None or model in APPEND_ONLY:
        return model is not None
    columns = {each.column: each for each in model._meta.fields}
    return isinstance(columns[place.column], models.SlugField | models.UUIDField)


def _prose(model: type[models.Model]) -> list[models.Field]:
    """The columns that hold somebody's words."""
    return [
        each
        for each in model._meta.fields
        if isinstance(each, models.CharField | models.TextField | models.JSONField)
        and not isinstance(each, models.SlugField | FuzzyDateField | QuantityField)
        and not each.choices
        and (each.editable or each.name == "state_reason")
        and (model is not LogEntry or each.name in ("object_repr", "change_message"))
    ]


@dataclass(frozen=True)
class Ground:
    """The law that a text is removed under, and who removes it."""

    legal_basis: str
    actor: str


def blank(model: type[Any], pks: Collection[Any], wanted: Wanted, ground: Ground) -> None:
    """Make texts in insert-only rows NULL, each under a warrant, which the triggers ask for."""
    table, now = model._meta.db_table, timezone.now()
    for column in set(model.REDACTABLE.values()):
        together = [name for name, warrant in model.REDACTABLE.items() if warrant == column]
        for block in in_blocks({str(pk) for pk in pks}, BLOCK):
            texts = model._default_manager.filter(pk__in=block).values_list("pk", column)
            is_json = (table, column) in JSON
            holding = [str(pk) for pk, text in texts if wanted.is_in(text, is_json=is_json)]
            warrants = Redaction.objects.filter(table=table, column=column, row__in=holding)
            there = set(warrants.values_list("row", flat=True))
            Redaction.objects.bulk_create(
                Redaction(
                    table=table,
                    row=row,
                    column=column,
                    legal_basis=ground.legal_basis,
                    at=now,
                    actor=ground.actor,
                )
                for row in holding
                if row not in there
            )
            rows = model._default_manager.filter(pk__in=holding)
            rows.update(**dict.fromkeys(together))


def edit(model: type[models.Model], pks: Collection[Any], wanted: Wanted) -> None:
    """Put a mark in the place of the text, in all columns of prose of these rows."""
    for block in in_blocks({str(pk) for pk in pks}, BLOCK):
        for row in model._default_manager.filter(pk__in=block):
            values = {each.name: getattr(row, each.name) for each in _prose(model)}
            edited = {
                name: _without(model._meta.get_field(name), value, wanted)
                for name, value in values.items()
                if wanted.is_in(value, is_json=(model._meta.db_table, name) in JSON, column=name)
            }
            if edited:
                model._default_manager.filter(pk=row.pk).update(**edited)


def _without(column: Any, value: Any, wanted: Wanted) -> Any:
    """What such a column holds instead of `value`."""
    if isinstance(value, dict):
        return {
            name: text
            for name, text in value.items()
            if not (wanted.is_in(name) or wanted.is_in(text))
        }
    if isinstance(column, models.JSONField):
        return [each for each in value if not wanted.is_in(each)]
    limits = [each for each in column.validators if isinstance(each, MaxLengthValidator)]
    if len(limits) < len(column.validators) or _is_found_once(column):
        return ""  # an address or an id with a hole in it leads nowhere
    most = min((each.limit_value for each in limits), default=None)
    is_json = (column.model._meta.db_table, column.name) in JSON
    texts = (wanted.replaced_in(value, mark, is_json=is_json) for mark in MARKS)
    return next(text for text in texts if most is None or len(text) <= most)


def _is_found_once(column: Any) -> bool:
    return any(
        isinstance(each, models.UniqueConstraint) and column.name in each.fields
        for each in column.model._meta.constraints
    )


def complete_log_entries(wanted: Wanted) -> int:
    """The admin's log keeps 200 characters of what a row is called, and may end amid the text.

    What has more than half of it is redacted too; returns how many do.
    """
    text, found = wanted.text, 0
    length: Any = LogEntry._meta.get_field("object_repr").max_length
    halves = [text[:end] for end in range(len(text) - 1, len(text) // 2, -1)]
    full = LogEntry.objects.annotate(length=Length("object_repr")).filter(length=length)
    for entry in full.only("object_repr").iterator(chunk_size=BLOCK):
        half = next((each for each in halves if entry.object_repr.endswith(each)), "")
        if half:
            kept = entry.object_repr[: -len(half)][: length - len(MARKS[0])]
            LogEntry.objects.filter(pk=entry.pk).update(object_repr=kept + MARKS[0])
            found += 1
    return found
