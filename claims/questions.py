"""Kinds of filter, each a condition on a claim: a list, a count and a scorecard's cell agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Model, OuterRef, Q, TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from claims import search
from claims.as_of import AsOf
from claims.dates import FuzzyDate
from claims.filter_fields import (
    AsOfField,
    DaysField,
    FuzzyDateField,
    SearchField,
    WordsField,
    YesNoField,
)
from claims.models import (
    DUE_IS_MARKED,
    Assessment,
    Reading,
    ends_by,
    moves_deadline,
    overlaps,
    under,
)

# What a filter says of an empty value.
EMPTY = gettext_lazy("This is empty: leave it out, or give a value such as {example}.")


class Question(django_filters.Filter):
    """A filter that is a condition on claims; `help_text` and `schema` go into OpenAPI.

    With `standing`, its column is one of how a claim stands: as of the past, stood.
    """

    schema: Mapping[str, Any] = {"type": "string", "minLength": 1}
    example = ""

    def __init__(self, help_text: str = "", *, standing: bool = False, **kwargs: Any) -> None:
        self.standing = standing
        empty = format_lazy(EMPTY, example=self.example)
        kwargs = {"error_messages": {"required": empty}} | kwargs if self.example else kwargs
        super().__init__(required=True, help_text=help_text, **kwargs)

    @property
    def help_text(self) -> str:
        return str(self.extra["help_text"])

    def condition(self, value: Any, reading: Reading) -> Q:
        """What a claim that answers to `value` meets, its standing being read as `reading` says."""
        return self.holds(reading, **{str(self.lookup_expr): value})

    def holds(self, reading: Reading, **lookups: Any) -> Q:
        """Lookups on its column."""
        named = {f"{self.field_name}__{lookup}": value for lookup, value in lookups.items()}
        return reading.holds(**named) if self.standing else Q(**named)

    def unknown(self, value: Any, among: int) -> str | None:
        """What to say of a name in `value` that names nothing; None where it has fewer than
        `among`. Only asked where the answer is empty, or might hide it."""
        return None


class Words(Question):
    """Equal to one code of a vocabulary, or to one of several."""

    field_class = WordsField

    def __init__(self, words: type[TextChoices], **kwargs: Any) -> None:
        self.example = words.values[0]
        super().__init__(words=words, **kwargs)
        self.schema = {"type": "array", "items": {"type": "string", "enum": words.values}}

    def condition(self, value: list[str], reading: Reading) -> Q:
        if len(value) == 1:
            return self.holds(reading, exact=value[0])
        return self.holds(reading, **{"in": value})


class OutcomeWords(Words):
    """An outcome is the status too, which the indexes lead with."""

    def condition(self, value: list[str], reading: Reading) -> Q:
        return super().condition(value, reading) & reading.holds(status__in=value)


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
        return self.holds(reading, isnull=False)

    def no(self, reading: Reading) -> Q:
        return self.holds(reading, isnull=True)


class VerdictDated(Has):
    def no(self, reading: Reading) -> Q:
        # All that are open among them: PostgreSQL expects none where a joined row is missing.
        return reading.open | super().no(reading)


class HasText(YesNo):
    def yes(self, reading: Reading) -> Q:
        return self.holds(reading, gt="")

    def no(self, reading: Reading) -> Q:
        return self.holds(reading, exact="")


class HasAny(YesNo):
    """Whether it is under anything, through a many-to-many relation."""

    def yes(self, reading: Reading) -> Q:
        return under(str(self.field_name))


class HasRow(YesNo):
    """Whether any row of `model` is about it."""

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = model._default_manager

    def yes(self, reading: Reading) -> Q:
        return Q(Exists(self.rows.filter(claim=OuterRef("pk"))))


class MovesDeadline(YesNo):
    def yes(self, reading: Reading) -> Q:
        return moves_deadline()


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


class Is(YesNo):
    """A column says yes, or no."""

    def condition(self, value: bool, reading: Reading) -> Q:
        return self.holds(reading, exact=value)


class Period(Question):
    field_class = FuzzyDateField
    example = "2020-Q4"


class From(Period):
    """On or after the first day of the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return self.holds(reading, gte=value.first or date.min)


class To(Period):
    """On or before the last day of the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return self.holds(reading, lte=value.last or date.max)


class EndsTo(Period):
    """Has a last day, and that on or before the last one of the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return ends_by(str(self.field_name), value.last or date.max)


class RecordedFrom(Period):
    """From the first day of the period given on, of what we recorded at an instant (UTC)."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return self.holds(reading, gte=_instant(value.first or date.min, time.min))


class RecordedTo(Period):
    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return self.holds(reading, lte=_instant(value.last or date.max, time.max))


class JudgedFrom(RecordedFrom):
    """Of the verdict that stands. Said as a subquery, so that the few in a range lead."""

    def holds(self, reading: Reading, **lookups: Any) -> Q:
        recorded = {f"recorded_at__{lookup}": value for lookup, value in lookups.items()}
        return reading.holds(verdict__in=Assessment.objects.filter(**recorded).values("pk"))


class JudgedTo(RecordedTo):
    holds = JudgedFrom.holds


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, UTC)


class Overlaps(Period):
    """Shares a day with the period given."""

    def condition(self, value: FuzzyDate, reading: Reading) -> Q:
        return overlaps(str(self.field_name), value.first, value.last)


class DueWithin(Question):
    field_class = DaysField
    example = "7d"
    schema = {"type": "string", "pattern": "^[0-9]{1,4}[dw]$"}

    def condition(self, value: timedelta, reading: Reading) -> Q:
        return Q(due_last__gte=reading.on, due_last__lte=reading.on + value)


class Figure(Question):
    """The figure as stated; of a `between`, its lower one."""

    field_class = forms.DecimalField
    example = "3600"
    schema = {"type": "number"}

    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__(
            field_name="quantity_value",
            lookup_expr=lookup,
            max_digits=24,
            decimal_places=6,
            **kwargs,
        )


class FullText(Question):
    field_class = SearchField
    example = "negotiation"
    schema = {"type": "string", "minLength": 1, "maxLength": search.MAX_LENGTH}

    def condition(self, value: search.Query, reading: Reading) -> Q:
        return Q(search.Found(value))


class Moment(Question):
    """Not a condition itself: it says how the others are read."""

    field_class = AsOfField
    example = "2021-12-31"

    def condition(self, value: AsOf, reading: Reading) -> Q:
        return Q()


class Changed(YesNo):
    """Against the number that `as_of` has become."""

    def yes(self, reading: Reading) -> Q:
        return Q(ledger_number__gt=reading.number)

    def no(self, reading: Reading) -> Q:
        return Q(ledger_number__lte=reading.number)
