"""What single observations say about a claim, and about when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Certainty, ClaimKind, DueMode, EvidenceKind, Stance
from claims.dates import FuzzyDate
from claims.quantities import Met

from .facts import ClaimFacts, Observation

Reach = Callable[[FuzzyDate | None], Certainty | None]
"""How surely a date is one that counts; None: certainly not."""

# What others say of a claim: worth reading, and nothing to decide by.
_VOICES = {EvidenceKind.FACT_CHECK, EvidenceKind.RESPONSE, EvidenceKind.RETRACTION}
_BY_STANCE = {Stance.SUPPORTS: Met.MET, Stance.CONTRADICTS: Met.NOT_MET}

_RANK = {Certainty.CANNOT_TELL: 0, Certainty.LIKELY: 1, Certainty.CERTAIN: 2}


def weakest(*several: Certainty) -> Certainty:
    return min(several, key=_RANK.__getitem__)


def strongest(several: Iterable[Certainty]) -> Certainty:
    return max(several, key=_RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class Finding:
    """An observation, read for whether it shows the claim met."""

    observation: Observation
    met: Met
    strength: Certainty
    """At most this is shown by it: ``likely`` where the claim names a figure and it does not."""
    says: str
    """The same, as a sentence that names it."""
    decides: bool = True
    figure: bool = False
    """Read from its quantity, not from its stance."""

    @property
    def uid(self) -> str:
        return self.observation.uid

    @property
    def dated(self) -> FuzzyDate | None:
        return self.observation.dated


def read(facts: ClaimFacts, observation: Observation) -> Finding | None:
    """What an observation says; None where it takes no side: a search, or mere context.

    Where claim and observation both have a quantity, `Quantity.compare` decides; where that
    disagrees with the stance it was filed under, one of them is wrong and it cannot tell.
    """
    by_stance = _BY_STANCE.get(Stance(observation.stance))
    figure = facts.quantity is not None and observation.observed is not None
    if observation.kind == EvidenceKind.SEARCH or (by_stance is None and not figure):
        return None
    if facts.quantity and observation.observed:
        met = facts.quantity.compare(observation.observed)
        says = {
            Met.MET: _("%(seen)s observes %(amount)s, which meets %(quantity)s."),
            Met.NOT_MET: _("%(seen)s observes %(amount)s, which does not meet %(quantity)s."),
            Met.CANNOT_TELL: _(
                "%(seen)s observes %(amount)s, of which it cannot be told whether it meets "
                "%(quantity)s."
            ),
        }[met] % {
            "seen": named(observation),
            "amount": observation.observed,
            "quantity": facts.quantity,
        }
        filed = Stance(observation.stance).label
        if by_stance is None:
            says += " " + _("It is filed as context, so it does not decide.")
        elif met not in (by_stance, Met.CANNOT_TELL):
            met = Met.CANNOT_TELL
            says += " " + _("But it is filed under “%(stance)s”.") % {"stance": filed}
    else:
        met = by_stance or Met.CANNOT_TELL
        says = {
            Met.MET: _("%(seen)s supports the claim."),
            Met.NOT_MET: _("%(seen)s contradicts the claim."),
        }[met] % {"seen": named(observation)}
        if facts.quantity:
            says += " " + _("It gives no figure.")
    voice = observation.kind in _VOICES
    if voice:
        says += " " + _("What other desks or the speaker say of it does not decide.")
    return Finding(
        observation,
        met,
        Certainty.CERTAIN if figure or not facts.quantity else Certainty.LIKELY,
        says,
        decides=by_stance is not None and not voice,
        figure=figure,
    )


def named(observation: Observation) -> str:
    """“Report of 2021-09-16 (“The protocol was signed in …”)”."""
    names = {
        "kind": EvidenceKind(observation.kind).label,
        "date": observation.dated,
        "summary": Truncator(observation.summary).chars(70),
    }
    if observation.dated is None:
        return _("%(kind)s without a date (“%(summary)s”)") % names
    return _("%(kind)s of %(date)s (“%(summary)s”)") % names


# When: each answers how surely a date lies where it is asked about, None where certainly not.
# `cannot_tell` is a date that is missing, marked, open or astride an end.


def after_said(dated: FuzzyDate | None, said: FuzzyDate) -> Certainty | None:
    """Nothing that was so before a promise was made has kept or broken it.

    Astride the day, it is likely from after it: that is when people look.
    """
    if dated is None:
        return Certainty.LIKELY
    if dated.certainly_before(said):
        return None
    surely = not said.marked and _surely_in(dated, said.last, None)
    return Certainty.CERTAIN if surely else Certainty.LIKELY


def in_time(dated: FuzzyDate | None, due: FuzzyDate) -> Certainty | None:
    """On or before the last due day, however long before."""
    if dated is None:
        return Certainty.CANNOT_TELL
    if dated.certainly_after(due):
        return None
    surely = not due.marked and _surely_in(dated, None, due.last)
    return Certainty.CERTAIN if surely else Certainty.CANNOT_TELL


def inside(dated: FuzzyDate | None, period: FuzzyDate) -> Certainty | None:
    """Of the period's own days: all that the date may mean."""
    if dated is None:
        return Certainty.CANNOT_TELL
    if dated.certainly_before(period) or dated.certainly_after(period):
        return None
    surely = not period.marked and _surely_in(dated, period.first, period.last)
    return Certainty.CERTAIN if surely else Certainty.CANNOT_TELL


