"""What the public reads of a claim: its record, and the finished texts made from it.

``render(record, names)`` is the only road from facts to public text. The serializers below both
make the texts and describe them in the schema, so the two cannot differ; one instance of each
serves for all (making one takes twenty times as long as using it).
"""

from __future__ import annotations

import json
from collections.abc import Collection as Many
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from django.core import checks
from django.db import connections, models
from rest_framework import serializers

from claims import choices
from claims.dates import FuzzyDate
from claims.models import (
    Claim,
    ClaimDocument,
    Collection,
    Reference,
    Source,
    Speaker,
    Topic,
    instant,
)
from claims.quantities import Quantity
from claims.timelines import EVENT_TYPES, events

# Goes up whenever a text's shape does; `manage.py rebuild_documents` then brings them up.
FORMAT = 1

CLAIM_COLUMNS = (
    "kind",
    "statement",
    "quote",
    "quote_prefix",
    "quote_suffix",
    "quote_language",
    "quote_is_translation",
    "speaker_role",
    "attribution",
    "said_on",
    "due",
    "due_mode",
    "due_basis",
    "refers_to",
    "condition",
    "quantity",
    "measure",
    "criteria",
    "external_id",
    "editorial_state",
    "revision",
    "words_revision",
    "outcome",
    "progress",
    "status",
)
APPEARANCE_COLUMNS = ("said_on", "quote")
EVIDENCE_COLUMNS = ("kind", "stance", "summary", "dated", "observed", "original_rating")
ASSESSMENT_COLUMNS = (
    "outcome",
    "progress",
    "reopens",
    "cause",
    "reason",
    "headline",
    "rationale",
    "happened_on",
    "words_revision",
    "method",
)


# Records: the facts, as the ledger keeps them


def record(claim: Claim) -> dict[str, Any]:
    """The public facts of a claim, other rows named by slug or uid alone.

    Expects a claim `with_everything`; makes no query then.
    """
    return {
        "uid": str(claim.uid),
        **_plain(claim, CLAIM_COLUMNS),
        "speaker": claim.speaker.slug,
        "on_behalf_of": _slug(claim.on_behalf_of),
        "source": _slug(claim.source),
        "published_at": claim.published_at and instant(claim.published_at),
        "topics": sorted(topic.slug for topic in claim.topics.all()),
        "collections": sorted(each.slug for each in claim.collections.all()),
        "appearances": [
            {
                "uid": str(each.uid),
                **_plain(each, APPEARANCE_COLUMNS),
                "source": each.source.slug,
            }
            for each in claim.appearances.all()
        ],
        "evidence": [
            {
                "uid": str(each.uid),
                **_plain(each, EVIDENCE_COLUMNS),
                "source": _slug(each.source),
                "replaces": each.replaces and str(each.replaces.uid),
            }
            for each in claim.evidence.all()
        ],
        "assessments": [
            {
                "uid": str(each.uid),
                **_plain(each, ASSESSMENT_COLUMNS),
                "corrects": each.corrects and str(each.corrects.uid),
                "recorded_at": instant(each.recorded_at),
                "evidence": [str(evidence.uid) for evidence in each.evidence.all()],
            }
            for each in claim.assessments.all()
        ],
        "links": [
            {"uid": str(each.uid), "type": each.type, "claim": str(each.target.uid)}
            for each in claim.links.all()
        ],
    }


def tombstone(claim: Claim) -> dict[str, Any]:
    """What is left to say of a claim that left the public: that it did, and why."""
    return {
        "uid": str(claim.uid),
        "editorial_state": claim.editorial_state,
        "merged_into": claim.merged_into and str(claim.merged_into.uid),
    }


def reference_record(row: Reference) -> dict[str, Any]:
    """The facts of a speaker, source, topic or collection."""
    return _plain(
        row, [name for name in reference_columns(type(row)) if name != "organisation"]
    ) | ({"organisation": _slug(row.organisation)} if isinstance(row, Speaker) else {})


def reference_columns(model: type[Reference]) -> list[str]:
    """The columns that an editor of such a row fills, in the model's order."""
    return [
        field.name
        for field in model._meta.fields
        if field.editable and not isinstance(field, models.AutoField)
    ]


def _plain(row: models.Model, columns: Iterable[str]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value := getattr(row, name), FuzzyDate | Quantity) else value
        for name in columns
    }


def _slug(row: Reference | None) -> str | None:
    return row.slug if row else None


# Names: what the slugs in a record are called today


@dataclass(frozen=True)
class Names:
    """Public facts of the rows that records name, by slug."""

    speakers: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, Mapping[str, Any]]
    topics: Mapping[str, Mapping[str, Any]]
    collections: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, records: Sequence[Mapping[str, Any]]) -> Self:
        """Look up all that `records` name: one query a table."""
        slugs: dict[str, set[str]] = {field.name: set() for field in fields(cls)}
        for each in records:
            slugs["speakers"].update(filter(None, (each["speaker"], each["on_behalf_of"])))
            slugs["sources"].update(
                row["source"]
                for row in (each, *each["appearances"], *each["evidence"])
                if row["source"]
            )
            slugs["topics"].update(each["topics"])
            slugs["collections"].update(each["collections"])
        return cls(
            speakers=_named(Speaker, slugs["speakers"]),
            sources=_named(Source, slugs["sources"]),
            topics=_named(Topic, slugs["topics"]),
            collections=_named(Collection, slugs["collections"]),
        )


