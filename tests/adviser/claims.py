"""Claims and observations as the adviser is told of them, written briefly."""

from datetime import date
from itertools import count
from typing import Any

from claims.adviser import ClaimFacts, Observation, Suggestion, advise
from claims.dates import FuzzyDate
from claims.quantities import Quantity

TODAY = date(2026, 1, 1)
_numbers = count(1)


def promise(due: str | None = "2020", due_mode: str = "by", **facts: Any) -> ClaimFacts:
    """Said on 15 January 2020, and due by the end of that year."""
    return ClaimFacts(
        **{
            "kind": "promise",
            "said_on": FuzzyDate.parse(facts.pop("said_on", "2020-01-15")),
            "due": FuzzyDate.parse(due) if due else None,
            "due_mode": due_mode if due else "",
            "due_basis": "stated" if due else "",
            **_values(facts),
        }
    )


def assertion(refers_to: str | None = "2020", **facts: Any) -> ClaimFacts:
    return ClaimFacts(
        kind="assertion",
        said_on=FuzzyDate.parse("2020-10-16"),
        refers_to=FuzzyDate.parse(refers_to) if refers_to else None,
        **_values(facts),
    )


def seen(stance: str = "supports", dated: str | None = "2020-06-01", **facts: Any) -> Observation:
    return Observation(
        **{
            "uid": f"{next(_numbers):04}",
            "kind": "report",
            "stance": stance,
            "summary": "It was seen.",
            "dated": FuzzyDate.parse(dated) if dated else None,
            **_values(facts),
        }
    )


def figure(amount: str, dated: str | None, stance: str | None = None) -> Observation:
    """An observed quantity, filed as supporting unless said otherwise."""
    return seen(stance or "supports", dated, observed=amount)


def ask(
    facts: ClaimFacts, *observations: Observation, today: date = TODAY, **more: Any
) -> Suggestion:
    return advise(facts, observations, today, **more)


def answer(facts: ClaimFacts, *observations: Observation, **more: Any) -> tuple[str | None, str]:
    """Outcome and certainty alone."""
    suggestion = ask(facts, *observations, **more)
    return suggestion.outcome, suggestion.certainty


CANNOT_TELL = (None, "cannot_tell")


def _values(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Quantity.parse(value) if name in ("quantity", "observed") else value
        for name, value in facts.items()
    }
