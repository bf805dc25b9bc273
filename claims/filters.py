"""Which claims? One table of filters: API, export, pages and admin ask the same questions.

Only the filters named in a query are made (all of them cost a millisecond), and what is named
must have a value: an empty one is refused, not ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from claims import choices
from claims.as_of import AsOf
from claims.models import (
    Claim,
    ClaimQuerySet,
    Collection,
    Reading,
    Source,
    Speaker,
    Topic,
    today,
)
from claims.questions import (
    Changed,
    Closed,
    DueOverlaps,
    DueWithin,
    Figure,
    From,
    Has,
    HasAny,
    Moment,
    MovesDeadline,
    Named,
    OutcomeWords,
    Overdue,
    PossiblyOverdue,
    Question,
    Revises,
    Stale,
    StandingWords,
    To,
    Under,
    Unit,
    VerdictDated,
    Words,
)


class ClaimFilterForm(forms.Form):
    def clean(self) -> None:
        for name in ("quantity_min", "quantity_max"):
            if name in self.fields and "unit" not in self.fields:
                self.add_error(name, _("Say of what: give unit too, such as unit=people."))
        if "changed" in self.fields and "as_of" not in self.fields:
            self.add_error("changed", _("Say since when: give as_of too."))


class ClaimFilter(django_filters.FilterSet):
    """The public claims that meet the filters named in `data`. `errors` names each bad value.

    With `as_of`, being public, status, outcome, progress, closed, overdue and stale are meant as
    of then; the other filters ask claims as they are now.
    """

    speaker = Named(Speaker, help_text="Slugs of those who said it.")
    on_behalf_of = Named(Speaker, help_text="Slugs of those it was said for.")
    source = Named(Source, help_text="Slugs of where it was first said.")
    topic = Under(Topic, field_name="topics", help_text="Slugs.")
    has_topic = HasAny(field_name="topics", help_text="It is filed under some topic.")
    collection = Under(Collection, field_name="collections", help_text="Slugs.")
    has_collection = HasAny(field_name="collections", help_text="It is in some collection.")
    kind = Words(choices.ClaimKind)
    status = StandingWords(choices.Status)
    outcome = OutcomeWords(choices.Outcome)
    progress = StandingWords(choices.Progress)
    closed = Closed(help_text="An outcome stands.")
    stale = Stale(help_text="Its words were edited since the verdict that stands judged them.")
    verdict_dated = VerdictDated(help_text="The verdict that stands says when it became so.")
    overdue = Overdue(
        help_text="Open, able to be late, and its last due day (UTC) is past: for certain."
    )
    possibly_overdue = PossiblyOverdue(
        help_text="The same, but its due period is marked ~ (about) or ? (uncertain)."
    )
    said_from = From(
        field_name="said_on_first",
        help_text="First said on or after this fuzzy date (by the claim's first day).",
    )
    said_to = To(field_name="said_on_first", help_text="First said on or before it, likewise.")
    has_due = Has(field_name="due", help_text="A due period is given.")
    due_basis = Words(choices.DueBasis)
    due_overlaps = DueOverlaps(help_text="The due period shares a day with this fuzzy date.")
    has_due_end = Has(field_name="due_last", help_text="Its due period has a last day.")
    due_ends_from = From(field_name="due_last", help_text="Last due day on or after.")
    due_ends_to = To(field_name="due_last", help_text="Last due day on or before.")
    due_within = DueWithin(help_text="Last due day from today to so many days on: `7d`, `2w`.")
    revises = Revises(help_text="It revises an earlier claim; false: the first of its chain.")
    deadline_moved = MovesDeadline(
        help_text="It revises a claim that was due on other days, or drops its deadline."
    )
    has_quantity = Has(field_name="quantity", help_text="A figure was named.")
    unit = Unit(field_name="quantity_unit", help_text="Unit of its quantity: `people`, `percent`.")
    quantity_min = Figure("gte", help_text="Its figure is at least this; needs `unit`.")
    quantity_max = Figure("lte", help_text="Its figure is at most this; needs `unit`.")
    as_of = Moment(
        help_text="As of the end of this UTC day (today: now), of an instant (RFC 3339) or of a"
        " ledger cursor, by our clock: claims that were public then, as they stood then."
    )
    changed = Changed(help_text="Its record has changed since `as_of`; needs `as_of`.")

    class Meta:
        model = Claim
        fields: list[str] = []
        form = ClaimFilterForm

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.base_filters = {name: each for name, each in questions().items() if name in data}
        super().__init__(data, Claim.objects.all())

    @property
    def moment(self) -> AsOf | None:
        """Where in the ledger it is asked; None: now."""
        as_of: AsOf | None = self.form.cleaned_data.get("as_of")
        return as_of

    @property
    def asked(self) -> dict[str, str]:
        """The parameters, so that they find the same whenever they are asked again."""
        asked = {name: str(self.data[name]) for name in self.filters}
        return asked | {"as_of": self.moment.place} if self.moment else asked

    @property
    def reading(self) -> Reading:
        return self.moment.reading if self.moment else Reading(today())

    def conditions(self, reading: Reading | None = None) -> Q:
        """All that is asked, but for being public: also to count within another's answer, whose
        `reading` it then is. Expects valid filters."""
        conditions = Q()
        for name, value in self.form.cleaned_data.items():
            conditions &= self.filters[name].condition(value, reading or self.reading)
        return conditions

    def filter_queryset(self, queryset: ClaimQuerySet) -> ClaimQuerySet:
        if self.moment:
            return queryset.public_at(self.moment.number, self.conditions())
        return queryset.published().filter(self.conditions())

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