def of_the_time(dated: FuzzyDate | None, time: FuzzyDate) -> Certainty | None:
    """Inside the time; or taking in all of it, as a month's figure does its days: likely so."""
    answer = inside(dated, time)
    if answer != Certainty.CANNOT_TELL or dated is None or dated.marked or time.marked:
        return answer
    if time.first is None or time.last is None or dated.first is None or dated.last is None:
        return answer
    takes_it_in = dated.first <= time.first and time.last <= dated.last
    return Certainty.LIKELY if takes_it_in else answer


def at_the_end(dated: FuzzyDate | None, due: FuzzyDate) -> Certainty | None:
    """For the last due day.

    Certainly so if it is of that very day. Likely so if it is of a period within the due one
    that ends with it (the figure for December, or for 2020, for what was due at the end of
    2020): that is how such figures are published, but it may be of an earlier day of it. A
    longer period that takes in the last day cannot tell; one without that day is not for the end.
    """
    if dated is None or due.last is None or due.marked or dated.marked:
        return Certainty.CANNOT_TELL
    if (dated.last and dated.last < due.last) or (dated.first and dated.first > due.last):
        return None
    if dated.first == dated.last == due.last:
        return Certainty.CERTAIN
    ends_with_it = dated.last == due.last and _surely_in(dated, due.first, due.last)
    return Certainty.LIKELY if ends_with_it else Certainty.CANNOT_TELL


def _surely_in(dated: FuzzyDate, first: date | None, last: date | None) -> bool:
    """Every day it may mean lies from `first` to `last`; None is no bound."""
    return (
        not dated.marked
        and (first is None or (dated.first is not None and dated.first >= first))
        and (last is None or (dated.last is not None and dated.last <= last))
    )


def certainly_apart(one: Finding, other: Finding) -> bool:
    return comes_before(one, other) or comes_before(other, one)


def comes_before(one: Finding, other: Finding) -> bool:
    """Both are dated, and every day of the one lies before every day of the other."""
    return bool(one.dated and other.dated and one.dated.certainly_before(other.dated))


def why_unclear(dated: FuzzyDate | None, bound: FuzzyDate) -> str:
    if dated is None:
        return _("it has no date")
    if dated.marked or bound.marked:
        return _("“~” and “?” leave the days open")
    if None in (dated.first, dated.last):
        return _("it is open at one end")
    return _("some of the days it may mean lie outside")


class Findings:
    """The observations as read, in one order whichever they came in."""

    def __init__(self, facts: ClaimFacts, observations: Iterable[Observation], today: date) -> None:
        self.met: list[Finding] = []
        self.not_met: list[Finding] = []
        self.unclear: list[Finding] = []
        self.aside: list[Finding] = []
        """What takes a side and may not decide."""
        self.searches: list[Observation] = []
        self.left_out: list[str] = []
        """Why others were not looked at."""
        context = 0
        dated_only = facts.kind == ClaimKind.ASSERTION or facts.due_mode == DueMode.AT
        deciding = {
            Met.MET: self.met,
            Met.NOT_MET: self.not_met,
            Met.CANNOT_TELL: self.unclear,
        }
        for each in sorted(observations, key=_when):
            finding = read(facts, each)
            if each.kind == EvidenceKind.SEARCH:
                self.searches.append(each)
            elif finding is None:
                context += 1
            elif each.dated and each.dated.first and each.dated.first > today:
                self.left_out.append(
                    f"{finding.says} {_('That is still to come, and does not count.')}"
                )
            elif not dated_only and after_said(each.dated, facts.said_on) is None:
                was = _("That was before it was said (%(day)s), and does not count.")
                self.left_out.append(f"{finding.says} {was % {'day': facts.said_on}}")
            else:
                (deciding[finding.met] if finding.decides else self.aside).append(finding)
        if context:
            self.left_out.append(
                ngettext(
                    "%(count)d piece of context does not decide.",
                    "%(count)d pieces of context do not decide.",
                    context,
                )
                % {"count": context}
            )

    def doubts(self, expected: Met, reach: Reach) -> list[Finding]:
        """What stands against taking silence for an answer."""
        several = [*self.unclear, *(each for each in self.aside if each.met != expected)]
        return [each for each in several if reach(each.dated)]


def _when(observation: Observation) -> tuple[date, str]:
    first = observation.dated.first if observation.dated else None
    return first or date.max, observation.uid
