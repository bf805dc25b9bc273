"""Inputs for dates, quantities and lists, each with its grammar beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.dates import FuzzyDate, FuzzyDateError
from claims.models.fields import FuzzyDateField, QuantityField
from claims.quantities import Quantity, QuantityError

DATE_GRAMMAR = _(
    "Write 2020, 2020-Q4, 2020-10 or 2020-10-16; about: 2020~; uncertain: 2020?; "
    "a span: 2020/2021; open: ../2025."
)
QUANTITY_GRAMMAR = _(
    "Write approx 3600 people, gt 120 units, between 10 20 percent or "
    "eq 20 percent decrease on 1990. Comparators: eq, approx, lt, lte, gt, gte, between."
)


class _ValueInput(forms.CharField):
    """One line that is read as a value of the domain; empty is None."""

    value_class: type[FuzzyDate] | type[Quantity]
    faults: type[ValueError]
    grammar: Any

    def __init__(self, *, help_text: Any = "", max_length: int | None = None, **kwargs: Any):
        # The value has a length limit of its own, and its refusal says more.
        super().__init__(
            help_text=format_lazy("{} {}", help_text, self.grammar) if help_text else self.grammar,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.value_class.parse(text)
        except self.faults as error:
            raise ValidationError(str(error), code="invalid") from error


class FuzzyDateInput(_ValueInput):
    value_class = FuzzyDate
    faults = FuzzyDateError
    grammar = DATE_GRAMMAR


class QuantityInput(_ValueInput):
    value_class = Quantity
    faults = QuantityError
    grammar = QUANTITY_GRAMMAR


class LinesInput(forms.CharField):
    """A list of texts, one a line."""

    widget = AdminTextareaWidget

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # a JSON column offers its coders, which lines do not need

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in (super().to_python(value) or "").splitlines())
        return [line for line in lines if line]


class ObjectInput(forms.JSONField):
    """Texts by name, as the JSON object that they are; an empty box is an empty one."""

    widget = AdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_('Texts by name, such as {"page": "7"}.'), **kwargs)

    def to_python(self, value: Any) -> Any:
        given = super().to_python(value)
        return {} if given is None else given


# What every admin of the field puts in `formfield_overrides`.
VALUE_INPUTS: dict[Any, dict[str, Any]] = {
    FuzzyDateField: {"form_class": FuzzyDateInput, "widget": AdminTextInputWidget},
    QuantityField: {"form_class": QuantityInput, "widget": AdminTextInputWidget},
    models.JSONField: {"form_class": LinesInput},
}
