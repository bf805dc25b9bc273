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
    record,
    record_now,
)
from claims.models import Claim, Source

from . import past, schema
from .claim_row_writes import AppearanceWrites, EvidenceWrites, LinkWrites
from .conditional import UNCACHED, by_ledger, revision_tag
from .parameters import check_names
from .row_bodies import AppearanceWriteSerializer, EvidenceWriteSerializer, LinkWriteSerializer
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
    model: ClassVar[Any]

    @by_ledger("as_of")
    def list(self, request: Request, uid: UUID) -> HttpResponse:
        return self._answer(request, uid)

    @by_ledger("as_of")
    def retrieve(self, request: Request, uid: UUID, row: UUID) -> HttpResponse:
        return self._answer(request, uid, str(row))

    def _answer(self, request: Request, uid: UUID, row: str | None = None) -> HttpResponse:
        check_names(request.query_params, ("as_of",))
        moment = past.moment_of(request.query_params)
        public = past.record_of(moment, uid) if moment else record_now(uid)
        facts = public or self._draft(request, uid)
        if facts is None:
            return not_public(request, uid)
        if facts["editorial_state"] == EditorialState.MERGED:
            return past.merged(request, uid, facts["merged_into"])
        answer = self.all_of(facts, moment) if row is None else self.one_of(facts, row, moment)
        told = {"as_of": past.told(moment)} if moment else {}
        text = as_json({**answer, **told})
        headers = {} if moment else {"ETag": revision_tag(facts["revision"], text)}
        if public is None:
            headers["Cache-Control"] = UNCACHED
        return HttpResponse(text, content_type=JSON, headers=headers)

    def _draft(self, request: Request, uid: UUID) -> dict[str, Any] | None:
        """The record of a claim that never was public, for whoever sees it at the desk."""
        seen = ("claims.view_claim", f"claims.view_{self.model._meta.model_name}")
        if not request.user or not request.user.has_perms(seen):
            return None
        drafts = Claim.objects.with_everything().filter(published_at=None)
        claim = drafts.filter(uid=uid).first()
        return record(claim) if claim else None

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


@schema.claim_rows(
    "Evidence",
    EvidenceSerializer,
    EvidenceWriteSerializer,
    "evidence",
    "piece of evidence",
    edited=True,
)
class EvidenceViewSet(EvidenceWrites, ClaimRowViewSet):
    """In the order of when it was so; what nobody dated comes last."""

    kind = "evidence"
    row = EvidenceSerializer()


@schema.claim_rows(
    "Appearance",
    AppearanceSerializer,
    AppearanceWriteSerializer,
    "appearances",
    "appearance",
    edited=True,
)
class AppearanceViewSet(AppearanceWrites, ClaimRowViewSet):
    """In the order in which it was said again."""

    kind = "appearances"
    row = AppearanceSerializer()


@schema.claim_rows(
    "ClaimLink", ClaimLinkSerializer, LinkWriteSerializer, "links", "link", edited=False
)
class LinkViewSet(LinkWrites, ClaimRowViewSet):
    """From this claim to others."""

    kind = "links"
    row = ClaimLinkSerializer()


addresses = [
    path(
        f"claims/<uuid:uid>/{view.kind}/{tail}",
        view.as_view({method: act for method, act in acts.items() if hasattr(view, act)}),
        name=f"claim-{view.kind}{suffix}",
    )
    for view in (EvidenceViewSet, AppearanceViewSet, LinkViewSet)
    for tail, suffix, acts in (
        ("", "", {"get": "list", "post": "create"}),
        (
            "<uuid:row>/",
            "-one",
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"},
        ),
    )
]
