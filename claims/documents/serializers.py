"""What a public text looks like: the serializers that make it, and describe it in the schema.

One instance of each serves for all: making one takes twenty times as long as using it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import cached_property
from rest_framework import serializers

from claims import choices
from claims.models import Collection, Reference, Source, Speaker, Topic
from claims.timelines import EVENT_TYPES


class Reading(serializers.Serializer):
    """A serializer of readings that hold each of its fields, by name.

    Django REST framework asks each field anew where its value is and whether it may be left out:
    half of what a rendering takes.
    """

    @cached_property
    def _written(self) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(name, field.to_representation) for name, field in self.fields.items()]

    def to_representation(self, instance: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: None if (value := instance[name]) is None else write(value)
            for name, write in self._written
        }


class ChoiceText(serializers.ChoiceField):
    """A code as stored; the schema lists the codes."""

    def to_representation(self, value: str) -> str:
        return value


class NamedSerializer(Reading):
    slug = serializers.CharField()
    name = serializers.CharField()


class SourceSerializer(Reading):
    slug = serializers.CharField()
    publisher = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Empty where it has none.")
    archive_url = serializers.CharField(help_text="Empty where there is no copy.")
    published_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    language = serializers.CharField(help_text="BCP 47.")


class SpeakerSerializer(NamedSerializer):
    kind = ChoiceText(choices=choices.SpeakerKind.choices)
    aliases = serializers.ListField(child=serializers.CharField())
    wikidata_id = serializers.CharField()
    organisation = serializers.CharField(allow_null=True, help_text="Slug of the current one.")


class TopicSerializer(NamedSerializer):
    description = serializers.CharField()


class CollectionSerializer(NamedSerializer):
    selection_note = serializers.CharField()
    owner = serializers.CharField()
    starts_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    ends_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")


class QuantitySerializer(Reading):
    text = serializers.CharField(help_text="As the CSV writes it: `approx 3600 people`.")
    comparator = ChoiceText(choices=choices.Comparator.choices)
    value = serializers.CharField(help_text="An exact decimal.")
    upper = serializers.CharField(allow_null=True, help_text="Only with `between`.")
    unit = serializers.CharField()
    change = ChoiceText(choices=choices.QuantityChange.choices)
    baseline_value = serializers.CharField(allow_null=True)
    baseline_date = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    tolerance = serializers.CharField(allow_null=True, help_text="Per cent; only with `approx`.")


class VerdictSerializer(Reading):
    """The outcome that stands."""

    outcome = ChoiceText(choices=choices.Outcome.choices)
    label = serializers.CharField(help_text="In the words of the claim's kind: `Kept late`.")  # type: ignore[assignment]
    headline = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    happened_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    recorded_at = serializers.CharField()
    stands_since = serializers.CharField(
        help_text="When this outcome was recorded first: reaffirmed, it goes on standing."
    )
    cause = ChoiceText(choices=choices.AssessmentCause.choices)
    corrects = serializers.UUIDField(
        allow_null=True, help_text="The assessment that was wrong; only of a correction."
    )
    stale = serializers.BooleanField(
        help_text="The claim's words were materially edited since; to be re-affirmed."
    )


class LinkSerializer(Reading):
    type = ChoiceText(choices=choices.LinkType.choices)
    claim = serializers.UUIDField(help_text="The other claim's uid.")


class ClaimSerializer(Reading):
    format = serializers.IntegerField()
    uid = serializers.UUIDField()
    revision = serializers.IntegerField()
    words_revision = serializers.IntegerField()
    kind = ChoiceText(choices=choices.ClaimKind.choices)
    statement = serializers.CharField()
    quote = serializers.CharField()
    quote_prefix = serializers.CharField()
    quote_suffix = serializers.CharField()
    quote_language = serializers.CharField()
    quote_is_translation = serializers.BooleanField()
    speaker = NamedSerializer()
    speaker_role = serializers.CharField()
    on_behalf_of = NamedSerializer(allow_null=True)
    attribution = ChoiceText(choices=choices.Attribution.choices)
    source = SourceSerializer()  # type: ignore[assignment]
    said_on = serializers.CharField(help_text="A fuzzy date.")
    said_first = serializers.DateField()
    said_last = serializers.DateField()
    due = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    due_first = serializers.DateField(allow_null=True)
    due_last = serializers.DateField(allow_null=True)
    due_mode = ChoiceText(choices=choices.DueMode.choices, allow_blank=True)
    due_basis = ChoiceText(choices=choices.DueBasis.choices, allow_blank=True)
    refers_to = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    condition = serializers.CharField()
    quantity = QuantitySerializer(allow_null=True)
    measure = serializers.CharField()
    criteria = serializers.CharField()
    status = ChoiceText(choices=choices.Status.choices)
    status_label = serializers.CharField()
    closed = serializers.BooleanField(help_text="An outcome stands.")
    progress = ChoiceText(choices=choices.Progress.choices, allow_blank=True)
    verdict = VerdictSerializer(allow_null=True)
    topics = NamedSerializer(many=True)
    collections = NamedSerializer(many=True)
    links = LinkSerializer(many=True)
    appearances_count = serializers.IntegerField(help_text="How often it was said again.")
    evidence_count = serializers.IntegerField()
    external_id = serializers.CharField()
    extra = serializers.DictField(
        child=serializers.CharField(),
        help_text="Columns of whoever brought the claim in, by name; of no meaning to us.",
    )
    published_at = serializers.CharField()


class EventEvidenceSerializer(Reading):
    uid = serializers.UUIDField()
    kind = ChoiceText(choices=choices.EvidenceKind.choices)
    stance = ChoiceText(choices=choices.Stance.choices)
    observed = serializers.CharField(allow_null=True, help_text="A quantity.")
    original_rating = serializers.CharField()
    replaces = serializers.UUIDField(allow_null=True)


class EndSerializer(Reading):
    """The entry that ended an outcome's standing."""

    uid = serializers.UUIDField()
    cause = ChoiceText(choices=choices.AssessmentCause.choices)
    reopens = serializers.BooleanField(help_text="It gave no outcome: the claim is open again.")


