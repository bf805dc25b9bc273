"""Whether the table of standings says of every number what the ledger's record does."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from claims.choices import EditorialState, Subject
from claims.documents import standing_verdict
from claims.models import Change, Claim, Standing

from .entries import LedgerFault


def check_standings(entries: Sequence[Change]) -> None:
    """Hold a block of entries against the standings of their claims; one query.

    Raises `LedgerFault`. What a redacted record said cannot be held against anything.
    """
    about = [each for each in entries if each.subject == Subject.CLAIM and each.record is not None]
    if not about:
        return
    first, last = about[0].number, about[-1].number
    standings: dict[str, list[Standing]] = defaultdict(list)
    for each in (
        Standing.objects.filter(claim__uid__in={entry.key for entry in about}, number__lte=last)
        .exclude(until__lte=first)
        .select_related("claim", "verdict")
    ):
        standings[str(each.claim.uid)].append(each)
    for entry in about:
        wanted = _wanted(json.loads(entry.record or ""))
        found = [
            _found(each)
            for each in standings[entry.key]
            if each.number <= entry.number and (each.until is None or each.until > entry.number)
        ]
        if found != ([wanted] if wanted else []):
            raise LedgerFault(
                f"claim {entry.key}: with entry {entry.number} it stands as "
                f"{found[0] if found else 'not public'}, which should be {wanted or 'not public'}"
            )


def check_edges(claims: Sequence[Claim]) -> None:
    """Hold the standings of claims against the numbers of their entries and their own columns.

    With `check_standings` this settles every number, since between two entries nothing changes.
    Two queries. Raises `LedgerFault`.
    """
    entries: dict[str, set[int]] = defaultdict(set)
    keys = [str(claim.uid) for claim in claims]
    of_claims = Change.objects.filter(subject=Subject.CLAIM, key__in=keys)
    for key, number in of_claims.values_list("key", "number"):
        entries[key].add(number)
    standings: dict[int, list[Standing]] = defaultdict(list)
    for each in Standing.objects.filter(claim__in=claims):
        standings[each.claim_id].append(each)
    for claim in claims:
        where, own = f"claim {claim.uid}", standings[claim.pk]
        edges = {each.number for each in own} | {each.until for each in own if each.until}
        if strays := sorted(edges - entries[str(claim.uid)]):
            raise LedgerFault(
                f"{where}: its standings change at {strays[0]}, which is no entry of it"
            )
        now = Standing.of(claim)
        open_ones = [each for each in own if each.until is None]
        if len(open_ones) != (now is not None):
            raise LedgerFault(f"{where}: its standings do not say whether it is public")
        for name in now.differences(open_ones[0]) if now else ():
            raise LedgerFault(
                f"{where}: its {name} is {getattr(now, name)}, but it stands with "
                f"{getattr(open_ones[0], name)}"
            )


def _wanted(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """How a claim stands with this record; None: it is not public."""
    if record["editorial_state"] != EditorialState.PUBLISHED:
        return None
    verdict = standing_verdict(record)
    return {
        **{name: record[name] for name in ("status", "outcome", "progress")},
        "stale": bool(verdict and verdict["stale"]),
        "verdict": verdict and verdict["uid"],
    }


def _found(standing: Standing) -> dict[str, Any]:
    return {
        **{name: getattr(standing, name) for name in ("status", "outcome", "progress", "stale")},
        "verdict": standing.verdict and str(standing.verdict.uid),
    }
