"""The door of every write: what comes in is cleaned here, or refused by field."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _

from claims.dates import FuzzyDate
from claims.models import Claim, Reference
from claims.models.fields import FuzzyDateField, QuantityField
from claims.quantities import Quantity

SHORT = 12  # characters of what is kept once it was found to be well
MAX_LIST = 50  # entries of a list column, such as a speaker's aliases
MAX_LIST_TEXT = 200  # characters of each
MAX_OBJECT = 50  # names of an object of texts, such as a claim's extra
MAX_OBJECT_NAME, MAX_OBJECT_TEXT = 60, 2_000  # characters of each, and of what stands under it

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class StaleRevision(ValidationError):
    """The row has been changed since the caller read it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has changed this since you opened it. Look at it again."),
            code="stale",
        )


class WrongState(ValidationError):
    """The claim's editorial state does not allow it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="state")


class BatchRefused(ValidationError):
    """Nothing of a batch was written; `by_item` says why, by position in the batch.

    Of a batch of one it is that item's own error, so that a form shows it on its fields.
    """

    def __init__(self, by_item: Mapping[int, ValidationError], size: int) -> None:
        self.by_item = dict(by_item)
        first = next(iter(self.by_item.values()))
        if size == 1:
            super().__init__(first.error_dict if hasattr(first, "error_dict") else [first])
        else:
            super().__init__(list(self.by_item.values()))


def attempt(work: Callable[..., Any], *args: Any) -> Any:
    """The result of `work`, or the ValidationError that it raised: for `refuse_faulty`."""
    try:
        return work(*args)
    except ValidationError as error:
        return error


def refuse_faulty(results: Sequence[Any]) -> None:
    """Raise `BatchRefused` where one of the results of `attempt` is an error."""
    faulty = {
        position: each for position, each in enumerate(results) if isinstance(each, ValidationError)
    }
    if faulty:
        raise BatchRefused(faulty, len(results))


def refuse_taken(model: type[models.Model], name: str, wanted: Sequence[Collection[Any]]) -> None:
    """Refuse what another row has in the unique column `name`, or an earlier item would put there.

    `wanted` holds each item's values; empty ones are never taken. Under the ledger's lock nobody
    takes one in between, and the database would say it less kindly.
    """
    refuse_faulty(taken(model, name, wanted))


def taken(
    model: type[models.Model], name: str, wanted: Sequence[Collection[Any]]
) -> list[ValidationError | None]:
    """As `refuse_taken`, but returns the fault of each item, or None."""
    values = [value for each in wanted for value in each if value]
    if not values:
        return [None] * len(wanted)
    rows = model._default_manager.filter(**{f"{name}__in": values})
    there = set(rows.values_list(name, flat=True))
    faults: list[ValidationError | None] = []
    for each in wanted:
        fault = None
        for value in filter(None, each):
            if value in there:
                fault = taken_fault(name)
            there.add(value)
        faults.append(fault)
    return faults


def taken_fault(name: str) -> ValidationError:
    return ValidationError({name: _("There is one with this already.")})


def assign(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Put cleaned `values` on `row`; returns the columns that this changes.

    On a new row what is required and missing is found too. Where it raises, the columns that are
    well are on the row: the rules can be asked of those.
    """
    if row._state.adding:
        values = _required(type(row)) | dict(values)
    clean, faults = _clean_each(type(row), values)
    columns = {
        name: value
        for name, value in clean.items()
        if row._state.adding or not is_same(getattr(row, name), value)
    }
    for name, value in columns.items():
        setattr(row, name, value)
    if faults:
        raise ValidationError(faults)
    return columns


def is_same(one: Any, other: Any) -> bool:
    """Do two values of a column say the same? Rows that are named by a slug are what that says,
    also where one of them is only in memory."""
    if isinstance(one, Reference) and isinstance(other, Reference):
        return one.slug == other.slug
    return bool(one == other)


