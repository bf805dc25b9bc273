"""The calendar of due dates: a mark on the last day that each claim is in time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.choices import DueBasis, DueMode, EditorialState, LinkType
from claims.dates import FuzzyDate
from claims.filters import ClaimFilter
from claims.models import Link, today

from . import ics
from .conditional import by_ledger
from .subscriptions import (
    Subscription,
    changed_at,
    described,
    heading,
    name_of,
    source_line,
)

MOST_EVENTS = 1_000
DAYS_BACK = 90
# Filters that say which due days are wanted; with one of them there is no other bound.
ABOUT_DUE_DAYS = {
    *("due_ends_from", "due_ends_to", "due_overlaps", "due_within", "overdue", "possibly_overdue"),
}


@dataclass
class _Due:
    """A claim with a last due day, and the public claims that it revises or is revised by."""

    pk: int
    revision: int
    last: date
    claim: Mapping[str, Any]  # its finished summary
    changed: datetime
    revises: list[FuzzyDate | None] = field(default_factory=list)
    revised_by: list[FuzzyDate | None] = field(default_factory=list)


class CalendarView(Subscription):
    @described(
        "calendar_ics",
        ics.MEDIA_TYPE,
        "Subscribe to due dates",
        "An iCalendar file (RFC 5545): an event of a whole day for the last due day of each claim "
        f"that has one, by that day. From {DAYS_BACK} days ago on, unless a filter says which due "
        f"days; at most the first {MOST_EVENTS:,}, and then its description says so. Judged claims "
        "are in it, with their verdict before them; `closed=false` leaves them out. A claim that "
        "is no longer public, or no longer due, is no longer in it.",
    )
    @by_ledger()
    def get(self, request: Request) -> HttpResponse:
        filters = self.asked(request)
        found = _due(filters)
        if not found and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        _note_revisions(found[:MOST_EVENTS])
        lines = _calendar(request, filters, found)
        return HttpResponse(ics.document(lines), content_type=f"{ics.MEDIA_TYPE}; charset=utf-8")


def _due(filters: ClaimFilter) -> list[_Due]:
    """In the order of their last due days; one more than a calendar takes shows that it is full."""
    claims = filters.qs.filter(due_last__isnull=False)
    if not ABOUT_DUE_DAYS & filters.asked.keys():
        claims = claims.filter(due_last__gte=today() - timedelta(days=DAYS_BACK))
    changed = Subquery(changed_at("ledger_number"))
    columns = ("pk", "revision", "due_last", "document__summary", changed)
    rows = claims.order_by("due_last", "pk").values_list(*columns)[: MOST_EVENTS + 1]
    return [
        _Due(pk, revision, last, json.loads(summary), changed)
        for pk, revision, last, summary, changed in rows
    ]


def _note_revisions(found: Sequence[_Due]) -> None:
    """How deadlines moved is told on both sides. One query."""
    by_pk = {each.pk: each for each in found}
    links = Link.objects.filter(
        Q(claim__in=by_pk) | Q(target__in=by_pk),
        type=LinkType.REVISES,
        claim__editorial_state=EditorialState.PUBLISHED,
        target__editorial_state=EditorialState.PUBLISHED,
    ).order_by("pk")
    changed = Subquery(changed_at("claim__ledger_number"))
    columns = ("claim", "claim__due", "target", "target__due", changed)
    for claim, due, target, target_due, at in links.values_list(*columns):
        if claim in by_pk:
            by_pk[claim].revises.append(target_due)
        if target in by_pk:
            by_pk[target].revised_by.append(due)
            # The link is a change of the other claim, and shows in this event.
            by_pk[target].changed = max(by_pk[target].changed, at)


def _calendar(request: Request, filters: ClaimFilter, found: Sequence[_Due]) -> Iterator[str]:
    name = ics.text(name_of(_("due dates"), filters))
    about = _("The last day that each claim is in time.")
    if len(found) > MOST_EVENTS:
        about += " " + _("Only the first %(most)d are here: ask for fewer with filters.") % {
            "most": MOST_EVENTS
        }
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Borne Out//Borne Out//EN")
    yield from ("CALSCALE:GREGORIAN", f"NAME:{name}", f"X-WR-CALNAME:{name}")
    yield from (f"DESCRIPTION:{ics.text(about)}", f"X-WR-CALDESC:{ics.text(about)}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H")
    for each in found[:MOST_EVENTS]:
        address = reverse("claim-detail", args=[each.claim["uid"]])
        yield from _event(each, request.build_absolute_uri(address))
    if not found:
        yield from ics.UTC_ZONE
    yield "END:VCALENDAR"


def _event(each: _Due, address: str) -> Iterator[str]:
    claim, due = each.claim, FuzzyDate.parse(each.claim["due"])
    label = _("Perhaps due") if due.marked else _("Due")
    title = _("%(label)s: %(claim)s") % {
        "label": claim["status_label"] if claim["closed"] else label,
        "claim": heading(claim),
    }
    yield "BEGIN:VEVENT"
    yield f"UID:{claim['uid']}@borne-out"
    yield f"DTSTAMP:{ics.instant(each.changed)}"
    yield f"LAST-MODIFIED:{ics.instant(each.changed)}"
    # It moves with every write to the claim, and never back.
    yield f"SEQUENCE:{each.revision}"
    yield f"DTSTART;VALUE=DATE:{ics.day(each.last)}"
    if each.last < date.max:  # the day after; without it an event takes one day too
        yield f"DTEND;VALUE=DATE:{ics.day(each.last + timedelta(days=1))}"
    yield f"SUMMARY:{ics.text(title)}"
    yield f"DESCRIPTION:{ics.text(_description(each))}"
    yield f"STATUS:{'TENTATIVE' if due.marked else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy with it
    if claim["topics"]:
        yield f"CATEGORIES:{','.join(ics.text(topic['name']) for topic in claim['topics'])}"
    yield f"URL:{address}"
    yield "END:VEVENT"


def _description(each: _Due) -> str:
    claim = each.claim
    days = _("%(first)s to %(last)s") % {"first": claim["due_first"] or "…", "last": each.last}
    facts = {
        "due": claim["due"],
        "days": days if claim["due_first"] != str(each.last) else each.last,
        "mode": DueMode(claim["due_mode"]).label,
        "basis": DueBasis(claim["due_basis"]).label,
        "status": claim["status_label"],
        "said_on": claim["said_on"],
        "source": source_line(claim["source"]),
    }
    lines = [
        claim["statement"],
        _("Due %(due)s (%(days)s): %(mode)s. %(basis)s.") % facts,
        _("Status: %(status)s") % facts,
        *(_revision(_("Revises a claim that was %(due)s."), due) for due in each.revises),
        *(
            _revision(_("Revised by a later claim, which is %(due)s."), due)
            for due in each.revised_by
        ),
        _("Said on %(said_on)s, in %(source)s") % facts,
    ]
    return "\n".join(lines)


def _revision(text: str, due: FuzzyDate | None) -> str:
    return text % {"due": _("due %(due)s") % {"due": due} if due else _("without a deadline")}
