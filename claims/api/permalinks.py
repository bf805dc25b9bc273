"""Permalinks: a claim, or its timeline, exactly as it stood at a number of the ledger.

For citing. The answer is made of the ledger's entries up to that number, and so says the same on
any day, whatever was written or renamed since. Two things may yet change its bytes: a redaction by
law, and a new format of our texts. So it is kept for a day and not for ever, and its ETag is a
strong one (RFC 9110, 8.8.1).

It is a Memento (RFC 7089) of the claim's own address: ``Memento-Datetime`` says when the entry
with that number was made, and ``Link`` leads to the original. The claim's own address leads here
with the relation ``cite-as`` (RFC 8574).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.as_of import at_number
from claims.documents import FORMAT
from claims.models import Ledger, Redaction

from . import past, schema
from .answers import ClaimDetailSerializer, TimelineDetailSerializer
from .conditional import digest_tag, is_known
from .parameters import check_names
from .views import LEDGER_HEAD

CACHE_CONTROL = "public, max-age=86400, no-transform"  # seconds: see above


class PermalinkView(APIView):
    """`name` is that of the text, and `original` that of the address it is a past state of."""

    name: str
    original: str

    def answer(self, request: Request, uid: UUID, number: int) -> HttpResponse:
        check_names(request.query_params, ())
        moment = at_number(number)
        if moment is None or moment.at is None:
            head = Ledger.objects.get().number
            raise NotFound(_("The ledger has entries from 1 to %(head)d only.") % {"head": head})
        # Names whose own entries were redacted are called what they are called now.
        redacted = Redaction.objects.values_list(LEDGER_HEAD).first()
        tag = digest_tag(f"{moment.cursor} {redacted} {FORMAT} {request.build_absolute_uri()}")
        if is_known(request, tag):
            return HttpResponse(headers={"ETag": tag, "Cache-Control": CACHE_CONTROL})
        response = past.text(request, moment, uid, self.name)
        if response.status_code != HttpResponse.status_code:
            return response  # merged then: the survivor's permalink has headers of its own
        original = reverse(self.original, [uid], request=request)
        response["Link"] = f'<{original}>; rel="original latest-version"'  # RFC 7089, RFC 5829
        response["Memento-Datetime"] = http_date(moment.at.timestamp())
        response["Cache-Control"] = CACHE_CONTROL
        response["ETag"] = tag
        return response


def _describe(summary: str, serializer: type) -> Any:
    return extend_schema(
        summary=summary,
        description=(
            "For citing: the same answer on any day, whatever was written or renamed since; only "
            "a redaction by law or a new `format` changes it. `Link` with `rel=cite-as` at the "
            "claim's own address leads here."
        ),
        parameters=[
            OpenApiParameter(
                "number",
                {"type": "integer", "minimum": 1},
                OpenApiParameter.PATH,
                description="A number of the ledger: any, not only of an entry about this claim.",
            )
        ],
        tags=["claims"],
        responses={
            200: serializer,
            **schema.MOVED,
            **schema.BAD,
            **schema.MISSING,
            **schema.GONE,
        },
    )


class ClaimPermalinkView(PermalinkView):
    name, original = "summary", "claim-detail"

    @_describe("Read one claim as it stood at a number of the ledger", ClaimDetailSerializer)
    def get(self, request: Request, uid: UUID, number: int) -> HttpResponse:
        return self.answer(request, uid, number)


class TimelinePermalinkView(PermalinkView):
    name, original = "timeline", "claim-timeline"

    @_describe("Read a claim's timeline as of a number of the ledger", TimelineDetailSerializer)
    def get(self, request: Request, uid: UUID, number: int) -> HttpResponse:
        return self.answer(request, uid, number)


addresses = [
    path(
        "claims/<uuid:uid>/at/<int:number>/",
        ClaimPermalinkView.as_view(),
        name=past.PERMALINKS["summary"],
    ),
    path(
        "claims/<uuid:uid>/at/<int:number>/timeline/",
        TimelinePermalinkView.as_view(),
        name=past.PERMALINKS["timeline"],
    ),
]
