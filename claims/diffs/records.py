"""``differences(before, after)``: what changed between two records of one subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from claims.choices import EditorialState, Subject
from claims.models import SUBJECT_MODELS

from .texts import Run, runs

Record = Mapping[str, Any]

# The name of the row, counters that follow from the rest, and what is said of the entry itself.
NO_FACTS = frozenset({"uid", "revision", "words_revision", "reason", "redacted_entries"})
VALUE, TEXT, LIST, ROWS = "value", "text", "list", "rows"


@dataclass(frozen=True)
class Difference:
    """One field of a record that changed.

    `before` and `after` are as the record has them; None where there was nothing, and for rows.
    `runs` tells one text from the other; `added` and `removed` compare two lists; `rows` are
    the rows that came, went or changed. Each is None where the difference has another form.
    """

    field: str
    label: str
    form: str
    before: Any = None
    after: Any = None
    runs: list[Run] | None = None
    added: list[str] | None = None
    removed: list[str] | None = None
    rows: list[RowDifference] | None = None


@dataclass(frozen=True)
class RowDifference:
    """A row that was `added` or `removed`, with all it said, or `changed`."""

    uid: str
    change: str
    differences: list[Difference]


def differences(
    before: Record | None, after: Record, subject: str = Subject.CLAIM
) -> list[Difference]:
    """The facts in which `after` differs from `before`, in the order in which they are filled.

    Without `before`, all that `after` says. A tombstone says only that its claim left the public.
    """
    if is_tombstone(after):
        public = {"editorial_state": EditorialState.PUBLISHED.value, "merged_into": None}
        return _differences(
            public, {name: after.get(name) for name in public}, SUBJECT_MODELS[Subject.CLAIM], ()
        )
    return _differences(before, after, SUBJECT_MODELS[subject], NO_FACTS)


def is_tombstone(record: Record) -> bool:
    """Is this what stays of a claim that left the public?"""
    return record.get("editorial_state", EditorialState.PUBLISHED) != EditorialState.PUBLISHED


def _differences(
    before: Record | None, after: Record | None, model: type[models.Model], skipped: Any
) -> list[Difference]:
    old, new = before or {}, after or {}
    differing = {
        name
        for name in old.keys() | new.keys()
        # A field that an older record has not got is empty there.
        if old.get(name) != new.get(name) and (old.get(name) or new.get(name))
    }
    order = {name: place for place, name in enumerate(_filled(model))}
    return [
        _difference(name, old.get(name), new.get(name), model)
        for name in sorted(differing - set(skipped), key=lambda name: (order.get(name, 999), name))
    ]


def _difference(name: str, before: Any, after: Any, model: type[models.Model]) -> Difference:
    field = _field(model, name)
    label = _label(field, name)
    before, after = _listed(before), _listed(after)
    values = {"before": before, "after": after}
    either = before or after
    if not isinstance(either, list):
        if not _is_prose(field):
            return Difference(name, label, VALUE, **values)
        both = isinstance(before, str) and isinstance(after, str)
        return Difference(name, label, TEXT, **values, runs=runs(before, after) if both else None)
    old, new = before or [], after or []
    if isinstance(either[0], Mapping):
        row_model = field.related_model if field is not None else None
        return Difference(name, label, ROWS, rows=_rows(old, new, row_model))
    return Difference(
        name,
        label,
        LIST,
        **values,
        added=[each for each in new if each not in old],
        removed=[each for each in old if each not in new],
    )


def _listed(value: Any) -> Any:
    """An object of texts as a list of what each name says."""
    if not isinstance(value, Mapping):
        return value
    return [f"{name}: {text}" for name, text in value.items()]


def _rows(before: Sequence[Record], after: Sequence[Record], model: Any) -> list[RowDifference]:
    """Rows that came or changed, in their order, then those that went."""
    old, new = ({row["uid"]: row for row in rows} for rows in (before, after))
    changed = [
        RowDifference(
            uid,
            "changed" if uid in old else "added",
            _differences(old.get(uid), row, model, {"uid"}),
        )
        for uid, row in new.items()
        if old.get(uid) != row
    ]
    return changed + [
        RowDifference(uid, "removed", _differences(row, None, model, {"uid"}))
        for uid, row in old.items()
        if uid not in new
    ]


def _filled(model: type[models.Model]) -> list[str]:
    """The names of a model's fields as its editor meets them: columns, sets, then rows."""
    options = model._meta
    fields: list[Any] = [*options.fields, *options.many_to_many, *options.related_objects]
    return [field.name for field in fields]


def _field(model: type[models.Model] | None, name: str) -> Any:
    """The model's field of this name; None: an older record has a field that is gone."""
    if model is None:
        return None
    if name == "claim":  # a link's record names the claim at its other end
        name = "target"
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _label(field: Any, name: str) -> str:
    if field is None:
        return name.replace("_", " ")
    if isinstance(field, models.ForeignObjectRel):
        return str(field.related_model._meta.verbose_name_plural)
    return str(field.verbose_name)


def _is_prose(field: Any) -> bool:
    """Is it running text, and no code, date or quantity?"""
    return isinstance(field, models.TextField) or (
        type(field) is models.CharField and not field.choices
    )
