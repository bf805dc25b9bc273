"""Writes that are sent twice and done once (the Idempotency-Key header, an IETF draft)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import IdempotencyKey

KEPT = timedelta(hours=24)


class KeyReused(ValidationError):
    """The key was sent before, with another request."""

    def __init__(self) -> None:
        super().__init__(
            _("This key was sent with another request in the last 24 hours: make a new one."),
            code="key_reused",
        )


def answered(account: Any, key: str, request_digest: str) -> IdempotencyKey | None:
    """What was answered to the same request before; None: it is the first with this key.

    To be asked within `locked_ledger`, as `remember_answer` is: of requests sent at once, the
    second waits there until the first has answered. Raises `KeyReused`.
    """
    since = timezone.now() - KEPT
    sent = IdempotencyKey.objects.filter(account=account, key=key, at__gte=since).first()
    if sent and sent.request_digest != request_digest:
        raise KeyReused
    return sent


def remember_answer(
    account: Any,
    key: str,
    request_digest: str,
    *,
    status: int,
    headers: Mapping[str, str],
    body: str,
) -> None:
    """Keep an answer for a day. It is in the transaction of its write: both are there, or none."""
    now = timezone.now()
    IdempotencyKey.objects.filter(at__lt=now - KEPT).delete()
    IdempotencyKey.objects.create(
        account=account,
        key=key,
        request_digest=request_digest,
        at=now,
        status=status,
        headers=dict(headers),
        body=body,
    )
