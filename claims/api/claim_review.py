"""A claim as JSON-LD, for search engines and other fact checkers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.documents import Names, record_now
from claims.exchange.claim_review import claim_review

from . import past, schema
from .conditional import by_ledger
from .parameters import check_names
from .views import not_public

JSON_LD = "application/ld+json"


_THING: dict[str, Any] = {
    "type": "object",
    "properties": {
        "@context": {"type": "string", "const": "https://schema.org"},
        "@type": {"type": "string", "enum": ["ClaimReview", "Claim"]},
        "@id": {"type": "string", "format": "uri"},
        "url": {"type": "string", "format": "uri"},
    },
    "required": ["@context", "@type", "@id", "url"],
    "additionalProperties": True,
}


class JsonLdRenderer(JSONRenderer):
    """Tells content negotiation that JSON-LD is to be had; the view writes it itself."""

    media_type = JSON_LD
    format = "jsonld"


class ClaimReviewView(APIView):
    renderer_classes = [JsonLdRenderer, JSONRenderer]

    @extend_schema(
        summary="Read one claim in the words of schema.org",
        description=(
            "JSON-LD: a `ClaimReview` where an outcome stands, or else a plain `Claim`. A number "
            "in `reviewRating` stands only where the scale from 1 to 5 has a place for the "
            "outcome; `alternateName` is always there. Dates that ISO 8601 does not have are left "
            "out. It may be pasted into a `script` element as it is."
        ),
        parameters=[schema.FILTERS_BY_NAME["as_of"]],
        tags=["claims"],
        responses={
            (200, JSON_LD): _THING,
            **schema.MOVED,
            **schema.BAD,
            **schema.MISSING,
            **schema.GONE,
        },
    )
    @by_ledger("as_of")
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("as_of",))
        site = request.build_absolute_uri("/").rstrip("/")

        def made_of(record: Mapping[str, Any], names: Names) -> HttpResponse:
            text = claim_review(record, names, site_url=site)
            return HttpResponse(text, content_type=JSON_LD)

        if moment := past.moment_of(request.query_params):
            return past.answer(request, moment, uid, made_of)
        record = record_now(uid)
        if record is None:
            return not_public(request, uid)
        return made_of(record, Names.at(None, [record]))


addresses = [
    path("claims/<uuid:uid>.jsonld", ClaimReviewView.as_view(), name="claim-jsonld"),
]
