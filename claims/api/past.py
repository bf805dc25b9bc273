"""Answers as of a number of the ledger: what the public read of a claim then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims.as_of import AsOf
from claims.choices import EditorialState
from claims.documents import Names, records_at, render, with_member
from claims.models import instant

from .errors import Gone
from .parameters import claim_filter
from .selection import PLAIN, Shape

JSON = "application/json"
# The names of the addresses at which a text stays as it was, by that of the text.
PERMALINKS = {"summary": "claim-at", "timeline": "claim-at-timeline"}


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


def summaries(moment: AsOf, uids: Iterable[UUID], shape: Shape) -> tuple[list[str], list[str]]:
    """The texts of claims that were public then, in their order; the uids of the redacted ones."""
    records = records_at(moment.number, [str(uid) for uid in uids])
    readable = {uid: record for uid, record in records.items() if record is not None}
    names = Names.at(moment.number, list(readable.values()))
    texts, redacted = [], []
    for uid in map(str, uids):
        if record := readable.get(uid):
            texts.append(shape.of(render(record, names).summary, record))
        else:
            redacted.append(uid)
    return texts, redacted


def record_of(moment: AsOf, uid: UUID) -> dict[str, Any]:
    """A claim's record as it was then; of one that was merged, what names its survivor.

    Raises NotFound and `Gone`. One query.
    """
    records = records_at(moment.number, [str(uid)])
    if str(uid) not in records:
        raise NotFound(_("There was no claim with this uid then."))
    record = records[str(uid)]
    if record is None:
        raise Gone(_("What was said of this claim then was redacted."), uid=str(uid))
    if record["editorial_state"] == EditorialState.RETRACTED:
        raise Gone(_("This claim was retracted then."), uid=str(uid), reason=record["reason"])
    return record


def answer(
    request: Request,
    moment: AsOf,
    uid: UUID,
    made_of: Callable[[Mapping[str, Any], Names], HttpResponse],
) -> HttpResponse:
    """What is made of a claim's record and the names as they were then, or what there was in its
    place. Two queries. Raises `Gone` or NotFound."""
    record = record_of(moment, uid)
    if record["editorial_state"] == EditorialState.MERGED:
        return merged(request, uid, record["merged_into"])
    return made_of(record, Names.at(moment.number, [record]))


def text(
    request: Request, moment: AsOf, uid: UUID, name: str, shape: Shape = PLAIN
) -> HttpResponse:
    """One text of a claim as it was then, or what there was in its place."""

    def made_of(record: Mapping[str, Any], names: Names) -> HttpResponse:
        finished = shape.of(getattr(render(record, names), name), record)
        finished = with_member(finished, "as_of", told(moment))
        headers = cite_as(request, uid, moment.number, name)
        return HttpResponse(finished, content_type=JSON, headers=headers)

    return answer(request, moment, uid, made_of)


def cite_as(request: Request, uid: UUID, number: int, name: str) -> dict[str, str]:
    """The header that leads to the permalink of one of a claim's texts (RFC 8574, 3.2)."""
    path = _permalinks(name, get_script_prefix()) % (uid, number)
    return {"Link": f'<{request.build_absolute_uri(path)}>; rel="cite-as"'}


@cache
def _permalinks(name: str, prefix: str) -> str:
    """The addresses of all permalinks to a text: to reverse each took a tenth of an answer."""
    any_uid, any_number = UUID(int=0), 0
    before, _number, after = reverse(PERMALINKS[name], args=[any_uid, any_number]).rpartition("/0/")
    return f"{before.replace(str(any_uid), '%s')}/%d/{after}"


def merged(request: Request, uid: UUID, survivor: object) -> HttpResponse:
    """To the claim that survives."""
    # The first is the claim's own: what is asked of it may name it again.
    address = request.build_absolute_uri().replace(str(uid), str(survivor), 1)
    # Kept method and body (RFC 9110, 308): it is the answer to a write too.
    return HttpResponse(status=308, headers={"Location": address})
