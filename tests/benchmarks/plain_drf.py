"""Plain DRF over the product's tables: the same answers, serialized when they are asked for.

What a careful team would write first: model serializers, joins and prefetches for all they show,
counts as subqueries, a filter set with the product's parameters and DRF's own cursor pages. It
runs under the product's middleware, without authentication.
"""

from __future__ import annotations

from datetime import timedelta

import django_filters
from django.db.models import Count, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import include, path
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims import choices
from claims.dates import FuzzyDate
from claims.documents import FORMAT, TimelineSerializer, record
from claims.models import (
    Appearance,
    Assessment,
    Claim,
    ClaimQuerySet,
    Collection,
    Evidence,
    Link,
    Reading,
    Source,
    Speaker,
    Topic,
    today,
)
from claims.timelines import events

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


class SpeakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Speaker
        fields = ["slug", "name"]


class TopicSerializer(serializers.ModelSerializer):
    class Meta:
        model = Topic
        fields = ["slug", "name"]


class CollectionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Collection
        fields = ["slug", "name"]


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ["slug", "publisher", "title", "url", "archive_url", "published_on", "language"]


class LinkSerializer(serializers.ModelSerializer):
    claim = serializers.UUIDField(source="target.uid")

    class Meta:
        model = Link
        fields = ["type", "claim"]


class QuantitySerializer(serializers.Serializer):
    text = serializers.CharField(source="__str__")
    comparator = serializers.CharField()
    value = serializers.CharField()
    upper = serializers.CharField()
    unit = serializers.CharField()
    change = serializers.CharField()
    baseline_value = serializers.CharField()
    baseline_date = serializers.CharField()
    tolerance = serializers.CharField()


class VerdictSerializer(serializers.ModelSerializer):
    label = serializers.CharField(source="claim.status_label")
    recorded_at = serializers.DateTimeField(format=INSTANT)
    # No made verdict is a reaffirmation or a correction: each stands since it was recorded.
    stands_since = serializers.DateTimeField(source="recorded_at", format=INSTANT)
    corrects = serializers.SlugRelatedField("uid", read_only=True)
    stale = serializers.SerializerMethodField()

    class Meta:
        model = Assessment
        fields = [
            "outcome",
            "label",
            "headline",
            "happened_on",
            "recorded_at",
            "stands_since",
            "cause",
            "corrects",
            "stale",
        ]

    def get_attribute(self, claim: Claim) -> Assessment | None:
        return claim.verdicts[0] if claim.closed else None

    def get_stale(self, verdict: Assessment) -> bool:
        return verdict.words_revision < verdict.claim.words_revision


class ClaimSerializer(serializers.ModelSerializer):
    speaker = SpeakerSerializer()
    on_behalf_of = SpeakerSerializer()
    source = SourceSerializer()
    said_first = serializers.DateField(source="said_on_first")
    said_last = serializers.DateField(source="said_on_last")
    quantity = QuantitySerializer()
    verdict = VerdictSerializer()
    topics = TopicSerializer(many=True)
    collections = CollectionSerializer(many=True)
    links = LinkSerializer(many=True)
    appearances_count = serializers.IntegerField()
    evidence_count = serializers.IntegerField()
    published_at = serializers.DateTimeField(format=INSTANT)

    class Meta:
        model = Claim
        fields = [
            "uid",
            "revision",
            "words_revision",
            "kind",
            "statement",
            "quote",
            "quote_prefix",
            "quote_suffix",
            "quote_language",
            "quote_is_translation",
            "speaker",
            "speaker_role",
            "on_behalf_of",
            "attribution",
            "source",
            "said_on",
            "said_first",
            "said_last",
            "due",
            "due_first",
            "due_last",
            "due_mode",
            "due_basis",
            "refers_to",
            "condition",
            "quantity",
            "measure",
            "criteria",
            "status",
            "status_label",
            "closed",
            "progress",
            "verdict",
            "topics",
            "collections",
            "links",
            "appearances_count",
            "evidence_count",
            "external_id",
            "extra",
            "published_at",
        ]


