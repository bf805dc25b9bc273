"""The timeline of a whole chain: the finished timelines of its claims, merged in order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.as_of import AsOf
from claims.choices import EditorialState, LinkType, status_label
from claims.dates import FuzzyDate
from claims.documents import Names, as_json, records_at, render
from claims.goalposts import Move, goalposts, in_order, in_words
from claims.models import Claim, Link
from claims.timelines import place

from .past import told

MOST = 200  # claims of a chain that one answer holds


@dataclass(frozen=True)
class _Claim:
    """A claim of a chain, with its finished timeline."""

    pk: int
    uid: str
    revises_id: int | None
    statement: str
    said_on: FuzzyDate
    due: FuzzyDate | None
    status: str
    status_label: str
    timeline: str


def chain_timeline(uid: UUID) -> str | None:
    """The JSON of the chain that a claim is in; None where the claim is not public. One query."""
    claims: list[Any] = list(
        Claim.objects.chain_of(uid, MOST)
        .select_related("document")
        .only("uid", "statement", "said_on", "due", "kind", "status", "document__timeline")
    )
    return _told(
        uid,
        [
            _Claim(
                each.pk,
                str(each.uid),
                each.revises_id,
                each.statement,
                each.said_on,
                each.due,
                each.status,
                each.status_label,
                each.document.timeline,
            )
            for each in claims
        ],
    )


def past_chain_timeline(uid: UUID, moment: AsOf) -> str | None:
    """As `chain_timeline`, of the past. Two queries for each step away from the claim.

    A link that was taken away since is found only from the claim that revised the other.
    """
    records = _past_records(uid, moment.number)
    pks = {
        str(each): pk for each, pk in Claim.objects.filter(uid__in=records).values_list("uid", "pk")
    }
    names = Names.at(moment.number, list(records.values()))
    return _told(
        uid,
        [
            _Claim(
                pks[each],
                each,
                next((pks[target] for target in _revised(record) if target in pks), None),
                record["statement"],
                FuzzyDate.parse(record["said_on"]),
                FuzzyDate.parse(record["due"]) if record["due"] else None,
                record["status"],
                status_label(record["kind"], record["status"]),
                render(record, names).timeline,
            )
            for each, record in records.items()
        ],
        as_of=told(moment),
    )


def _past_records(uid: UUID, number: int) -> dict[str, dict[str, Any]]:
    """The records of the chain's claims that were public then."""
    found: dict[str, dict[str, Any]] = {}
    revised, revising = {str(uid)}, set[str]()
    while (step := (revised | revising) - found.keys()) and len(found) < MOST:
        records = {
            each: record
            for each, record in records_at(number, list(step)[: MOST - len(found)]).items()
            if record
            and record["editorial_state"] == EditorialState.PUBLISHED
            # What revises one of these now may not have done so then.
            and (each in revised or _revised(record) & found.keys())
        }
        found |= records
        revised = {target for record in records.values() for target in _revised(record)}
        links = Link.objects.filter(type=LinkType.REVISES, target__uid__in=records)
        revising = {str(each) for each in links.values_list("claim__uid", flat=True)}
    return found


def _revised(record: Mapping[str, Any]) -> set[str]:
    return {link["claim"] for link in record["links"] if link["type"] == LinkType.REVISES}


def _told(uid: UUID, claims: Sequence[_Claim], **more: Any) -> str | None:
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
            **more,
        }
    )


def _claims(chain: Sequence[_Claim]) -> list[dict[str, Any]]:
    uids = {each.pk: each.uid for each in chain}
    return [
        {
            "uid": each.uid,
            "revises": None if each.revises_id is None else uids.get(each.revises_id),
            "statement": each.statement,
            "said_on": str(each.said_on),
            "due": each.due and str(each.due),
            "status": each.status,
            "status_label": each.status_label,
        }
        for each in chain
    ]


def _goalposts(chain: Sequence[_Claim]) -> dict[str, Any]:
    posts = goalposts(chain)
    return {
        "moved": posts.moved,
        **_move(posts.total),
        "text": in_words(posts),
        "revisions": [
            {"claim": each.claim.uid, "revises": each.revises.uid, **_move(each.move)}
            for each in posts.revisions
        ],
    }


def _move(move: Move) -> dict[str, Any]:
    return {"direction": move.direction, "least_days": move.least, "most_days": move.most}


def _events(chain: Sequence[_Claim]) -> list[dict[str, Any]]:
    events = [
        {"of": each.uid, **event} for each in chain for event in json.loads(each.timeline)["events"]
    ]
    return sorted(events, key=place)
