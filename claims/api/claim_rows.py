"""The rows of one claim: its evidence, where it was said again, and its links to other claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from claims import choices
from claims.as_of import AsOf
from claims.choices import EditorialState
from claims.documents import (
    ChoiceText,
    LinkSerializer,
    Names,
    SourceSerializer,
    as_json,
    named,
    record_now,
)
from claims.models import Source

from . import past, schema
from .parameters import check_names
from .views import JSON, not_public


class EvidenceSerializer(serializers.Serializer):
    """What a source shows about a claim."""

    uid = serializers.UUIDField()
    kind = ChoiceText(choices=choices.EvidenceKind.choices)
    stance = ChoiceText(choices=choices.Stance.choices)
    summary = serializers.CharField()
    dated = serializers.CharField(
        allow_null=True, help_text="A fuzzy date: when what it shows was so."
    )
    observed = serializers.CharField(allow_null=True, help_text="A quantity.")
    original_rating = serializers.CharField(help_text="Another desk's verdict, in its own words.")
    source = SourceSerializer(allow_null=True, help_text="Null: a search that found nothing.")  # type: ignore[assignment]
    replaces = serializers.UUIDField(
        allow_null=True, help_text="The cited evidence that this stands in for."
    )
    recorded_at = serializers.CharField()


class AppearanceSerializer(serializers.Serializer):
    """The same speaker saying it again, unchanged."""

    uid = serializers.UUIDField()
    said_on = serializers.CharField(help_text="A fuzzy date.")
    quote = serializers.CharField()
    source = SourceSerializer()  # type: ignore[assignment]
    recorded_at = serializers.CharField()


class ClaimLinkSerializer(LinkSerializer):
    """One claim's relation to another."""

    uid = serializers.UUIDField()


class ClaimRowViewSet(ViewSet):
    """Reads of a published claim's rows of one kind, now or `as_of`, out of the claim's record.

    Two queries: the record, and the sources that it names.
    """

    kind: ClassVar[str]  # of rows, as a record and an address have it
    row: ClassVar[serializers.Serializer]

    def list(self, request: Request, uid: UUID) -> HttpResponse:
        return self._answer(request, uid)

    def retrieve(self, request: Request, uid: UUID, row: UUID) -> HttpResponse:
        return self._answer(request, uid, str(row))

    def _answer(self, request: Request, uid: UUID, row: str | None = None) -> HttpResponse:
        check_names(request.query_params, ("as_of",))
        moment = past.moment_of(request.query_params)
        record = past.record_of(moment, uid) if moment else record_now(uid)
        if record is None:
            return not_public(request, uid)
        if record["editorial_state"] == EditorialState.MERGED:
            return past.merged(request, uid, record["merged_into"])
        answer = self.all_of(record, moment) if row is None else self.one_of(record, row, moment)
        told = {"as_of": past.told(moment)} if moment else {}
        return HttpResponse(as_json({**answer, **told}), content_type=JSON)

    def all_of(self, record: Mapping[str, Any], moment: AsOf | None = None) -> dict[str, Any]:
        """All rows in a claim's record, and what a write to it must name."""
        return {
            "uid": record["uid"],
            "revision": record["revision"],
            "words_revision": record["words_revision"],
            "results": self._readings(record, record[self.kind], moment),
        }

    def one_of(
        self, record: Mapping[str, Any], uid: str, moment: AsOf | None = None
    ) -> dict[str, Any]:
        """One row in a claim's record. Raises NotFound."""
        rows = [each for each in record[self.kind] if each["uid"] == uid]
        if not rows:
            raise NotFound(_("There is nothing with this uid under this claim."))
        (reading,) = self._readings(record, rows, moment)
        return reading

    def _readings(
        self, record: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], moment: AsOf | None
    ) -> Sequence[dict[str, Any]]:
        """The rows, with the sources that they name."""
        slugs = {slug for each in rows if (slug := each.get("source"))}
        if moment and slugs:
            sources = Names.at(moment.number, [record]).sources
        else:
            sources = named(Source, slugs)
        return [
            self.row.to_representation({**each, "source": sources.get(each.get("source") or "")})
            for each in rows
        ]


@schema.claim_rows("Evidence", EvidenceSerializer, "evidence", "piece of evidence")
class EvidenceViewSet(ClaimRowViewSet):
    """In the order of when it was so; what nobody dated comes last."""

    kind = "evidence"
    row = EvidenceSerializer()


@schema.claim_rows("Appearance", AppearanceSerializer, "appearances", "appearance")
class AppearanceViewSet(ClaimRowViewSet):
    """In the order in which it was said again."""

    kind = "appearances"
    row = AppearanceSerializer()


@schema.claim_rows("ClaimLink", ClaimLinkSerializer, "links", "link")
class LinkViewSet(ClaimRowViewSet):
    """From this claim to others."""

    kind = "links"
    row = ClaimLinkSerializer()


addresses = [
    each
    for view in (EvidenceViewSet, AppearanceViewSet, LinkViewSet)
    for each in (
        path(
            f"claims/<uuid:uid>/{view.kind}/",
            view.as_view({"get": "list"}),
            name=f"claim-{view.kind}",
        ),
        path(
            f"claims/<uuid:uid>/{view.kind}/<uuid:row>/",
            view.as_view({"get": "retrieve"}),
            name=f"claim-{view.kind}-one",
        ),
    )
]
