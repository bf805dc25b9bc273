"""The events of a claim, in the order in which they happened.

Two clocks: an event stands where it *was so*; where nobody knows that, where its source was
published, and failing that where we recorded it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from claims.choices import AssessmentCause, DueMode, LinkType, status_label
from claims.dates import FuzzyDate

# Order within one day: what was said, what was seen, what was due, what we made of it.
EVENT_TYPES = (
    "said",
    "revised",
    "said_again",
    "evidence",
    "update",
    "due",
    "verdict",
    "correction",
)


def events(record: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> list[dict]:
    """The timeline of one claim from its ledger record.

    `sources` gives each source's public facts by slug. Every event has the same keys; those that
    do not fit its type are None, and ``sources`` is a list.
    """
    evidence = {each["uid"]: each for each in record["evidence"]}
    found = [
        _said(record, sources),
        *(_revised(record, link) for link in record["links"] if link["type"] == LinkType.REVISES),
        *(_said_again(appearance, sources) for appearance in record["appearances"]),
        *(_evidence(each, sources) for each in record["evidence"]),
        *_due(record),
        *(_assessed(record, each, evidence, sources) for each in record["assessments"]),
    ]
    return sorted(found, key=_place)


def _event(kind: str, when: str | None, text: str | None, **details: Any) -> dict[str, Any]:
    fuzzy = FuzzyDate.parse(when) if when else None
    return {
        "type": kind,
        "date": when,
        "date_first": _day(fuzzy.first if fuzzy else None),
        "date_last": _day(fuzzy.last if fuzzy else None),
        "recorded_at": None,
        "text": text,
        "sources": [],
        "evidence": None,
        "assessment": None,
        "claim": None,
    } | details


def _place(event: Mapping[str, Any]) -> tuple[str, int, str]:
    """Sort key. What falls due does so at the end of its period; the rest begins at its start."""
    edges = event["date_first"], event["date_last"]
    known = edges[1] or edges[0] if event["type"] == "due" else edges[0] or edges[1]
    recorded = event["recorded_at"] or ""
    return known or recorded[:10] or str(date.max), EVENT_TYPES.index(event["type"]), recorded


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(record: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    return _event(
        "said",
        record["said_on"],
        record["quote"] or record["statement"],
        sources=[sources[record["source"]]],
    )


def _revised(record: Mapping[str, Any], link: Mapping[str, Any]) -> dict[str, Any]:
    return _event("revised", record["said_on"], None, claim=link["claim"])


def _said_again(appearance: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    return _event(
        "said_again",
        appearance["said_on"],
        appearance["quote"],
        recorded_at=appearance["recorded_at"],
        sources=[sources[appearance["source"]]],
    )


def _due(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not record["due"]:
        return []
    return [_event("due", record["due"], str(DueMode(record["due_mode"]).label))]


def _evidence(each: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    source = sources[each["source"]] if each["source"] else None
    return _event(
        "evidence",
        each["dated"] or (source and source["published_on"]),
        each["summary"],
        recorded_at=each["recorded_at"],
        sources=[source] if source else [],
        evidence=each,
    )


def _assessed(
    record: Mapping[str, Any],
    assessment: Mapping[str, Any],
    evidence: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, Any],
) -> dict[str, Any]:
    if assessment["cause"] == AssessmentCause.CORRECTION:
        kind = "correction"
    else:
        kind = "verdict" if assessment["outcome"] else "update"
    cited = dict.fromkeys(evidence[uid]["source"] for uid in assessment["evidence"])
    status = assessment["outcome"] or assessment["progress"]
    return _event(
        kind,
        assessment["happened_on"],
        assessment["headline"] or status_label(record["kind"], status),
        recorded_at=assessment["recorded_at"],
        sources=[sources[slug] for slug in cited if slug],
        assessment={**assessment, "label": status_label(record["kind"], status)},
    )
