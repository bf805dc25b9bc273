"""Sets of filters, of which an answer makes those that its query names.

All of them would cost a millisecond. What is named must have a value: an empty one is refused,
not ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.dates import FuzzyDate
from claims.models import Reading
from claims.questions import Question

# The least of each of these may not be above the most.
RANGES = (
    ("said_from", "said_to"),
    ("due_ends_from", "due_ends_to"),
    ("quantity_min", "quantity_max"),
    ("judged_from", "judged_to"),
    ("happened_from", "happened_to"),
    ("published_from", "published_to"),
)


class FiltersForm(forms.Form):
    def clean(self) -> None:
        for both in RANGES:
            least, most = (self.cleaned_data.get(name) for name in both)
            if least is None or most is None or not _crossed(least, most):
                continue
            for name in both:
                self.add_error(
                    name,
                    _("Nothing is from %(least)s on and up to %(most)s: exchange the two?")
                    % {"least": least, "most": most},
                )


def _crossed(least: Any, most: Any) -> bool:
    if isinstance(least, FuzzyDate):
        return bool(least.first and most.last and least.first > most.last)
    return bool(least > most)


class FiltersAsked(django_filters.FilterSet):
    """The filters named in `data`. `errors` names each bad value."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.base_filters = {name: each for name, each in self.every().items() if name in data}
        super().__init__(data, self._meta.model._default_manager.all())

    @classmethod
    def every(cls) -> dict[str, Question]:
        """All the filters of the set, by the name of their parameter."""
        return dict(cls.base_filters)  # type: ignore[misc]

    def conditions(self, reading: Reading) -> Q:
        conditions = Q()
        for name, value in self.form.cleaned_data.items():
            conditions &= self.filters[name].condition(value, reading)
        return conditions

    def unknown_names(self, *, among: int = 1) -> dict[str, list[str]]:
        """Of the names asked for, those that name nothing; only of lists of at least `among`."""
        return {
            name: [fault]
            for name, each in self.filters.items()
            if (fault := each.unknown(self.form.cleaned_data[name], among)) is not None
        }
