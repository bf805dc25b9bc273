"""The figures of a run: ratios, their spread, and whether they are what was wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import Round

MEGABYTE = 1_000_000
MORE_MEMORY = 20 * MEGABYTE  # that the largest import may take over the smallest
MOST_MEMORY = 200 * MEGABYTE  # of a worker, or of an export's process, whatever is asked
FIRST_BYTE = 0.1  # seconds
START_UP = 2  # seconds
GROWTH = 1.5  # times as long as over the fewest claims that a filter may take over the most

# By question: how many times as many answers a second as a contender the product is to give.
FASTER = {
    "list": {PLAIN_DRF: 8},
    "list by speaker": {PLAIN_DRF: 8},
    "list by status": {PLAIN_DRF: 8},
    "list by topic": {PLAIN_DRF: 8},
    "list due in 2020": {PLAIN_DRF: 8},
    "list by figure": {PLAIN_DRF: 8},
    "detail": {PLAIN_DRF: 10, BARE: 0.15},
    "timeline": {PLAIN_DRF: 10, BARE: 0.15},
}
# By question: at most how many times as long as another of the product's it is to take.
WITHIN = {
    "list, deep pages": ("list", 1.2),
    "stats by status": ("detail", 2),
    "search, every claim": ("detail", 10),
    "search, 10.0% of claims": ("detail", 10),
    "search, 1.0% of claims": ("detail", 10),
    "search, 0.1% of claims": ("detail", 10),
    "search, a handful": ("detail", 10),
}

Rounds = Mapping[str, Sequence[Round]]  # by contender
Measured = Mapping[str, Rounds]  # by question


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


def times_as_long(rounds: Sequence[Round], others: Sequence[Round]) -> Spread:
    """The median latency over that of other rounds, one by one."""
    pairs = zip(rounds, others, strict=True)
    return Spread.of([each.median / other.median for each, other in pairs])


def latency(rounds: Sequence[Round]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds, over all rounds."""
    cuts = quantiles([each for spell in rounds for each in spell.latencies], n=100)
    return cuts[49] * 1_000, cuts[98] * 1_000


def verdict(met: bool, text: str) -> str:
    return f"{'met    ' if met else 'NOT MET'}  {text}"


def table(measured: Measured) -> str:
    """Requests a second, with p50/p99 in milliseconds, and the ratios."""
    contenders = (PRODUCT, PLAIN_DRF, BARE)
    heads = ["", *(f"{name} a second, ms" for name in contenders), *_heads_of_ratios()]
    lines = [heads]
    for question, rounds in measured.items():
        speeds = [
            "{}, {}/{}".format(per_second(rounds[name]), *map(_short, latency(rounds[name])))
            if name in rounds
            else ""
            for name in contenders
        ]
        ratios = [str(ratio(rounds, name)) if name in rounds else "" for name in (PLAIN_DRF, BARE)]
        lines.append([question, *speeds, *ratios])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _heads_of_ratios() -> Iterable[str]:
    return f"× {PLAIN_DRF}", f"× {BARE}"


def reads(measured: Measured) -> list[str]:
    """A line for each target of reading: met or not."""
    lines = []
    for question, wanted in FASTER.items():
        for contender, least in wanted.items():
            found = ratio(measured[question], contender)
            text = f"{question}: {found} times {contender}, at least {least} wanted"
            lines.append(verdict(found.median >= least, text))
    for question, (other, most) in WITHIN.items():
        found = times_as_long(measured[question][PRODUCT], measured[other][PRODUCT])
        text = f"{question}: {found} times as long as {other}, at most {most} wanted"
        lines.append(verdict(found.median <= most, text))
    return lines


def growth(by_filter: Mapping[str, Sequence[Sequence[Round]]], sizes: Sequence[int]) -> list[str]:
    """A line for each filter that takes longer over more claims, and one for the target."""
    found = {
        name: times_as_long(rounds[-1], rounds[0])
        for name, rounds in sorted(by_filter.items(), key=lambda each: -latency(each[1][-1])[0])
    }
    grown = [name for name, each in found.items() if each.median > GROWTH]
    lines = [
        f"grows    {name}: {found[name]} times as long, "
        + " and ".join(f"{_short(latency(rounds)[0])} ms" for rounds in by_filter[name])
        for name in grown
    ]
    text = (
        f"{len(found) - len(grown)} of {len(found)} filters take at most {GROWTH} times as long"
        f" over {sizes[-1]:,} claims as over {sizes[0]:,}"
    )
    return [*lines, verdict(not grown, text)]


