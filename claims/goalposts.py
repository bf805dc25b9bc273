"""Goalposts: how the deadline moved along a chain of claims that revise each other.

All days are whole days, positive towards later. As a deadline is a period, a move has two
figures: the fewest days, from the last day of the old period to the first of the new, and the
most, from the first to the last. An open end leaves the figure that needs it None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import DeadlineMove
from claims.dates import FuzzyDate


class Saying(Protocol):
    """A claim of a chain, such as a row of `ClaimQuerySet.chain_of`."""

    @property
    def pk(self) -> int: ...
    @property
    def said_on(self) -> FuzzyDate: ...
    @property
    def due(self) -> FuzzyDate | None: ...
    @property
    def revises_id(self) -> int | None: ...


Said = TypeVar("Said", bound=Saying)


@dataclass(frozen=True, slots=True)
class Move:
    """How a deadline moved. `least` and `most` are days, negative where it moved back."""

    direction: DeadlineMove
    least: int | None = None
    most: int | None = None

    @property
    def moved(self) -> bool:
        """Whether there was a deadline, and now there is another or none."""
        return self.direction not in (DeadlineMove.UNCHANGED, DeadlineMove.SET)


@dataclass(frozen=True, slots=True)
class Revision(Generic[Said]):
    """What one claim made of the deadline of the one that it revises."""

    claim: Said
    revises: Said
    move: Move


@dataclass(frozen=True, slots=True)
class Goalposts(Generic[Said]):
    revisions: Sequence[Revision[Said]]
    total: Move
    """From the first deadline of the chain to the last claim's."""

    @property
    def moved(self) -> int:
        """How many revisions moved the deadline; one that dropped it did, one that set it not."""
        return sum(each.move.moved for each in self.revisions)


def move(old: FuzzyDate | None, new: FuzzyDate | None) -> Move:
    """How a deadline moved from `old` to `new`; None is no deadline.

    The days of a period are taken at its written word; a mark (``~``, ``?``) leaves the direction
    unclear, as overlapping periods do. The same days, however written, are no move.
    """
    if old is None or new is None:
        if old is new:
            return Move(DeadlineMove.UNCHANGED)
        return Move(DeadlineMove.SET if old is None else DeadlineMove.DROPPED)
    if (old.first, old.last) == (new.first, new.last):
        return Move(DeadlineMove.UNCHANGED, 0, 0)
    direction = DeadlineMove.UNCLEAR
    if new.certainly_after(old):
        direction = DeadlineMove.LATER
    elif new.certainly_before(old):
        direction = DeadlineMove.EARLIER
    return Move(direction, _days(old.last, new.first), _days(old.first, new.last))


def _days(begin: date | None, end: date | None) -> int | None:
    return (end - begin).days if begin and end else None


def in_order(claims: Iterable[Said]) -> list[Said]:
    """A chain by the first day each was said, but none before the one that it revises."""
    by_pk = {each.pk: each for each in claims}
    revised_by: defaultdict[int | None, list[Said]] = defaultdict(list)
    for each in by_pk.values():
        revised_by[each.revises_id if each.revises_id in by_pk else None].append(each)
    found: list[Said] = []
    ready: list[tuple[date, int]] = []
    fresh = revised_by[None]
    while fresh or ready:
        for each in fresh:
            heappush(ready, (each.said_on.first or date.min, each.pk))
        _day, pk = heappop(ready)
        found.append(by_pk[pk])
        fresh = revised_by[pk]
    # Links that lead round, from before they were refused: as they come.
    return found + [each for each in by_pk.values() if each not in found]


def goalposts(chain: Sequence[Said]) -> Goalposts[Said]:
    """How the deadline moved along a chain, which is `in_order` and has at least one claim."""
    by_pk = {each.pk: each for each in chain}
    revisions = [
        Revision(each, revised, move(revised.due, each.due))
        for each in chain
        if each.revises_id is not None and (revised := by_pk.get(each.revises_id))
    ]
    first = next((each.due for each in chain if each.due), None)
    return Goalposts(revisions, move(first, chain[-1].due))


def in_words(posts: Goalposts) -> str:
    """ "Deadline moved 2 times, by 180 to 540 days"."""
    if not posts.moved:
        if any(each.move.direction == DeadlineMove.SET for each in posts.revisions):
            return _("A deadline was set, where there was none")
        return _("The deadline has not moved")
    often = ngettext("Deadline moved once", "Deadline moved %(count)d times", posts.moved)
    return _("%(often)s, %(far)s") % {
        "often": often % {"count": posts.moved},
        "far": _how_far(posts.total),
    }


def _how_far(total: Move) -> str:
    least, most = total.least, total.most
    if total.direction == DeadlineMove.DROPPED:
        return _("and was dropped in the end")
    if total.direction == DeadlineMove.UNCHANGED:
        return _("and is back where it was")
    if least is not None and most is not None and least < 0 < most:
        return _("by anything from %(back)d days back to %(on)d days on") % {
            "back": -least,
            "on": most,
        }
    known = sorted(abs(each) for each in (least, most) if each is not None)
    on, back = least is not None and least >= 0, most is not None and most <= 0
    if len(known) == 2:
        span = _span(*known)
    elif known and known[0] and (on or back):
        span = _("at least %(days)s") % {"days": _span(*known, *known)}
    else:
        return _("and nobody can say how far")
    if total.direction == DeadlineMove.UNCLEAR and known[0]:
        span = _("about %(days)s") % {"days": span}
    return (_("back by %(span)s") if back else _("by %(span)s")) % {"span": span}


def _span(least: int, most: int) -> str:
    days = ngettext("%(most)d day", "%(most)d days", most) % {"most": most}
    return days if least == most else _("%(least)d to %(days)s") % {"least": least, "days": days}
