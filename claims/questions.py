"""Kinds of filter, each a condition on a claim: a list, a count and a scorecard's cell agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _

from claims.as_of import AsOf
from claims.dates import FuzzyDate
from claims.filter_fields import (
    AsOfField,
    DaysField,
    FuzzyDateField,
    SlugsField,
    WordsField,
    YesNoField,
    nearest,
)
from claims.models import (
    DUE_IS_MARKED,
    Reading,
    Reference,
    due_between,
    moves_deadline,
    revises_public,
    under,
)


class Question(django_filters.Filter):
    """A filter that is a condition on claims; `help_text` and `schema` go into OpenAPI."""

    schema: Mapping[str, Any] = {"type": "string"}

    def __init__(self, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(required=True, help_text=help_text, **kwargs)

    @property
    def help_text(self) -> str:
        return str(self.extra["help_text"])

    def condition(self, value: Any, reading: Reading) -> Q:
        """What a claim that answers to `value` meets, its standing being read as `reading` says."""
        return Q(**{f"{self.field_name}__{self.lookup_expr}": value})


class Words(Question):
    """Equal to one code of a vocabulary, or to one of several."""

    field_class = WordsField

    def __init__(self, words: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(words=words, **kwargs)
        self.schema = {"type": "array", "items": {"type": "string", "enum": words.values}}

    def condition(self, value: list[str], reading: Reading) -> Q:
        return Q(**self.lookup(value))

    def lookup(self, value: list[str]) -> dict[str, Any]:
        name = str(self.field_name)
        return {name: value[0]} if len(value) == 1 else {f"{name}__in": value}


class StandingWords(Words):
    """As `Words`, of how a claim stands (or stood)."""

    def condition(self, value: list[str], reading: Reading) -> Q:
        return reading.holds(**self.lookup(value))


class OutcomeWords(StandingWords):
    """An outcome is the status too, which the indexes lead with."""

    def condition(self, value: list[str], reading: Reading) -> Q:
        return super().condition(value, reading) & reading.holds(status__in=value)


class Named(Question):
    """Names a row of `model` by its slug, or one of several."""

    field_class = SlugsField
    schema = {"type": "array", "items": {"type": "string"}}

    def __init__(self, named: type[Reference], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named = named

    def condition(self, value: list[str], reading: Reading) -> Q:
        rows = self.named._default_manager.filter(slug__in=value).values("pk")
        if len(value) == 1:
            # A scalar subquery is looked up first, so that the index with this column leads.
            return Q(**{f"{self.field_name}_id": rows[:1]})
        return Q(**{f"{self.field_name}_id__in": rows})

    def unknown(self, slugs: list[str]) -> str | None:
        """What to say of a slug that names no row; two queries, so only asked of no results."""
        known = set(
            self.named._default_manager.filter(slug__in=slugs).values_list("slug", flat=True)
        )
        for slug in slugs:
            if slug not in known:
                alike = self.named._default_manager.filter(slug__startswith=slug[:2])
                candidates = alike.values_list("slug", flat=True)[:1000]
                return _("There is no “%(slug)s”.%(nearest)s") % {
                    "slug": slug,
                    "nearest": nearest(slug, candidates),
                }
        return None


class Under(Named):
    """As `Named`, through a many-to-many relation."""

    def condition(self, value: list[str], reading: Reading) -> Q:
        return under(str(self.field_name), value)


class YesNo(Question):
    """Meets a condition of its own, or not. Both are said outright: see `Reading`."""

    field_class = YesNoField
    schema = {"type": "boolean"}

    def condition(self, value: bool, reading: Reading) -> Q:
        return self.yes(reading) if value else self.no(reading)

    def yes(self, reading: Reading) -> Q:
        raise NotImplementedError

    def no(self, reading: Reading) -> Q:
        return ~self.yes(reading)


class Has(YesNo):
    """Whether there is anything in a column, or at the other end of a relation."""

    def yes(self, reading: Reading) -> Q:
        return Q(**{f"{self.field_name}__isnull": False})

    def no(self, reading: Reading) -> Q:
        return Q(**{f"{self.field_name}__isnull": True})


class HasAny(YesNo):
    """Whether it is under anything, through a many-to-many relation."""

    def yes(self, reading: Reading) -> Q:
        return under(str(self.field_name))


class Revises(YesNo):
    def yes(self, reading: Reading) -> Q:
        return Q(revises_public())


class MovesDeadline(YesNo):
    def yes(self, reading: Reading) -> Q:
        return Q(moves_deadline())


class Closed(YesNo):
    def yes(self, reading: Reading) -> Q:
        return reading.closed

    def no(self, reading: Reading) -> Q:
        return reading.open


class Overdue(YesNo):
    def yes(self, reading: Reading) -> Q:
        return reading.overdue

    def no(self, reading: Reading) -> Q:
        return reading.not_past_due | DUE_IS_MARKED


class PossiblyOverdue(YesNo):
    def yes(self, reading: Reading) -> Q:
        return reading.possibly_overdue

    def no(self, reading: Reading) -> Q:
        return reading.not_past_due | ~DUE_IS_MARKED


class Stale(YesNo):
    def condition(self, value: bool, reading: Reading) -> Q:
        return reading.holds(stale=value)


class VerdictDated(YesNo):
    def yes(self, reading: Reading) -> Q:
        return reading.holds(verdict__happened_on__isnull=False)

    def no(self, reading: Reading) -> Q:
        return reading.holds(verdict__happened_on__isnull=True)


class Period(Question):
    field_class = FuzzyDateField


class From(Period):
    """On or after the first day of the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return Q(**{f"{self.field_name}__gte": value.first or date.min})


class To(Period):
    """On or before the last day of the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return Q(**{f"{self.field_name}__lte": value.last or date.max})


class DueOverlaps(Period):
    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return due_between(value.first, value.last)


class DueWithin(Question):
    field_class = DaysField

    def condition(self, value: timedelta, reading: Reading) -> Q:
        return Q(due_last__gte=reading.on, due_last__lte=reading.on + value)


class Figure(Question):
    """The figure as stated; of a `between`, its lower one."""

    field_class = forms.DecimalField
    schema = {"type": "number"}

    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__(
            field_name="quantity_value",
            lookup_expr=lookup,
            max_digits=24,
            decimal_places=6,
            **kwargs,
        )


class Unit(Question):
    field_class = forms.CharField


class Moment(Question):
    """Not a condition itself: it says how the others are read."""

    field_class = AsOfField

    def condition(self, value: AsOf, reading: Reading) -> Q:
        return Q()


class Changed(YesNo):
    """Against the number that `as_of` has become."""

    def yes(self, reading: Reading) -> Q:
        return Q(ledger_number__gt=reading.number)

    def no(self, reading: Reading) -> Q:
        return Q(ledger_number__lte=reading.number)
