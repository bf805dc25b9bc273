"""Chains of claims, for Hypothesis and for tables of examples."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from claims.dates import FuzzyDate
from tests.dates.strategies import dates


class Said(NamedTuple):
    """A claim of a chain, with no more than goalposts look at."""

    pk: int
    said_on: FuzzyDate
    due: FuzzyDate | None
    revises_id: int | None


deadlines = st.none() | dates
days = st.dates().map(lambda day: FuzzyDate.parse(day.isoformat()))


def line_of(dues: list[FuzzyDate | None]) -> list[Said]:
    """A chain in which each claim revises the one before it, in order."""
    return [
        Said(number, FuzzyDate.parse("2020"), due, number - 1 if number else None)
        for number, due in enumerate(dues)
    ]


def dues(*texts: str) -> list[FuzzyDate | None]:
    """Deadlines as written; an empty text is none."""
    return [FuzzyDate.parse(text) if text else None for text in texts]


@st.composite
def trees(draw: st.DrawFn) -> list[Said]:
    """The claims of a chain in any order."""
    size = draw(st.integers(1, 8))
    said = [
        Said(
            number,
            draw(dates.filter(lambda each: each.first is not None)),
            draw(deadlines),
            draw(st.integers(0, number - 1)) if number else None,
        )
        for number in range(size)
    ]
    return draw(st.permutations(said))
