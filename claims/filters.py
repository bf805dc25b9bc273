"""Which claims? One table of filters: API, export, pages and admin ask the same questions.

Only the filters named in a query are made (all of them cost a millisecond), and what is named
must have a value: an empty one is refused, not ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from claims import choices
from claims.dates import FuzzyDate, FuzzyDateError
from claims.models import Claim, ClaimQuerySet, Collection, Reference, Source, Speaker, Topic, today

MAX_VALUES = 50  # in one comma list


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that `word` was probably meant to be, or nothing."""
    matches = get_close_matches(word, list(known), n=1)
    return " " + _("Did you mean “%(word)s”?") % {"word": matches[0]} if matches else ""


class ListField(forms.Field):
    """Several values with commas between them."""

    def to_python(self, value: Any) -> list[str]:
        words = value.split(",") if value else []
        if not all(words):
            raise ValidationError(_("There is an empty value between the commas."))
        if len(words) > MAX_VALUES:
            raise ValidationError(_("Give at most %(most)d values.") % {"most": MAX_VALUES})
        for word in words:
            self.check_word(word)
        return words

    def check_word(self, word: str) -> None:
        """Raise ValidationError where `word` cannot be such a value."""


class WordsField(ListField):
    """Codes of one vocabulary."""

    def __init__(self, *, words: type[TextChoices], **kwargs: Any) -> None:
        self.words = words
        super().__init__(**kwargs)

    def check_word(self, word: str) -> None:
        if word not in self.words.values:
            raise ValidationError(
                _("“%(word)s” is not one of: %(known)s.%(nearest)s")
                % {
                    "word": word[:100],
                    "known": ", ".join(self.words.values),
                    "nearest": nearest(word, self.words.values),
                }
            )


class SlugsField(ListField):
    def check_word(self, word: str) -> None:
        if not slug_re.match(word):
            raise ValidationError(_("A slug is made of letters, digits, - and _."))