class ClaimFilter(FilterSet):
    speaker = django_filters.CharFilter("speaker__slug")
    on_behalf_of = django_filters.CharFilter("on_behalf_of__slug")
    source = django_filters.CharFilter("source__slug")
    topic = django_filters.CharFilter("topics__slug")
    collection = django_filters.CharFilter("collections__slug")
    kind = django_filters.ChoiceFilter(choices=choices.ClaimKind.choices)
    status = django_filters.ChoiceFilter(choices=choices.Status.choices)
    outcome = django_filters.ChoiceFilter(choices=choices.Outcome.choices)
    progress = django_filters.ChoiceFilter(choices=choices.Progress.choices)
    closed = django_filters.BooleanFilter(method="only_closed")
    overdue = django_filters.BooleanFilter(method="only_overdue")
    said_from = django_filters.DateFilter("said_on_first", "gte")
    said_to = django_filters.DateFilter("said_on_first", "lte")
    due_overlaps = django_filters.CharFilter(method="only_due")
    due_ends_from = django_filters.DateFilter("due_last", "gte")
    due_ends_to = django_filters.DateFilter("due_last", "lte")
    due_within = django_filters.DurationFilter(method="only_due_soon")
    unit = django_filters.CharFilter("quantity_unit")
    quantity_min = django_filters.NumberFilter("quantity_value", "gte")
    quantity_max = django_filters.NumberFilter("quantity_value", "lte")

    class Meta:
        model = Claim
        fields: list[str] = []

    def only_due(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        period = FuzzyDate.parse(value)
        if period.last:
            claims = claims.filter(Q(due_first__lte=period.last) | Q(due_first=None))
        if period.first:
            claims = claims.filter(Q(due_last__gte=period.first) | Q(due_last=None))
        return claims.filter(due__isnull=False)

    def only_closed(self, claims: ClaimQuerySet, name: str, value: bool) -> ClaimQuerySet:
        return claims.closed() if value else claims.open()

    def only_overdue(self, claims: ClaimQuerySet, name: str, value: bool) -> ClaimQuerySet:
        now = Reading(today())
        return claims.filter(now.past_due if value else now.not_past_due)

    def only_due_soon(self, claims: ClaimQuerySet, name: str, value: timedelta) -> ClaimQuerySet:
        return claims.filter(due_last__range=(today(), today() + value))


class NewestSaid(CursorPagination):
    page_size = 50
    ordering = ("-said_on_first", "-id")


def number_of(model: type[Model]) -> Coalesce:
    """How many rows of `model` a claim has, counted for the claims of the page alone."""
    rows = model._default_manager.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


class ClaimViewSet(ReadOnlyModelViewSet):
    serializer_class = ClaimSerializer
    pagination_class = NewestSaid
    filter_backends = [DjangoFilterBackend]
    filterset_class = ClaimFilter
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Claim]:
        if self.action == "timeline":
            return Claim.objects.published().with_everything()
        verdicts = Assessment.objects.exclude(outcome="").order_by("-pk")
        return (
            Claim.objects.published()
            .select_related("speaker", "on_behalf_of", "source")
            .prefetch_related(
                Prefetch("topics", Topic.objects.order_by("slug")),
                Prefetch("collections", Collection.objects.order_by("slug")),
                Prefetch("links", Link.objects.select_related("target")),
                Prefetch("assessments", verdicts, to_attr="verdicts"),
            )
            .annotate(appearances_count=number_of(Appearance), evidence_count=number_of(Evidence))
        )

    @action(detail=True)
    def timeline(self, request: Request, uid: str) -> Response:
        claim = self.get_object()
        shown = [claim, *claim.appearances.all(), *claim.evidence.all()]
        sources = {
            row.source.slug: SourceSerializer(row.source).data for row in shown if row.source
        }
        facts = record(claim)
        reading = {
            **facts,
            "format": FORMAT,
            "speaker": {"slug": claim.speaker.slug, "name": claim.speaker.name},
            "status_label": claim.status_label,
            "events": events(facts, sources),
        }
        return Response(TimelineSerializer(reading).data)


router = SimpleRouter(use_regex_path=False)
router.register("claims", ClaimViewSet, basename="claim")
urlpatterns = [path("", include(router.urls))]