def _named(model: type[Reference], slugs: Many[str]) -> dict[str, dict[str, Any]]:
    if not slugs:
        return {}
    return {row.slug: reference_record(row) for row in _with_names(model, slugs)}


def _with_names(model: type[Reference], slugs: Many[str]) -> models.QuerySet:
    rows: models.QuerySet = model._default_manager.filter(slug__in=slugs)
    return rows.select_related("organisation") if model is Speaker else rows


# Serializers: what a text looks like


class ChoiceText(serializers.ChoiceField):
    """A code as stored; the schema lists the codes."""

    def to_representation(self, value: str) -> str:
        return value


class NamedSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class SourceSerializer(serializers.Serializer):
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


class QuantitySerializer(serializers.Serializer):
    text = serializers.CharField(help_text="As the CSV writes it: `approx 3600 people`.")
    comparator = ChoiceText(choices=choices.Comparator.choices)
    value = serializers.CharField(help_text="An exact decimal.")
    upper = serializers.CharField(allow_null=True, help_text="Only with `between`.")
    unit = serializers.CharField()
    change = ChoiceText(choices=choices.QuantityChange.choices)
    baseline_value = serializers.CharField(allow_null=True)
    baseline_date = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    tolerance = serializers.CharField(allow_null=True, help_text="Per cent; only with `approx`.")


class VerdictSerializer(serializers.Serializer):
    """The outcome that stands."""

    outcome = ChoiceText(choices=choices.Outcome.choices)
    label = serializers.CharField(help_text="In the words of the claim's kind: `Kept late`.")  # type: ignore[assignment]
    headline = serializers.CharField(allow_null=True, help_text="Null: redacted.")
    happened_on = serializers.CharField(allow_null=True, help_text="A fuzzy date.")
    recorded_at = serializers.CharField()
    stale = serializers.BooleanField(
        help_text="The claim's words were materially edited since; to be re-affirmed."
    )


class LinkSerializer(serializers.Serializer):
    type = ChoiceText(choices=choices.LinkType.choices)
    claim = serializers.UUIDField(help_text="The other claim's uid.")


class ClaimSerializer(serializers.Serializer):
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
    published_at = serializers.CharField()


class EventEvidenceSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    kind = ChoiceText(choices=choices.EvidenceKind.choices)
    stance = ChoiceText(choices=choices.Stance.choices)
    observed = serializers.CharField(allow_null=True, help_text="A quantity.")
    original_rating = serializers.CharField()
    replaces = serializers.UUIDField(allow_null=True)


class EventAssessmentSerializer(serializers.Serializer):
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


class EventSerializer(serializers.Serializer):
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


class TimelineSerializer(serializers.Serializer):
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


# Rendering


@dataclass(frozen=True, slots=True)
class Texts:
    """The finished JSON of one published claim."""

    summary: str
    timeline: str


def render(record: Mapping[str, Any], names: Names) -> Texts:
    """The public texts of a published claim's record."""
    return Texts(
        summary=as_json(CLAIM.to_representation(_claim_reading(record, names))),
        timeline=as_json(TIMELINE.to_representation(_timeline_reading(record, names))),
    )


def as_json(value: Any) -> str:
    """Compact JSON, with letters of every script as themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _head_reading(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        **record,
        "format": FORMAT,
        "speaker": names.speakers[record["speaker"]],
        "status_label": choices.status_label(record["kind"], record["status"]),
    }


def _claim_reading(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    said, due = FuzzyDate.parse(record["said_on"]), record["due"] and FuzzyDate.parse(record["due"])
    return {
        **_head_reading(record, names),
        "on_behalf_of": names.speakers.get(record["on_behalf_of"]),
        "source": names.sources[record["source"]],
        "said_first": said.first,
        "said_last": said.last,
        "due_first": due and due.first,
        "due_last": due and due.last,
        "quantity": quantity_reading(record["quantity"]),
        "closed": bool(record["outcome"]),
        "verdict": standing_verdict(record),
        "topics": [names.topics[slug] for slug in record["topics"]],
        "collections": [names.collections[slug] for slug in record["collections"]],
        "appearances_count": len(record["appearances"]),
        "evidence_count": len(record["evidence"]),
    }


def _timeline_reading(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {**_head_reading(record, names), "events": events(record, names.sources)}


def quantity_reading(text: str | None) -> dict[str, Any] | None:
    """A quantity's parts, decimals as plain text."""
    if text is None:
        return None
    quantity = Quantity.parse(text)
    return {
        "text": text,
        **{
            field.name: None if (value := getattr(quantity, field.name)) is None else str(value)
            for field in fields(Quantity)
        },
    }


def standing_verdict(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The newest assessment with an outcome, unless a later one reopened the claim."""
    if not record["outcome"]:
        return None
    verdict = next(each for each in reversed(record["assessments"]) if each["outcome"])
    return {
        **verdict,
        "label": choices.status_label(record["kind"], verdict["outcome"]),
        "stale": verdict["words_revision"] < record["words_revision"],
    }


def check_format(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Any]:
    """A system check: are there texts in an older format than the code's?"""
    return [
        checks.Warning(
            f"Some claims' texts on “{alias}” are in an older format than {FORMAT}.",
            hint="Run manage.py rebuild_documents.",
            id="claims.W002",
        )
        for alias in databases or []
        if ClaimDocument._meta.db_table in connections[alias].introspection.table_names()
        and ClaimDocument.objects.using(alias).filter(format__lt=FORMAT).exists()
    ]
