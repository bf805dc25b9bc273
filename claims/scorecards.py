"""Scorecards: how the claims of a speaker, an organisation or a collection came out, in counts.

Each count is a cell that names the list's filters it is the length of. There is no single score
and no ranking: what is left out of a share is counted beside it, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

from django.db.models import Count

from claims.as_of import AsOf
from claims.choices import DueBasis, Outcome
from claims.filters import ClaimFilter

LEAST_CLOSED = 5  # claims; of fewer no share is given
# Outcomes that say how a claim came out; the others say that this cannot be said.
SCORED = (
    Outcome.BORNE_OUT,
    Outcome.BORNE_OUT_LATE,
    Outcome.PARTLY_BORNE_OUT,
    Outcome.NOT_BORNE_OUT,
)
Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval

Asked = Mapping[str, str]  # filters of the list, by parameter


@dataclass(frozen=True)
class Cell:
    """So many claims; `asked` are the filters whose list has as many."""

    count: int
    asked: Asked


@dataclass(frozen=True)
class Share:
    """`part` out of `whole`, with the 95 % interval of E. B. Wilson (1927); None where the whole
    is less than `LEAST_CLOSED`."""

    part: Cell
    whole: Cell

    @property
    def share(self) -> float | None:
        return self.part.count / self.whole.count if self.is_told else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.part.count, self.whole.count) if self.is_told else None

    @property
    def is_told(self) -> bool:
        return self.whole.count >= LEAST_CLOSED


@dataclass(frozen=True)
class DaysLate:
    """Medians, in days after the last due day, of the least and of the most that the dates of
    those `claims` allow; None where no claim has such a bound."""

    claims: Cell
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Scorecard:
    claims: Cell
    closed: Cell
    outcomes: Mapping[str, Cell]
    excluded: Mapping[str, Cell]  # closed, but in no share: why
    open: Mapping[str, Cell]  # by who dated them; "none": nobody
    overdue: Mapping[str, Cell]
    possibly_overdue: Mapping[str, Cell]
    borne_out: Share
    borne_out_or_late: Share
    days_late: DaysLate
    deadlines_moved: Cell


def scorecard(asked: Asked, moves: Asked, moment: AsOf | None) -> Scorecard:
    """The scorecard of the claims that `asked` filters for, which are valid filters.

    `moves` filters for the claims whose moved deadlines count, however chains are counted;
    `moment` is what an `as_of` in both has become. Three queries.
    """
    filters = _valid(asked, moment)
    scored = ",".join(SCORED)
    fresh = {"stale": "false"}
    overdue, possibly = {"overdue": "true"}, {"possibly_overdue": "true"}
    wanted: dict[str, Asked] = {
        "claims": {},
        "closed": {"closed": "true"},
        **{outcome: {"outcome": outcome} for outcome in Outcome.values},
        "stale": {"outcome": scored, "stale": "true"},
        "scored": {"outcome": scored, **fresh},
        "in time": {"outcome": Outcome.BORNE_OUT.value, **fresh},
        "in time or late": {"outcome": f"{Outcome.BORNE_OUT},{Outcome.BORNE_OUT_LATE}", **fresh},
        "days late": {"outcome": Outcome.BORNE_OUT_LATE.value, "verdict_dated": "true", **fresh},
        **{f"open {basis}": {"closed": "false", **on} for basis, on in _by_basis(undated=True)},
        **{f"overdue {basis}": {**overdue, **on} for basis, on in _by_basis()},
        **{f"possibly {basis}": {**possibly, **on} for basis, on in _by_basis()},
    }
    cells = _cells(filters, asked, wanted)
    moved = {**moves, "deadline_moved": "true"}
    return Scorecard(
        claims=cells["claims"],
        closed=cells["closed"],
        outcomes={outcome: cells[outcome] for outcome in Outcome.values},
        excluded={
            "unverifiable": cells[Outcome.UNVERIFIABLE],
            "void": cells[Outcome.VOID],
            "stale": cells["stale"],
        },
        open={basis: cells[f"open {basis}"] for basis, _on in _by_basis(undated=True)},
        overdue={basis: cells[f"overdue {basis}"] for basis, _on in _by_basis()},
        possibly_overdue={basis: cells[f"possibly {basis}"] for basis, _on in _by_basis()},
        borne_out=Share(cells["in time"], cells["scored"]),
        borne_out_or_late=Share(cells["in time or late"], cells["scored"]),
        days_late=_days_late(cells["days late"], moment),
        deadlines_moved=Cell(_valid(moved, moment).qs.count(), moved),
    )


def _by_basis(*, undated: bool = False) -> Iterable[tuple[str, Asked]]:
    for basis in DueBasis.values:
        yield basis, {"due_basis": basis}
    if undated:
        yield "none", {"has_due": "false"}


def _cells(filters: ClaimFilter, asked: Asked, wanted: Mapping[str, Asked]) -> dict[str, Cell]:
    """Count what each of `wanted` asks for further, in one query over the filtered claims."""
    conditions = {
        f"cell_{number}": _valid(further).conditions(filters.reading)
        for number, further in enumerate(wanted.values())
    }
    counts = filters.qs.aggregate(
        **{name: Count("pk", filter=condition or None) for name, condition in conditions.items()}
    )
    return {
        name: Cell(counts[f"cell_{number}"], {**asked, **further})
        for number, (name, further) in enumerate(wanted.items())
    }


def _valid(asked: Asked, moment: AsOf | None = None) -> ClaimFilter:
    """The filters; with the `moment` that an `as_of` in them has become already."""
    filters = ClaimFilter({**asked, "as_of": moment} if moment else asked)
    if not filters.is_valid():
        raise ValueError(filters.errors)
    return filters


def _days_late(claims: Cell, moment: AsOf | None) -> DaysLate:
    filters = _valid(claims.asked, moment)
    happened = filters.reading.column("verdict__happened_on")
    least, most = [], []
    rows = filters.qs.order_by().values_list(f"{happened}_first", f"{happened}_last", "due_last")
    for first, last, due in rows.iterator():
        if due and first:
            # What was judged late was late by a day at least.
            least.append(max(1, _days(due, first)))
        if due and last:
            most.append(max(1, _days(due, last)))
    return DaysLate(claims, median(least) if least else None, median(most) if most else None)


def _days(due: date, happened: date) -> int:
    return (happened - due).days


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The score interval of E. B. Wilson (1927) for `part` out of `whole`, at 95 %.

    `whole` is at least 1.
    """
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
