"""Which speakers, sources, topics and collections? A table of filters for each."""

from __future__ import annotations

from django.db.models import QuerySet

from claims.choices import SpeakerKind
from claims.filter_sets import FiltersAsked, FiltersForm
from claims.models import Collection, Reading, Reference, Source, Speaker, Topic, today
from claims.naming import Named, Used
from claims.questions import From, To, Words


class ReferenceFilter(FiltersAsked):
    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(self.conditions(Reading(today())))


class SpeakerFilter(ReferenceFilter):
    kind = Words(SpeakerKind)
    organisation = Named(Speaker, help_text="Slugs of those they belong to now.")

    class Meta:
        model = Speaker
        fields: list[str] = []
        form = FiltersForm


class SourceFilter(ReferenceFilter):
    publisher = Used(
        Source, "publisher", "BelTA", help_text="By name; one with a comma goes in double quotes."
    )
    language = Used(Source, "language", "en", help_text="Language tags, just as they are noted.")
    published_from = From(
        field_name="published_on_first", help_text="Its first possible day is on or after."
    )
    published_to = To(field_name="published_on_first", help_text="It is on or before.")

    class Meta:
        model = Source
        fields: list[str] = []
        form = FiltersForm


class TopicFilter(ReferenceFilter):
    class Meta:
        model = Topic
        fields: list[str] = []
        form = FiltersForm


class CollectionFilter(ReferenceFilter):
    owner = Used(
        Collection, "owner", "BelTA", help_text="By name; one with a comma goes in double quotes."
    )

    class Meta:
        model = Collection
        fields: list[str] = []
        form = FiltersForm


REFERENCE_FILTERS: dict[type[Reference], type[ReferenceFilter]] = {
    Speaker: SpeakerFilter,
    Source: SourceFilter,
    Topic: TopicFilter,
    Collection: CollectionFilter,
}
