"""The timeline of a whole chain: the finished timelines of its claims, merged in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as FieldError
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from claims.documents import as_json
from claims.filter_fields import YesNoField
from claims.goalposts import Move, goalposts, in_order, in_words
from claims.models import Claim
from claims.timelines import place

MOST = 200  # claims of a chain that one answer holds


def is_asked(params: QueryDict) -> bool:
    """Is it the chain that ``chain`` asks for? Raises ValidationError where it says neither."""
    if "chain" not in params:
        return False
    try:
        return bool(YesNoField().clean(params["chain"]))
    except FieldError as error:
        raise ValidationError({"chain": error.messages}) from error


def chain_timeline(uid: UUID) -> str | None:
    """The JSON of the chain that a claim is in; None where the claim is not public. One query."""
    claims: list[Any] = list(
        Claim.objects.chain_of(uid, MOST)
        .select_related("document")
        .only("uid", "statement", "said_on", "due", "kind", "status", "document__timeline")
    )
    if not claims:
        return None
    chain = in_order(claims)
    return as_json(
        {
            "uid": str(uid),
            "complete": len(chain) < MOST,
            "claims": _claims(chain),
            "goalposts": _goalposts(chain),
            "events": _events(chain),
        }
    )


def _claims(chain: Sequence[Any]) -> list[dict[str, Any]]:
    uids = {each.pk: str(each.uid) for each in chain}
    return [
        {
            "uid": uids[each.pk],
            "revises": uids.get(each.revises_id),
            "statement": each.statement,
            "said_on": str(each.said_on),
            "due": each.due and str(each.due),
            "status": each.status,
            "status_label": each.status_label,
        }
        for each in chain
    ]


def _goalposts(chain: Sequence[Any]) -> dict[str, Any]:
    posts = goalposts(chain)
    return {
        "moved": posts.moved,
        **_move(posts.total),
        "text": in_words(posts),
        "revisions": [
            {
                "claim": str(each.claim.uid),
                "revises": str(each.revises.uid),
                **_move(each.move),
            }
            for each in posts.revisions
        ],
    }


def _move(move: Move) -> dict[str, Any]:
    return {"direction": move.direction, "least_days": move.least, "most_days": move.most}


def _events(chain: Sequence[Any]) -> list[dict[str, Any]]:
    events = [
        {"of": str(each.uid), **event}
        for each in chain
        for event in json.loads(each.document.timeline)["events"]
    ]
    return sorted(events, key=place)
