"""The events of a claim, in the order in which they happened.

Two clocks: an event stands where it *was so*; where nobody knows that, where its source was
published, and failing that where we recorded it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import AssessmentCause, DueMode, LinkType, status_label
from claims.dates import FuzzyDate

# Order within one day: what was said, what was seen, what was due, what we made of it. The last
# three stand as they were recorded: a verdict may be reopened, and given anew, on one day.
_WITHIN_A_DAY = (
    ("said",),
    ("revised",),
    ("said_again",),
    ("evidence",),
    ("update",),
    ("due",),
    ("verdict", "reopening", "correction"),
)
EVENT_TYPES = tuple(chain.from_iterable(_WITHIN_A_DAY))
_RANKS = {kind: rank for rank, kinds in enumerate(_WITHIN_A_DAY) for kind in kinds}


def events(record: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> list[dict]:
    """The timeline of one claim from its ledger record.

    `sources` gives each source's public facts by slug. Every event has the same keys; those that
    do not fit its type are None, and ``sources`` is a list.
    """
    evidence = {each["uid"]: each for each in record["evidence"]}
    stood = standings(record["assessments"])
    found = [
        _said(record, sources),
        *(_revised(record, link) for link in record["links"] if link["type"] == LinkType.REVISES),
        *(_said_again(appearance, sources) for appearance in record["appearances"]),
        *(_evidence(each, sources) for each in record["evidence"]),
        *_due(record),
        *(
            _assessed(record, each | stood[each["uid"]], evidence, sources)
            for each in record["assessments"]
        ),
    ]
    return sorted(found, key=place)


def standings(assessments: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """How each of a claim's assessments stood, by uid; they come as in its record, oldest first.

    An outcome stands from when it was recorded until the next entry with an outcome, or one that
    reopens; through reaffirmations it stands since the first of them. Only what a correction
    names in ``corrects`` was corrected, with what reaffirmed it: all else stood, and was right
    then. Instants are RFC 3339.
    """
    deciding = [each for each in assessments if each["outcome"] or each["reopens"]]
    enders = {one["uid"]: other for one, other in pairwise(deciding)}
    begun_by: dict[str, str] = {}  # an entry: the one whose outcome it gives again, or itself
    for earlier, each in zip([None, *deciding], deciding, strict=False):
        again = earlier and each["cause"] == AssessmentCause.REAFFIRMATION
        begun_by[each["uid"]] = begun_by[earlier["uid"]] if earlier and again else each["uid"]
    corrections: dict[str, Mapping[str, Any]] = {}
    for each in assessments:
        if wrong := each["corrects"]:
            corrections.setdefault(begun_by.get(wrong, wrong), each)
    found: dict[str, dict[str, Any]] = {}
    since = None
    so_far: set[str] = set()  # what comes after a correction was not wrong with what it corrects
    for each in assessments:
        if each["outcome"] and each["cause"] != AssessmentCause.REAFFIRMATION:
            since = each["recorded_at"]
        ender = enders.get(each["uid"]) if each["outcome"] else None
        correction = corrections.get(begun_by.get(each["uid"], each["uid"]))
        if correction and correction["uid"] in so_far:
            correction = None
        so_far.add(each["uid"])
        facts = {
            "stands_since": since if each["outcome"] else None,
            "stood_from": each["recorded_at"] if each["outcome"] else None,
            "stood_to": ender and ender["recorded_at"],
            "ended_by": ender and {name: ender[name] for name in ("uid", "cause", "reopens")},
            "corrected_by": correction
            and {"uid": correction["uid"], "recorded_at": correction["recorded_at"]},
        }
        found[each["uid"]] = facts | {"standing": _standing(facts)}
    return found


def _standing(facts: Mapping[str, Any]) -> str | None:
    """How an assessment stood, in words; None of an update that nothing corrected."""
    ended, corrected = facts["ended_by"], facts["corrected_by"]
    days = {
        "since": facts["stands_since"] and facts["stands_since"][:10],
        "to": facts["stood_to"] and facts["stood_to"][:10],
        "corrected": corrected and corrected["recorded_at"][:10],
    }
    if not facts["stood_from"]:
        return _("Corrected on %(corrected)s") % days if corrected else None
    if ended and corrected and ended["uid"] == corrected["uid"]:
        return _("Stood from %(since)s until it was corrected on %(corrected)s") % days
    if ended is None:
        stood = _("Stands since %(since)s") % days
    elif ended["cause"] == AssessmentCause.REAFFIRMATION:
        stood = _("Stood from %(since)s, reaffirmed on %(to)s") % days
    elif ended["reopens"]:
        stood = _("Stood from %(since)s to %(to)s, when the claim was reopened") % days
    else:
        stood = _("Stood from %(since)s to %(to)s") % days
    if corrected:
        return _("%(stood)s; corrected on %(corrected)s") % {
            "stood": stood,
            "corrected": days["corrected"],
        }
    return stood


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


def place(event: Mapping[str, Any]) -> tuple[str, int, str]:
    """Sort key. What falls due does so at the end of its period; the rest begins at its start."""
    edges = event["date_first"], event["date_last"]
    known = edges[1] or edges[0] if event["type"] == "due" else edges[0] or edges[1]
    recorded = event["recorded_at"] or ""
    return known or recorded[:10] or str(date.max), _RANKS[event["type"]], recorded


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(record: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    return _event(
        "said",
        record["said_on"],
        record["quote"] or record["statement"],
        sources=[sources[record["source"]]] if record["source"] else [],
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
    elif assessment["reopens"]:
        kind = "reopening"
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
