"""The Atom feeds: verdicts, corrections and new claims, newest first, under any filter of claims.

An entry's id is made of the uid of what it tells of, and a feed's of the ledger's first entry, its
name and its filters: neither changes with the host, a name or an edit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.choices import ClaimKind, DueMode
from claims.filters import ClaimFilter
from claims.models import GENESIS, Assessment, Change, Standing

from .atom import MEDIA_TYPE, AtomFeed
from .conditional import by_ledger
from .pagination import DEFAULT_SIZE, MAX_SIZE, Ordering, page_of
from .schema import query
from .subscriptions import Subscription, changed_at, described, heading, legible, name_of

PAGING = {
    "cursor": query("cursor", {"type": "string"}, "Where the page starts: see its links."),
    "page_size": query(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        "Entries a page.",
    ),
}
FEW = 1_000  # claims: up to so many, what is told of them is found by them


class FeedView(Subscription):
    """A page of a feed, whose further pages are its links ``next`` and ``previous``."""

    name = ""
    title: Any = ""
    telling: QuerySet[Any]  # rows with a claim
    newest: Ordering
    columns: tuple[Any, ...]
    list_name = "claim-list"  # of the address that tells of the same

    @by_ledger()
    def get(self, request: Request) -> HttpResponse:
        filters = self.asked(request, PAGING)
        columns = (*self.columns, "claim__document__summary")
        rows = _about(self.telling, filters)
        page = page_of(rows, request, {"newest": self.newest}, "-newest", columns)
        feed = AtomFeed(
            title=legible(name_of(str(self.title), filters)),
            link=request.build_absolute_uri(reverse(self.list_name, query=filters.asked)),
            description=None,
            feed_url=request.build_absolute_uri(),
            feed_guid=_feed_id(self.name, filters.asked),
            language=get_language(),
            author_name=settings.DESK_NAME,
            links={"previous": page.previous, "next": page.next},
        )
        for *values, summary in (row[2:] for row in page.rows):
            claim = json.loads(summary)
            feed.add_entry(
                **self.entry(claim, *values),
                link=request.build_absolute_uri(reverse("claim-detail", args=[claim["uid"]])),
                topics=claim["topics"],
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=AtomFeed.content_type)

    def entry(self, claim: Mapping[str, Any], *values: Any) -> dict[str, Any]:
        """What a row says, from its claim's summary and its `columns`."""
        raise NotImplementedError


def _about(rows: QuerySet[Any], filters: ClaimFilter) -> QuerySet[Any]:
    """Those about the claims asked for. One query.

    Of few claims they are found by the claims, of many by looking at the newest first: either
    way alone would read the whole table for some filters.
    """
    claims = filters.qs
    few = list(claims.order_by().values_list("pk", flat=True)[: FEW + 1])
    if not few and (unknown := filters.unknown_names()):
        raise ValidationError(unknown)
    # A claim that leaves the public in between takes its document along.
    rows = rows.filter(claim__document__isnull=False)
    if len(few) <= FEW:
        return rows.filter(claim__in=few)
    return rows.filter(Exists(claims.filter(pk=OuterRef("claim"))))


def _feed_id(name: str, asked: Mapping[str, str]) -> str:
    # The salt in its first entry makes a ledger one of its own, wherever it is served.
    first = Change.objects.filter(number=1).values_list("hash", flat=True).first() or GENESIS
    return uuid5(UUID(first[:32]), f"{name}?{urlencode(sorted(asked.items()))}").urn


class AssessmentFeedView(FeedView):
    """Both feeds have the same entry of the same assessment."""

    newest = Ordering("id", int)
    columns = ("uid", "claim__document__timeline")

    def entry(self, claim: Mapping[str, Any], *values: Any) -> dict[str, Any]:
        uid, timeline = values
        told = {
            each["assessment"]["uid"]: each
            for each in json.loads(timeline)["events"]
            if each["assessment"]
        }
        now = told[str(uid)]
        assessment = now["assessment"]
        before = told.get(assessment["corrects"])
        corrected = assessment["corrected_by"]
        recorded = datetime.fromisoformat(now["recorded_at"])
        facts = {"claim": heading(claim), "label": assessment["label"]}
        title = _("%(claim)s — %(label)s") % facts
        if before:
            facts["before"] = before["assessment"]["label"]
            title = _("Correction: %(claim)s — %(label)s (before: %(before)s)") % facts
        if corrected:
            title = _("%(title)s (corrected since)") % {"title": title}
        return {
            "uid": str(uid),
            "title": title,
            "html": render_to_string(
                "claims/feeds/assessment.html",
                {
                    "claim": claim,
                    "now": now,
                    "before": before,
                    "corrected_on": corrected and corrected["recorded_at"][:10],
                },
            ),
            "published": recorded,
            "updated": (
                datetime.fromisoformat(corrected["recorded_at"]) if corrected else recorded
            ),
        }


@extend_schema_view(
    get=described(
        "verdicts_atom",
        MEDIA_TYPE,
        "Subscribe to verdicts",
        "Each outcome that was given, as an Atom feed (RFC 4287) with pages (RFC 5005). "
        "Corrections are among them; updates and reaffirmations are not. "
        "What was corrected since says so.",
        *PAGING.values(),
    )
)
class VerdictFeedView(AssessmentFeedView):
    name = "verdicts"
    title = gettext_lazy("verdicts")
    telling = Assessment.objects.new_verdicts()


@extend_schema_view(
    get=described(
        "corrections_atom",
        MEDIA_TYPE,
        "Subscribe to corrections",
        "Where we were wrong: what we had said, and what we say now, as an Atom feed.",
        *PAGING.values(),
    )
)
class CorrectionFeedView(AssessmentFeedView):
    name = "corrections"
    title = gettext_lazy("corrections")
    telling = Assessment.objects.corrections()
    list_name = "correction-list"


@extend_schema_view(
    get=described(
        "claims_atom",
        MEDIA_TYPE,
        "Subscribe to new claims",
        "Claims in the order in which they were first published, the newest first, as an Atom "
        "feed; `updated` is a claim's last public change.",
        *PAGING.values(),
    )
)
class ClaimFeedView(FeedView):
    name = "claims"
    title = gettext_lazy("new claims")
    telling = Standing.objects.publications()
    newest = Ordering("number", int)
    columns = (changed_at("claim__ledger_number"),)

    def entry(self, claim: Mapping[str, Any], *values: Any) -> dict[str, Any]:
        (updated,) = values
        return {
            "uid": claim["uid"],
            "title": heading(claim),
            "html": render_to_string(
                "claims/feeds/claim.html",
                {
                    "claim": claim,
                    "kind": ClaimKind(claim["kind"]).label,
                    "due_mode": claim["due_mode"] and DueMode(claim["due_mode"]).label,
                },
            ),
            "published": datetime.fromisoformat(claim["published_at"]),
            "updated": updated,
        }
