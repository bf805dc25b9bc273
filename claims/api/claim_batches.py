"""Many claims drafted by one request.

A batch is one transaction, so that it can be whole or not at all, and so that a retry with its
Idempotency-Key finds all that was done. Drafts append nothing to the ledger; they are rendered
once, for their tags. Five hundred of them hold the lock for a few seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.reverse import reverse

from claims.documents import as_json
from claims.models import Claim

from .bodies import unknown_members
from .claim_bodies import Sent, carried_out, read
from .claim_members import BATCH, DRAFT, MAX_CLAIMS, OnError
from .conditional import revision_tag
from .editors_texts import editors_texts
from .views import JSON


@dataclass(frozen=True)
class Batch:
    bodies: Sequence[Any]
    takes_the_good: bool

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """Raises ValidationError by member."""
        faults = unknown_members(body, BATCH.fields)
        claims, on_error = body.get("claims"), OnError.REFUSE_ALL
        if not isinstance(claims, list) or not 1 <= len(claims) <= MAX_CLAIMS:
            faults["claims"] = [_("Give a list of 1 to %(most)d claims.") % {"most": MAX_CLAIMS}]
        if "on_error" in body:
            try:
                on_error = BATCH.fields["on_error"].run_validation(body["on_error"])
            except ValidationError as error:
                faults["on_error"] = error.detail  # type: ignore[assignment]
        if faults:
            raise ValidationError(faults)
        return cls(claims, on_error == OnError.SKIP)  # type: ignore[arg-type]


def batch_answer(request: Request, batch: Batch) -> HttpResponse:
    """Draft them, or those that can be. Raises ValidationError where nothing is written."""
    sent = read(batch.bodies, DRAFT)
    good, made = list(sent), list[Claim]()
    # Each round is without those that the last one refused.
    while good and not (made := carried_out(good, actor=request.user.get_username())):
        good = [each for each in sent if not each.faults] if batch.takes_the_good else []
    if not made:
        raise ValidationError(
            {
                f"claims.{position}.{member}": messages
                for position, each in enumerate(sent)
                for member, messages in each.faults.items()
            }
        )
    body = {
        "created": len(made),
        "refused": len(sent) - len(made),
        "results": _results(request, sent, made),
    }
    return HttpResponse(as_json(body), status=201, content_type=JSON)


def _results(request: Request, sent: Sequence[Sent], made: Sequence[Claim]) -> list[dict[str, Any]]:
    """What became of each, in the order in which they were sent."""
    done = iter(zip(made, editors_texts(made, "summary"), strict=True))
    results: list[dict[str, Any]] = []
    for position, each in enumerate(sent):
        if each.faults:
            results.append({"position": position, "fate": "refused", "errors": each.faults})
            continue
        claim, text = next(done)
        results.append(
            {
                "position": position,
                "fate": "created",
                "uid": str(claim.uid),
                "address": reverse("claim-detail", [claim.uid], request=request),
                "etag": revision_tag(claim.revision, text),
            }
        )
    return results