def cleaned(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as the columns of `model` take them; rows stay rows, and make no query.

    Raises ValidationError by field: an unknown or computed column, a word outside the
    vocabulary, a text with NUL, other control characters or half a surrogate pair, or too long.
    """
    clean, faults = _clean_each(model, values)
    if faults:
        raise ValidationError(faults)
    return clean


def _clean_each(
    model: type[models.Model], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns that are well, and what is wrong with the others."""
    errors: dict[str, Any] = {}
    result: dict[str, Any] = {}
    columns = _written_columns(model)
    for name, value in values.items():
        column = columns.get(name)
        try:
            if column is None:
                raise ValidationError(_("There is no such column to write."))
            result[name] = _clean_one(column, value)
        except ValidationError as error:
            errors[name] = error
    return result, errors


@dataclass(frozen=True)
class _Column:
    """A column, and by what most of its values are seen to be well: Django looks at each choice
    and each validator, and there are millions of them."""

    field: models.Field
    null: bool  # None is well
    kind: type | None  # so is every value of this type
    words: frozenset[str]  # so are these
    longest: int  # so are plain texts of up to so many characters; -1: none

    @classmethod
    def of(cls, field: models.Field) -> _Column:
        is_row = isinstance(field, models.ForeignKey)
        kind: type | None = field.related_model if is_row else None
        if type(field) is models.BooleanField:
            kind = bool
        elif isinstance(field, FuzzyDateField | QuantityField) and not field.validators:
            kind = field.value_class
        words, longest = {code for code, _label in field.flatchoices}, -1
        if type(field) in (models.CharField, models.TextField):
            words |= {""} if field.blank else set()
            bounds = [each for each in field.validators if type(each) is MaxLengthValidator]
            if not field.choices and len(bounds) == len(field.validators):
                longest = min([each.limit_value for each in bounds], default=sys.maxsize)
        return cls(
            field=field,
            null=field.null and (is_row or field.blank) and not isinstance(field, models.JSONField),
            kind=kind,
            words=frozenset(words),
            longest=longest,
        )

    def is_well(self, value: Any) -> bool:
        """Is it clean as it stands? If not, it may be all the same."""
        kind = type(value)
        if kind is str:
            return value in self.words or (
                len(value) <= self.longest
                and not _NO_TEXT.search(value)
                and (self.field.blank or value.strip() != "")
            )
        return kind is self.kind or (value is None and self.null)


@cache
def _written_columns(model: type[models.Model]) -> dict[str, _Column]:
    """What a writer fills in. A row's claim is where it hangs, and not theirs to move."""
    return {
        field.name: _Column.of(field)
        for field in model._meta.fields
        if field.editable and not field.primary_key and field.name != "claim"
    }


@cache
def _required(model: type[models.Model]) -> dict[str, Any]:
    """Columns that a writer has to fill in, since what they are by default will not do."""
    defaults = {name: each.field.get_default() for name, each in _written_columns(model).items()}
    return {
        name: value
        for name, value in defaults.items()
        if isinstance(attempt(_clean_one, _written_columns(model)[name], value), ValidationError)
    }


def _clean_one(column: _Column, value: Any) -> Any:
    if column.is_well(value):
        return value
    if type(value) is str and len(value) <= SHORT:
        return _clean_short(column.field, value)
    return _clean(column.field, value)


@lru_cache(maxsize=1024)  # such as languages, of which a batch has a few, over and over
def _clean_short(column: models.Field, value: str) -> Any:
    return _clean(column, value)


def _clean(column: models.Field, value: Any) -> Any:
    if isinstance(column, models.ForeignKey):
        if value is None and not column.null:
            raise ValidationError(_("This field is required."), code="required")
        if value is not None and not isinstance(value, column.related_model):
            raise ValidationError(_("This names a row of another kind."))
        return value
    if isinstance(column, models.JSONField):
        return _clean_object(value) if column.default is dict else _clean_list(value)
    is_text = isinstance(column, models.CharField | models.TextField)
    if is_text and not isinstance(value, str | FuzzyDate | Quantity | None):
        raise ValidationError(_("Give a text."))
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")  # what a browser's text box sends
        check_text(value)
        if not column.blank and not value.strip():
            raise ValidationError(_("This field is required."), code="required")
    if value is None and not column.null and column.blank and column.empty_strings_allowed:
        value = ""
    return column.clean(value, None)


def _clean_list(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValidationError(_("Give a list of texts."))
    if len(value) > MAX_LIST or any(len(each) > MAX_LIST_TEXT for each in value):
        raise ValidationError(
            _("Give at most %(texts)d texts of at most %(length)d characters.")
            % {"texts": MAX_LIST, "length": MAX_LIST_TEXT}
        )
    for each in value:
        check_text(each)
    return value


def _clean_object(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(each, str) for pair in value.items() for each in pair
    ):
        raise ValidationError(_("Give an object of texts by name."))
    if len(value) > MAX_OBJECT or any(
        not 0 < len(name.strip()) <= len(name) <= MAX_OBJECT_NAME or len(text) > MAX_OBJECT_TEXT
        for name, text in value.items()
    ):
        raise ValidationError(
            _(
                "Give at most %(names)d texts of at most %(text)d characters, each under a name "
                "of 1 to %(name)d."
            )
            % {"names": MAX_OBJECT, "text": MAX_OBJECT_TEXT, "name": MAX_OBJECT_NAME}
        )
    for pair in value.items():
        for each in pair:
            check_text(each)
    return value


def check_text(text: str) -> None:
    """Refuse what no database column, JSON text or CSV cell can carry faithfully.

    Tabs and line feeds are fine. NUL, the other control characters (a lone carriage return is
    taken for the end of a row by some CSV readers) and half a surrogate pair are not.
    """
    if fault := _NO_TEXT.search(text):
        raise ValidationError(
            _("Position %(position)d holds the character U+%(code)04X, which is no text.")
            % {"position": fault.start() + 1, "code": ord(fault[0])}
        )


def clean_reason(reason: str, name: str = "reason", *, needed: bool = True) -> str:
    """A reason, trimmed. Raises ValidationError under `name`, also where one is missing."""
    try:
        reason = _clean(Claim._meta.get_field("state_reason"), reason).strip()
    except ValidationError as error:
        raise ValidationError({name: error}) from error
    if needed and not reason:
        raise ValidationError({name: _("Say why.")})
    return reason
