"""What made claims say: prose of words as frequent as words are, and some whose share is known.

`WORDS` are for questions to search: by the share of claims that have one in statement, quote or
criteria, words that stand nowhere else. Each is put into claims by chance of its own, but for
`HANDFUL`, which so many claims have however many there are.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random

EVERYWHERE = ("the", "speaker", "borne")  # in every claim: its statement, speaker and criteria
WORDS = {
    0.1: ("subsidy", "tariff", "charter", "levy"),
    0.01: ("viaduct", "turbine", "archive", "quarry"),
    0.001: ("seismograph", "planetarium", "funicular", "aqueduct"),
}
RARE, HANDFUL = "quokka", 5

PLACES = ("Northport", "Eastbridge", "Hollow Cray", "Middlemarsh", "Anders Vale", "Lowfield")
THINGS = (
    "ring road",
    "district hospital",
    "water treatment plant",
    "teacher training scheme",
    "regional airport",
    "flood barrier",
    "tram line",
    "housing programme",
    "broadband network",
    "pension reform",
)
DEEDS = ("opened", "funded", "finished", "handed over", "put out to tender", "doubled")
PUBLISHERS = ("The Daily", "Morning Post", "Regional Gazette", "Official Journal", "News Agency")
UNITS = ("people", "percent", "EUR", "km", "units of hardware", "homes", "MW")
PROSE = (
    "according to the plan that the council adopted in the spring session, the work is to be paid "
    "for from the budget of the region and from a loan, and the ministry will publish figures on "
    "what was built, what it cost and who carried it out once every quarter of the year, "
)

_COMMON = PROSE.replace(",", "").split()
_SYLLABLES = tuple(
    f"{a}{b}" for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er")
)
_MADE_UP = 8_000  # words beside the common ones
_LENGTH = 1 << 17  # words of the book


class Book:
    """A long text, the same for the same seed, whose words are Zipf-distributed.

    Prose is cut out of it, which costs no more for many words than for few.
    """

    def __init__(self, seed: int) -> None:
        chance = Random(f"{seed}/book")  # noqa: S311 (reproducible is the point)
        words = [*dict.fromkeys(_COMMON), *_made_up(chance)]
        weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
        drawn = [words[bisect(weights, chance.random() * weights[-1])] for _ in range(_LENGTH)]
        self.text = " ".join(drawn)
        self.starts = [0, *accumulate(len(word) + 1 for word in drawn)]

    def prose(self, chance: Random, words: int) -> str:
        at = int(chance.random() * (_LENGTH - words))
        return self.text[self.starts[at] : self.starts[at + words] - 1]


def _made_up(chance: Random) -> Sequence[str]:
    taken = {RARE, *EVERYWHERE, *(word for words in WORDS.values() for word in words)}
    made = dict.fromkeys(
        "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
        for _ in range(_MADE_UP)
    )
    return [word for word in made if word not in taken]


def planted(chance: Random) -> list[str]:
    """Which of `WORDS` one claim has."""
    return [word for share, words in WORDS.items() for word in words if chance.random() < share]