class CorrectedBySerializer(Reading):
    uid = serializers.UUIDField()
    recorded_at = serializers.CharField()


class EventAssessmentSerializer(Reading):
    uid = serializers.UUIDField()
    outcome = ChoiceText(choices=choices.Outcome.choices, allow_blank=True)
    progress = ChoiceText(choices=choices.Progress.choices, allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    reopens = serializers.BooleanField()
    cause = ChoiceText(choices=choices.AssessmentCause.choices)
    corrects = serializers.UUIDField(allow_null=True)
    reason = ChoiceText(choices=choices.AssessmentReason.choices, allow_blank=True)
    rationale = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    words_revision = serializers.IntegerField()
    method = serializers.CharField()
    evidence = serializers.ListField(child=serializers.UUIDField())
    stood_from = serializers.CharField(
        allow_null=True, help_text="When we recorded this outcome. Null: it gives none."
    )
    stood_to = serializers.CharField(
        allow_null=True,
        help_text="When the next entry with an outcome, or that reopens, was recorded. "
        "Null: it stands.",
    )
    ended_by = EndSerializer(allow_null=True)
    corrected_by = CorrectedBySerializer(
        allow_null=True,
        help_text="The correction that says it was wrong. What a development ended was right.",
    )
    standing = serializers.CharField(
        allow_null=True, help_text="In words: `Stood from 2021-01-05 to 2021-09-20`."
    )


class EventSerializer(Reading):
    type = ChoiceText(choices=[(each, each) for each in EVENT_TYPES])
    date = serializers.CharField(allow_null=True, help_text="When it was so: a fuzzy date.")
    date_first = serializers.DateField(allow_null=True)
    date_last = serializers.DateField(allow_null=True)
    recorded_at = serializers.CharField(allow_null=True, help_text="When we said so.")
    text = serializers.CharField(allow_null=True)
    sources = SourceSerializer(many=True)
    evidence = EventEvidenceSerializer(allow_null=True)
    assessment = EventAssessmentSerializer(allow_null=True)
    claim = serializers.UUIDField(allow_null=True, help_text="The claim that this one revises.")


class TimelineSerializer(Reading):
    format = serializers.IntegerField()
    uid = serializers.UUIDField()
    revision = serializers.IntegerField()
    statement = serializers.CharField()
    speaker = NamedSerializer()
    status = ChoiceText(choices=choices.Status.choices)
    status_label = serializers.CharField()
    events = EventSerializer(many=True)


CLAIM = ClaimSerializer()
TIMELINE = TimelineSerializer()
REFERENCES: dict[type[Reference], serializers.Serializer] = {
    Speaker: SpeakerSerializer(),
    Source: SourceSerializer(),
    Topic: TopicSerializer(),
    Collection: CollectionSerializer(),
}
