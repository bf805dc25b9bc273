"""What the API's writes have in common: who, over what, once, or only to see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from claims import curation
from claims.models import Claim, canonical

from .authentication import AUTHENTICATION
from .bodies import JsonParser
from .conditional import revision_seen, revision_tag
from .editors_texts import editors_text
from .errors import PreconditionFailed
from .parameters import yes_no

_KEY = re.compile(r"[!-~]{1,255}")
_KEPT = ("Location", "ETag")  # headers that are part of an answer


class Writes:
    """A view that is also written to. A read asks who it is only where somebody says so."""

    authentication_classes: Any = AUTHENTICATION
    parser_classes: Any = (JsonParser,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # What nobody may do is not allowed, whoever asks (RFC 9110, 15.5.6).
        if request.method not in self.allowed_methods:  # type: ignore[attr-defined]
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)  # type: ignore[misc]

    def perform_authentication(self, request: Request) -> None:
        if request.method not in SAFE_METHODS or "HTTP_AUTHORIZATION" in request.META:
            super().perform_authentication(request)  # type: ignore[misc]


def written(request: Request, write: Callable[[], HttpResponse]) -> HttpResponse:
    """What `write` answers, which is done under the ledger's lock.

    With `dry_run=true` nothing of it stays. With an Idempotency-Key it is done once in a day:
    the same request is answered alike, another one is refused. What is refused is not kept.
    Raises ValidationError, and whatever `write` does.
    """
    dry_run = yes_no(request.query_params, "dry_run")
    key = _key(request)
    with curation.locked_ledger():
        if key and not dry_run:
            digest = _digest(request)
            if sent := curation.answered(request.user, key, digest):
                headers = {**sent.headers, "Idempotent-Replayed": "true"}
                return _answer(sent.status, headers, sent.body)
        response = write()
        if dry_run:
            transaction.set_rollback(True)
            if response.status_code < 300:
                del response["Location"], response["ETag"]
                response.status_code = 200
        elif key and response.status_code < 300:
            curation.remember_answer(
                request.user,
                key,
                digest,
                status=response.status_code,
                headers={name: response[name] for name in _KEPT if name in response},
                body=response.content.decode(),
            )
    return response


def refuse_unseen(request: Request, revision: int, tag: Callable[[], str]) -> None:
    """Hold If-Match against the `revision` there is, under the ledger's lock.

    Raises `PreconditionRequired`, or `PreconditionFailed` with the `tag` there is.
    """
    if revision_seen(request, revision) != revision:
        raise PreconditionFailed(tag())


def claim_tag(uid: UUID) -> str:
    """The ETag that a claim's detail has now, whoever may read it."""
    claims = Claim.objects.filter(uid=uid).values_list("revision", "document__summary")
    revision, text = claims.get()
    if text is None:
        text = editors_text(Claim.objects.with_everything().get(uid=uid), "summary")
    return revision_tag(revision, text)


def tag_now(claim: Claim) -> str:
    """The same of a claim that curation has just written and given back."""
    text = claim.document.summary if claim.is_published else editors_text(claim, "summary")
    return revision_tag(claim.revision, text)


def _key(request: Request) -> str:
    """The Idempotency-Key; none: a retry would write again."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return ""
    if not _KEY.fullmatch(key):
        raise ValidationError(
            {"Idempotency-Key": [_("Give 1 to 255 printable ASCII characters, such as a UUID.")]}
        )
    return str(key)


def _digest(request: Request) -> str:
    """Of what was asked, however its JSON was spaced, by whom: an answer is not repeated to an
    account that may do less by now."""
    may = sorted(request.user.get_all_permissions())
    asked = [request.method, request.get_full_path(), request.data, may]
    return hashlib.sha256(canonical(asked).encode()).hexdigest()


def _answer(status: int, headers: dict[str, str], body: str) -> HttpResponse:
    return HttpResponse(body, status=status, headers=headers, content_type="application/json")