class YesNoField(forms.Field):
    def to_python(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        try:
            return {"true": True, "1": True, "false": False, "0": False}[value]
        except KeyError:
            raise ValidationError(_("Give true or false.")) from None

    def validate(self, value: bool | None) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class FuzzyDateField(forms.Field):
    def to_python(self, value: Any) -> FuzzyDate | None:
        try:
            return FuzzyDate.parse(value) if value else None
        except FuzzyDateError as error:
            raise ValidationError(str(error)) from error


class DaysField(forms.Field):
    """A span such as ``7d`` or ``2w``."""

    def to_python(self, value: Any) -> timedelta | None:
        if not value:
            return None
        match = re.fullmatch(r"([0-9]{1,4})([dw])", value)
        if not match:
            raise ValidationError(_("Give a number of days or weeks: 7d or 2w."))
        return timedelta(days=int(match[1]) * {"d": 1, "w": 7}[match[2]])


class Question(django_filters.Filter):
    """A filter that a claims QuerySet answers; `help_text` and `schema` go into OpenAPI."""

    schema: Mapping[str, Any] = {"type": "string"}

    def __init__(self, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(required=True, help_text=help_text, **kwargs)

    @property
    def help_text(self) -> str:
        return str(self.extra["help_text"])


class Words(Question):
    """Equal to one code of a vocabulary, or to one of several."""

    field_class = WordsField

    def __init__(self, words: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(words=words, **kwargs)
        self.schema = {"type": "array", "items": {"type": "string", "enum": words.values}}

    def filter(self, qs: ClaimQuerySet, value: list[str]) -> ClaimQuerySet:
        if len(value) == 1:
            return qs.filter(**{self.field_name: value[0]})
        return qs.filter(**{f"{self.field_name}__in": value})


class Named(Question):
    """Names a row of `model` by its slug, or one of several."""

    field_class = SlugsField
    schema = {"type": "array", "items": {"type": "string"}}

    def __init__(self, named: type[Reference], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named = named

    def filter(self, qs: ClaimQuerySet, value: list[str]) -> ClaimQuerySet:
        rows = self.named._default_manager.filter(slug__in=value).values("pk")
        if len(value) == 1:
            # A scalar subquery is looked up first, so that the index with this column leads.
            return qs.filter(**{f"{self.field_name}_id": rows[:1]})
        return qs.filter(**{f"{self.field_name}_id__in": rows})

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

    def filter(self, qs: ClaimQuerySet, value: list[str]) -> ClaimQuerySet:
        return qs.under(self.field_name, value)


class YesNo(Question):
    field_class = YesNoField
    schema = {"type": "boolean"}


class Closed(YesNo):
    def filter(self, qs: ClaimQuerySet, value: bool) -> ClaimQuerySet:
        return qs.closed() if value else qs.open()


class Overdue(YesNo):
    def filter(self, qs: ClaimQuerySet, value: bool) -> ClaimQuerySet:
        return qs.overdue() if value else qs.not_overdue()


class Period(Question):
    field_class = FuzzyDateField


class From(Period):
    """On or after the first day of the period given."""

    def filter(self, qs: ClaimQuerySet, value: FuzzyDate) -> ClaimQuerySet:
        return qs.filter(**{f"{self.field_name}__gte": value.first or date.min})


class To(Period):
    """On or before the last day of the period given."""

    def filter(self, qs: ClaimQuerySet, value: FuzzyDate) -> ClaimQuerySet:
        return qs.filter(**{f"{self.field_name}__lte": value.last or date.max})


class DueOverlaps(Period):
    def filter(self, qs: ClaimQuerySet, value: FuzzyDate) -> ClaimQuerySet:
        return qs.due_between(value.first, value.last)


class DueWithin(Question):
    field_class = DaysField

    def filter(self, qs: ClaimQuerySet, value: timedelta) -> ClaimQuerySet:
        return qs.filter(due_last__gte=today(), due_last__lte=today() + value)


class Figure(Question):
    """The figure as stated; of a `between`, its lower one."""

    field_class = forms.DecimalField
    schema = {"type": "number"}

    def __init__(self, lookup: str, **kwargs: Any) -> None:
        super().__init__(lookup_expr=lookup, max_digits=24, decimal_places=6, **kwargs)

    def filter(self, qs: ClaimQuerySet, value: Decimal) -> ClaimQuerySet:
        return qs.filter(**{f"quantity_value__{self.lookup_expr}": value})


class Unit(Question):
    field_class = forms.CharField

    def filter(self, qs: ClaimQuerySet, value: str) -> ClaimQuerySet:
        return qs.filter(quantity_unit=value)


class ClaimFilterForm(forms.Form):
    def clean(self) -> None:
        for name in ("quantity_min", "quantity_max"):
            if name in self.fields and "unit" not in self.fields:
                self.add_error(name, _("Say of what: give unit too, such as unit=people."))


class ClaimFilter(django_filters.FilterSet):
    """The filters named in `data`, over `queryset`. `errors` names each bad value."""

    speaker = Named(Speaker, help_text="Slugs of those who said it.")
    on_behalf_of = Named(Speaker, help_text="Slugs of those it was said for.")
    source = Named(Source, help_text="Slugs of where it was first said.")
    topic = Under(Topic, field_name="topics", help_text="Slugs.")
    collection = Under(Collection, field_name="collections", help_text="Slugs.")
    kind = Words(choices.ClaimKind)
    status = Words(choices.Status)
    outcome = Words(choices.Outcome)
    progress = Words(choices.Progress)
    closed = Closed(help_text="An outcome stands.")
    overdue = Overdue(help_text="Open, able to be late, and its last due day (UTC) is past.")
    said_from = From(
        field_name="said_on_first",
        help_text="First said on or after this fuzzy date (by the claim's first day).",
    )
    said_to = To(field_name="said_on_first", help_text="First said on or before it, likewise.")
    due_overlaps = DueOverlaps(help_text="The due period shares a day with this fuzzy date.")
    due_ends_from = From(field_name="due_last", help_text="Last due day on or after.")
    due_ends_to = To(field_name="due_last", help_text="Last due day on or before.")
    due_within = DueWithin(help_text="Last due day from today to so many days on: `7d`, `2w`.")
    unit = Unit(help_text="Unit of its quantity: `people`, `percent`.")
    quantity_min = Figure("gte", help_text="Its figure is at least this; needs `unit`.")
    quantity_max = Figure("lte", help_text="Its figure is at most this; needs `unit`.")

    class Meta:
        model = Claim
        fields: list[str] = []
        form = ClaimFilterForm

    def __init__(self, data: Mapping[str, Any], queryset: ClaimQuerySet) -> None:
        self.base_filters = {name: each for name, each in questions().items() if name in data}
        super().__init__(data, queryset)

    def filter_queryset(self, queryset: ClaimQuerySet) -> ClaimQuerySet:
        """As django-filter does it, but False is an answer too."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def unknown_names(self, *, among: int = 1) -> dict[str, list[str]]:
        """Of the slugs asked for, those that name nothing; only of lists of at least `among`."""
        return {
            name: [fault]
            for name, each in self.filters.items()
            if isinstance(each, Named)
            and len(self.form.cleaned_data[name]) >= among
            and (fault := each.unknown(self.form.cleaned_data[name])) is not None
        }


def questions() -> dict[str, Question]:
    """Every filter there is, by the name of its parameter."""
    return dict(ClaimFilter.base_filters)  # type: ignore[misc]
