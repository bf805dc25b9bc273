"""Conditional requests (RFC 9110, section 13): validators of what is read, and of what is written.

A claim's tags are ``"revision-digest"``, whichever of its addresses they come from: whoever has
read it has what `If-Match` asks for. Other tags are a digest of the answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.request import Request

from claims.documents import FORMAT
from claims.exchange.vocabularies import VERSION
from claims.models import Ledger, today

from .errors import PreconditionRequired

# A shared cache answers for ten seconds by itself; a client's own always asks. Whoever shows
# credentials gets what they may see, which no cache keeps for another.
PUBLIC = "public, max-age=0, s-maxage=10"
PRIVATE = "private, no-cache"
UNCACHED = "private, no-store"

_CLAIM_TAG = re.compile(r'"([0-9]{1,10})-[0-9a-f]{16}"')
# What compressing proxies make of a tag: nginx a weak one, Apache "digest-gzip".
_CODING = re.compile(r'[-;](?:gzip|br|zstd|deflate)"$')
# What an answer of 304 repeats (RFC 9110, section 15.4.5).
_REPEATED = ("ETag", "Cache-Control", "Vary", "Content-Location", "Expires")


def digest_tag(body: str | bytes) -> str:
    """The strong tag of an answer: a digest of its bytes."""
    return f'"{_digest(body)}"'


def revision_tag(revision: int, body: str | bytes) -> str:
    """The strong tag of what has a revision."""
    return f'"{revision}-{_digest(body)}"'


def _digest(body: str | bytes) -> str:
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()[:16]


def tags_of(header: str) -> list[str]:
    """The tags in a header as we gave them, whatever a compressing proxy made of them."""
    return [_CODING.sub('"', tag.removeprefix("W/")) for tag in parse_etags(header)]


def revision_seen(request: Request, revision: int) -> int | None:
    """The revision that a writer has read by its If-Match; `*` is whichever there is: `revision`.

    Compared weakly, against RFC 9110, since a compressing proxy weakens tags; what a claim's tag
    names is its revision, which no coding changes. None: the tag is of something else.
    Raises `PreconditionRequired`.
    """
    header = request.META.get("HTTP_IF_MATCH", "").strip()
    if not header:
        raise PreconditionRequired
    if header == "*":
        return revision
    seen = {int(match[1]) for tag in tags_of(header) if (match := _CLAIM_TAG.fullmatch(tag))}
    return revision if revision in seen else min(seen, default=None)


def ledger_tag(request: Request, state: str) -> str:
    """The tag of a read whose answer follows from the ledger, in this `state`, the address and the
    day (UTC)."""
    return digest_tag(f"{state} {today()} {FORMAT} {VERSION} {request.build_absolute_uri()}")


Read = Callable[..., HttpResponseBase]


def by_ledger(*asked: str) -> Callable[[Read], Read]:
    """A read whose answer follows from the ledger, the address and the day (UTC), always or where
    one of the parameters is `asked`.

    So does its tag, and whoever shows that tag is answered without asking further.
    """

    def tagged(read: Read) -> Read:
        @wraps(read)
        def with_tag(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if asked and not any(name in request.query_params for name in asked):
                return read(view, request, *args, **kwargs)
            tag = ledger_tag(request, Ledger.objects.get().state)
            if is_known(request, tag):
                return HttpResponse(headers={"ETag": tag})  # which the middleware makes a 304
            response = read(view, request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                response["ETag"] = tag
            return response

        return with_tag

    return tagged


def is_known(request: Any, tag: str) -> bool:
    """Does the client show this very tag?"""
    return tag in tags_of(request.META.get("HTTP_IF_NONE_MATCH", ""))


class ConditionalReads:
    """Middleware of the API: each answer to a read has a tag, and an unchanged one is a 304.

    A view may set a tag that it has for less, and a Cache-Control of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path_info.startswith("/api/"):
            return response
        if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
            response.setdefault("Cache-Control", UNCACHED)
            return response
        if not response.streaming:
            response.setdefault("ETag", digest_tag(response.content))  # type: ignore[attr-defined]
        is_personal = bool(response.cookies) or _is_signed(request)
        response.setdefault("Cache-Control", PRIVATE if is_personal else PUBLIC)
        return unchanged(request, response) or response


def unchanged(request: HttpRequest, response: HttpResponseBase) -> HttpResponseNotModified | None:
    """The 304 that stands for `response` where the client has it already."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not header or response.streaming:  # a stream has seen to it before it began
        return None
    tags = tags_of(header)
    if "*" not in tags and response["ETag"] not in tags:
        return None
    headers = {name: response[name] for name in _REPEATED if name in response}
    return HttpResponseNotModified(headers=headers)


def _is_signed(request: Any) -> bool:
    from_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
    return from_cookie or "HTTP_AUTHORIZATION" in request.META
