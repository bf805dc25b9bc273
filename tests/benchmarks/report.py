"""The figures of a run: ratios, their spread, and whether they are what was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import Round

# How many times as many requests as plain DRF the product is to answer.
TARGETS = {"list": 3, "detail": 8}
MORE_MEMORY = 20_000_000  # bytes that the largest import may take over the smallest
MOST_MEMORY = 150_000_000  # bytes of an export's process, however many rows

Rounds = Mapping[str, Sequence[Round]]  # by contender


@dataclass(frozen=True)
class Spread:
    """The median of some rounds, and the furthest from it."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.least)}–{_short(self.most)})"


def per_second(rounds: Sequence[Round]) -> Spread:
    return Spread.of([each.per_second for each in rounds])


def ratio(rounds: Rounds, to: str) -> Spread:
    """Requests a second of the product over those of `to`, round by round."""
    pairs = zip(rounds[PRODUCT], rounds[to], strict=True)
    return Spread.of([ours.per_second / theirs.per_second for ours, theirs in pairs])


def latency(rounds: Sequence[Round]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds, over all rounds."""
    cuts = quantiles([each for spell in rounds for each in spell.latencies], n=100)
    return cuts[49] * 1_000, cuts[98] * 1_000


def table(measured: Mapping[str, Rounds]) -> str:
    """Requests a second, with p50/p99 in milliseconds, and the ratios."""
    heads = [
        "",
        *(f"{name} a second, ms" for name in (PRODUCT, PLAIN_DRF, BARE)),
        f"× {PLAIN_DRF}",
        f"× {BARE}",
    ]
    lines = [heads]
    for question, rounds in measured.items():
        speeds = [
            "{}, {}/{}".format(per_second(rounds[name]), *map(_short, latency(rounds[name])))
            for name in (PRODUCT, PLAIN_DRF, BARE)
        ]
        ratios = [str(ratio(rounds, PLAIN_DRF)), str(ratio(rounds, BARE))]
        lines.append([question, *speeds, *ratios])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def verdicts(measured: Mapping[str, Rounds]) -> list[str]:
    """A line for each target: met or not."""
    lines = []
    for question, wanted in TARGETS.items():
        found = ratio(measured[question], PLAIN_DRF)
        word = "met    " if found.median >= wanted else "NOT MET"
        lines.append(f"{word}  {question}: {found} times {PLAIN_DRF}, at least {wanted} wanted")
    return lines


def plans(whole: Mapping[str, Sequence[str]]) -> list[str]:
    """A line for each question that reads a large table whole, or one that says that none does."""
    lines = [
        f"WHOLE TABLE  {name}: {', '.join(tables)}" for name, tables in whole.items() if tables
    ]
    return lines or [f"met      on indexes: the plans of all {len(whole)} further questions"]


def exports(made: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A line for each export, and one for each of its targets: met or not."""
    lines = []
    for name, each in made.items():
        lines.append(
            f"export   {name}: {_short(each['rows'] / each['seconds'])} rows a second,"
            f" first byte after {_short(each['first_byte'])} s,"
            f" peak memory {each['peak_memory'] / 1e6:.0f} MB"
        )
        if of_the_tool := each.get("of_the_tool"):
            word = "met    " if of_the_tool >= each["wanted"] else "NOT MET"
            lines.append(
                f"{word}  {name}: {_short(of_the_tool)} of the speed of the engine's own tool, at"
                f" least {each['wanted']} wanted"
            )
        if each["peak_memory"] > MOST_MEMORY:
            lines.append(f"NOT MET  {name}: more than {MOST_MEMORY / 1e6:.0f} MB")
    return lines


def imports(made: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each size of an import, and one for each target: met or not. The last size is
    the largest: it is the one that is to be quick, and to take no more memory than the first."""
    lines = [
        f"import   {each['claims']:,} claims: {_short(each['claims'] / each['seconds'])} a second,"
        f" peak memory {each['peak_memory'] / 1e6:.0f} MB"
        for each in made
    ]
    last, wanted = made[-1], made[-1]["wanted"]
    if wanted:
        word = "met    " if last["claims"] / last["seconds"] >= wanted else "NOT MET"
        lines.append(f"{word}  import: at least {wanted:,} claims a second wanted")
    word = "met    " if last["peak_memory"] <= made[0]["peak_memory"] + MORE_MEMORY else "NOT MET"
    lines.append(f"{word}  import: at most {MORE_MEMORY / 1e6:.0f} MB more for the largest wanted")
    return lines


def figures(measured: Mapping[str, Rounds]) -> dict[str, Any]:
    """The same for a machine to read, every round of it."""
    return {
        question: {
            "contenders": {
                name: {
                    "per_second": [each.per_second for each in rounds[name]],
                    "milliseconds": dict(zip(("p50", "p99"), latency(rounds[name]), strict=True)),
                }
                for name in rounds
            },
            "ratios": {name: vars(ratio(rounds, name)) for name in rounds if name != PRODUCT},
        }
        for question, rounds in measured.items()
    }


def _short(number: float) -> str:
    """Three digits, or all before the point."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
