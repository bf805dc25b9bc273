"""Answers as of a number of the ledger: what the public read of a claim then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims.as_of import AsOf
from claims.choices import EditorialState
from claims.documents import Names, as_json, records_at, render
from claims.models import instant

from .errors import Gone
from .parameters import claim_filter
from .selection import Selection

JSON = "application/json"


def moment_of(params: QueryDict) -> AsOf | None:
    """Where in the ledger a question about one claim is asked; None: now."""
    return claim_filter(params).moment if "as_of" in params else None


def told(moment: AsOf) -> dict[str, Any]:
    """The place in the ledger that an answer is about."""
    return {
        "asked": moment.asked,
        "number": moment.number,
        "cursor": moment.cursor,
        "place": moment.place,
        "at": moment.at and instant(moment.at),
    }


def summaries(moment: AsOf, uids: Iterable[UUID]) -> tuple[list[str], list[str]]:
    """The texts of claims that were public then, in their order; the uids of the redacted ones."""
    records = records_at(moment.number, [str(uid) for uid in uids])
    readable = {uid: record for uid, record in records.items() if record is not None}
    names = Names.at(moment.number, list(readable.values()))
    texts, redacted = [], []
    for uid in map(str, uids):
        if uid in readable:
            texts.append(render(readable[uid], names).summary)
        else:
            redacted.append(uid)
    return texts, redacted


def text(
    request: Request, moment: AsOf, uid: UUID, name: str, selection: Selection | None = None
) -> HttpResponse:
    """One text of a claim as it was then, or what there was in its place."""
    records = records_at(moment.number, [str(uid)])
    if str(uid) not in records:
        raise NotFound(_("There was no claim with this uid then."))
    record = records[str(uid)]
    if record is None:
        raise Gone(_("What was said of this claim then was redacted."), uid=str(uid))
    if record["editorial_state"] == EditorialState.MERGED:
        return merged(request, uid, record["merged_into"])
    if record["editorial_state"] == EditorialState.RETRACTED:
        raise Gone(_("This claim was retracted then."), uid=str(uid), reason=record["reason"])
    finished = getattr(render(record, Names.at(moment.number, [record])), name)
    if selection:
        finished = selection.of(finished)
    return HttpResponse(with_member(finished, "as_of", told(moment)), content_type=JSON)


def merged(request: Request, uid: UUID, survivor: object) -> HttpResponse:
    """To the claim that survives."""
    address = request.build_absolute_uri().replace(str(uid), str(survivor))
    # Kept method and body (RFC 9110, 308): it is the answer to a write too.
    return HttpResponse(status=308, headers={"Location": address})


def with_member(finished: str, name: str, value: Mapping[str, Any]) -> str:
    """A finished JSON object with one more member."""
    comma = "," if finished != "{}" else ""
    return f"{finished[:-1]}{comma}{as_json(name)}:{as_json(value)}}}"
