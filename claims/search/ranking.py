"""How well a claim's text answers a query: by the text alone, so that it is the same anywhere."""

from __future__ import annotations

from itertools import pairwise

from .query import Query
from .texts import NAMES, WEIGHTS

MOST_COUNTED = 3  # times a word counts in one line


def score(query: Query, text: str) -> int:
    """The higher, the better, over the lines of `text` and by their weights.

    In a line, each term counts as often as it is there, up to `MOST_COUNTED` times, and once more
    as a whole word. All that is asked for in one line counts twice more, and each two terms of the
    query that stand one behind the other as often again.
    """
    total, weights = 0, [*WEIGHTS.values()]
    for number, line in enumerate(text.split("\n")):
        there = sum(min(line.count(term.spelled), MOST_COUNTED) for term in query.terms)
        if not there:
            continue
        there += sum(_whole(term.spelled) in line for term in query.terms)
        if len(query.wanted) > 1:
            together = all(
                any(term.spelled in line for term in alternatives) for alternatives in query.wanted
            )
            there += 2 * together
            there += 2 * sum(
                f"{_whole(one.spelled)}{other.spelled[1:]}" in line
                for one, other in pairwise(query.terms)
            )
        total += there * (weights[number] if number < len(weights) else NAMES)
    return total


def _whole(spelled: str) -> str:
    return f"{spelled.rstrip()} "