def servers(start_up: Mapping[str, float], memory: Mapping[str, int | None]) -> list[str]:
    started = ", ".join(f"{name} {_short(seconds)} s" for name, seconds in start_up.items())
    peaks = ", ".join(f"{name} {_megabytes(peak)}" for name, peak in memory.items() if peak)
    lines = [
        f"start-up, to the first answer: {started}",
        f"peak memory of a worker: {peaks or 'not told here'}",
        verdict(start_up[PRODUCT] <= START_UP, f"start-up: at most {START_UP} s wanted"),
    ]
    if peak := memory[PRODUCT]:
        text = f"memory of a worker: {_megabytes(peak)}, at most {_megabytes(MOST_MEMORY)} wanted"
        lines.append(verdict(peak <= MOST_MEMORY, text))
    return lines


def heavy(asked: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A line for each of the answers that take long, and one for what the worker took for all."""
    lines = [
        f"heavy    {name}: {_short(each['bytes'] / MEGABYTE)} MB in {_short(each['seconds'])} s,"
        f" first byte after {_short(each['first_byte'])} s, the worker then at"
        f" {_megabytes(each['peak_memory'])}"
        for name, each in asked.items()
    ]
    late = [name for name, each in asked.items() if each["streams"] and each["first_byte"] > 0.1]
    text = f"downloads: first byte within {FIRST_BYTE} s"
    lines.append(verdict(not late, text + (f", but for {', '.join(late)}" if late else "")))
    peak = max(each["peak_memory"] or 0 for each in asked.values())
    text = f"memory of a worker after them: {_megabytes(peak)}, {_megabytes(MOST_MEMORY)} wanted"
    return [*lines, verdict(peak <= MOST_MEMORY, text)]


def plans(whole: Mapping[str, Sequence[str]]) -> list[str]:
    """A line for each question that reads a large table whole, or one that says that none does."""
    lines = [
        f"WHOLE TABLE  {name}: {', '.join(tables)}" for name, tables in whole.items() if tables
    ]
    return [*lines, verdict(not lines, f"on indexes: the plans of all {len(whole)} questions")]


def indexes(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """The size of each index, and those that nothing asked here has read."""
    total = sum(each["bytes"] for each in found)
    lines = [f"indexes  {len(found)}, {_megabytes(total)}"]
    for each in sorted(found, key=lambda index: -index["bytes"])[:30]:
        reads = "" if each["scans"] is None else f", read {each['scans']:,} times"
        lines.append(f"         {each['name']}: {_megabytes(each['bytes'])}{reads}")
    unread = [each["name"] for each in found if each["scans"] == 0 and not each["unique"]]
    if unread:
        lines.append(f"unread   {', '.join(unread)}")
    return lines


def exports(made: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A line for each export, and one for each of its targets: met or not."""
    lines = []
    for name, each in made.items():
        lines.append(
            f"export   {name}: {_short(each['rows'] / each['seconds'])} rows a second,"
            f" first byte after {_short(each['first_byte'])} s,"
            f" peak memory {_megabytes(each['peak_memory'])}"
        )
        if of_the_tool := each.get("of_the_tool"):
            text = f"{name}: {_short(of_the_tool)} of the speed of the engine's own tool"
            met = of_the_tool >= each["wanted"]
            lines.append(verdict(met, f"{text}, at least {each['wanted']} wanted"))
        if each["peak_memory"] > MOST_MEMORY:
            lines.append(verdict(False, f"{name}: more than {_megabytes(MOST_MEMORY)}"))
    return lines


def imports(made: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each size of an import, and one for each target: met or not. The last size is
    the largest: it is the one that is to be quick, and to take no more memory than the first."""
    lines = [
        f"import   {each['claims']:,} claims: {_short(each['claims'] / each['seconds'])} a second,"
        f" peak memory {_megabytes(each['peak_memory'])}"
        for each in made
    ]
    last, wanted = made[-1], made[-1]["wanted"]
    if wanted:
        met = last["claims"] / last["seconds"] >= wanted
        lines.append(verdict(met, f"import: at least {wanted:,} claims a second wanted"))
    met = last["peak_memory"] <= made[0]["peak_memory"] + MORE_MEMORY
    text = f"import: at most {_megabytes(MORE_MEMORY)} more for the largest wanted"
    return [*lines, verdict(met, text)]


def writes(made: Mapping[str, Any]) -> list[str]:
    """How fast single verdicts went, and what the feed's reader saw of them."""
    entries = _short(made["feed"]["entries_per_second"])
    lines = [
        f"verdicts {_short(made['per_second'])} a second, p50 {_short(made['p50'] * 1_000)} ms,"
        f" p99 {_short(made['p99'] * 1_000)} ms",
        verdict(made["gapless"], f"the feed meanwhile: all {made['verdicts']:,} without a gap"),
        f"feed     from its beginning: {entries} entries a second",
    ]
    if made["wanted"]:
        met = made["per_second"] >= made["wanted"]
        lines.append(verdict(met, f"verdicts: at least {made['wanted']} a second wanted"))
    return lines


def figures(measured: Measured) -> dict[str, Any]:
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


def _megabytes(number: float) -> str:
    return f"{number / MEGABYTE:,.0f} MB"


def _short(number: float) -> str:
    """Three digits, or all before the point."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
