"""What the adviser is told, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from claims.choices import Certainty, Outcome
from claims.dates import FuzzyDate
from claims.models import Claim, Evidence
from claims.quantities import Quantity

CONDITION_AROSE = {"arose": True, "never_arose": False}
"""How a parameter answers whether a claim's condition arose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """The columns of a claim that a suggestion may rest on, under their own names."""

    kind: str
    said_on: FuzzyDate
    due: FuzzyDate | None = None
    due_mode: str = ""
    due_basis: str = ""
    refers_to: FuzzyDate | None = None
    condition: str = ""
    quantity: Quantity | None = None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls(**{field.name: getattr(claim, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One piece of evidence, under the names of its columns."""

    uid: str
    kind: str
    stance: str
    summary: str = ""
    dated: FuzzyDate | None = None
    """When what it shows was so; None where nobody said, which may be any time."""
    observed: Quantity | None = None


def observations_of(evidence: Iterable[Evidence]) -> list[Observation]:
    """All the evidence of one claim, but for what other pieces of it replace."""
    rows = list(evidence)
    replaced = {each.replaces_id for each in rows}
    return [
        Observation(
            uid=str(each.uid),
            kind=each.kind,
            stance=each.stance,
            summary=each.summary,
            dated=each.dated,
            observed=each.observed,
        )
        for each in rows
        if each.pk not in replaced
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed outcome, how sure it is, and why. Sentences are in the reader's language."""

    outcome: Outcome | None
    """One that the claim may have; None exactly where the certainty is ``cannot_tell``."""
    certainty: Certainty
    reasons: tuple[str, ...]
    ask_first: str = ""
    """The question whose answer would help most; empty where there is none."""
    rests_on: tuple[str, ...] = ()
    """Uids of the observations that decide; none where silence does."""
    conflicting: tuple[str, ...] = ()
    """Uids of the observations that cannot all be right; then the outcome is None."""
