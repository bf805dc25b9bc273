"""Columns for the two values of the domain: a text as written, with plain columns beside it.

The companions exist so that an index can sort and compare; they are written from the value on
every save and are never set by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models

from claims import dates, quantities
from claims.dates import FuzzyDate, FuzzyDateError
from claims.quantities import Quantity, QuantityError


class _ValueField(models.CharField):
    """Stores ``str(value)``; NULL means that there is no value. Subclasses name the value."""

    value_class: type[FuzzyDate] | type[Quantity]
    faults: type[ValueError]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validators = [  # the value has a length limit of its own
            each for each in self.validators if not isinstance(each, validators.MaxLengthValidator)
        ]

    def companions(self, value: Any) -> dict[str, Any]:
        raise TypeError(f"{type(self).__name__} names no companion columns")

    def to_python(self, value: Any) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, self.value_class):
            return value
        try:
            return self.value_class.parse(str(value))
        except self.faults as error:
            raise ValidationError(str(error), code="invalid") from error

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.value_class.parse(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None or value == "" else str(value)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        for name, companion in self.companions(value).items():
            setattr(model_instance, name, companion)
        return value

    def with_companions(self, value: Any) -> dict[str, Any]:
        """The column and its companions, for a QuerySet's ``update``."""
        return {self.attname: value, **self.companions(value)}


class FuzzyDateField(_ValueField):
    """A `FuzzyDate`, beside ``<name>_first`` and ``<name>_last``.

    Either companion is NULL where the period is open at that end, both where there is no date.
    They are declared on the model *after* this field, so that a save reads them once filled.
    """

    _pyi_private_get_type: FuzzyDate  # type: ignore[assignment]
    _pyi_private_set_type: FuzzyDate | str  # type: ignore[assignment]
    value_class = FuzzyDate
    faults = FuzzyDateError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", dates.MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def companions(self, value: FuzzyDate | None) -> dict[str, Any]:
        return {
            f"{self.name}_first": value.first if value else None,
            f"{self.name}_last": value.last if value else None,
        }


class QuantityField(_ValueField):
    """A `Quantity`, beside ``<name>_value`` (of a ``between``, the lower) and ``<name>_unit``."""

    _pyi_private_get_type: Quantity  # type: ignore[assignment]
    _pyi_private_set_type: Quantity | str  # type: ignore[assignment]
    value_class = Quantity
    faults = QuantityError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", quantities.MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def companions(self, value: Quantity | None) -> dict[str, Any]:
        return {
            f"{self.name}_value": value.value if value else None,
            f"{self.name}_unit": value.unit if value else "",
        }


class PeriodEdge(models.Func):
    """The first or last day of a period, an open end being the first or last day there is.

    Of a claim without a period it says nothing. The day stands in the SQL itself: bound to it,
    SQLite would not know it for what an index is made of.
    """

    template = "COALESCE(%(expressions)s, '%(open_end)s')"
    output_field = models.DateField()

    def __init__(self, column: str) -> None:
        open_end = date.min if column.endswith("_first") else date.max
        super().__init__(column, open_end=open_end)


def period_edge() -> models.DateField:
    """One companion of a `FuzzyDateField`."""
    return models.DateField(null=True, editable=False)
