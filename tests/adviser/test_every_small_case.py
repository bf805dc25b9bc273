"""Certain stays certain or becomes a conflict: gone through for every case of up to three."""

from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from claims.adviser import advise
from tests.adviser.claims import assertion, figure, promise, seen

DAYS = ["2020-06-01", "2020-12-31", "2021-03-01", "2020-12", "2020/2021", "2020~", None]
STANCES = ["supports", "contradicts"]
OBSERVED = [
    *(seen(stance, day) for stance, day in product(STANCES, DAYS)),
    *(figure("eq 2100 m", day) for day in DAYS[:5]),
    *(figure("eq 1 km", day, "contradicts") for day in DAYS[:5]),
    figure("gt 1 km", "2020-06-01"),
    figure("eq 5 km", "2020-06-01", "context"),
    seen("contradicts", "2020-12-31", kind="fact_check"),
    seen("context", "2021-03-01", kind="search"),
]
TODAY = date(2021, 6, 1)


@pytest.mark.parametrize("quantity", ["", "gte 2 km"])
@pytest.mark.parametrize("mode", ["by", "at", "throughout", ""])
def test_certain_stays_certain_or_becomes_a_conflict(mode, quantity):
    figures = {"quantity": quantity} if quantity else {}
    facts = promise(due_mode=mode, **figures) if mode else assertion(**figures)
    certain = 0
    for before in [[each] for each in OBSERVED] + list(combinations_with_replacement(OBSERVED, 2)):
        first = advise(facts, before, TODAY)
        if first.certainty != "certain":
            continue
        certain += 1
        for added in OBSERVED:
            then = advise(facts, [*before, added], TODAY)
            same = (then.outcome, then.certainty) == (first.outcome, "certain")
            assert same or (then.outcome is None and then.conflicting), (before, added)
    assert certain > 20
