"""What each meaning of due, and what an assertion, makes of the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.choices import Certainty, Outcome
from claims.dates import FuzzyDate
from claims.quantities import Met

from .answers import cannot_tell, conflict, decided, doubted, suggest, uids, unclear
from .facts import ClaimFacts, Suggestion
from .findings import (
    Finding,
    Findings,
    Reach,
    after_said,
    at_the_end,
    certainly_apart,
    comes_before,
    in_time,
    inside,
    of_the_time,
)


def by(due: FuzzyDate, facts: ClaimFacts, found: Findings, today: date) -> Suggestion:
    clashes = [
        (pro, con) for pro in found.met for con in found.not_met if not comes_before(con, pro)
    ]
    if clashes:
        return conflict(each for pair in clashes for each in pair)
    early = [each for each in found.met if in_time(each.dated, due) == Certainty.CERTAIN]
    late = [each for each in found.met if in_time(each.dated, due) is None]
    astride = [each for each in found.met if each not in early and each not in late]
    day = {"due": due, "day": due.last, "said": facts.said_on}

    if early and late and not any(each.figure for each in early):
        why = _("Support comes from both sides of %(day)s, the last day it was due.") % day
        return conflict([*early, *late], why, _("Which of these shows that it was met?"))
    if early:
        when = _("That is in time: it was due by %(due)s.") % day
        straddling = _("That may be from before it was said (%(said)s).") % day
        reasons = [f"{each.says} {when}" for each in early]
        said = {each.uid: after_said(each.dated, facts.said_on) for each in early}
        reasons += [straddling for answer in said.values() if answer != Certainty.CERTAIN][:1]
        return decided(Outcome.BORNE_OUT, early, lambda each: said[each.uid], reasons)
    if astride:
        reasons = [unclear(each, due) for each in astride]
        if late:
            return conflict([*late, *astride], " ".join(reasons))
        return cannot_tell(reasons, _("When exactly was it so, and was that in time?"))
    if late:
        return _late(due, facts, late, found.not_met)

    if over := _not_over(due, today):
        return over
    if doubts := found.doubts(Met.NOT_MET, lambda dated: Certainty.LIKELY):
        return doubted(doubts)
    since = [each for each in found.not_met if _from_the_end_on(each, due)]
    if since:
        when = _("It was due by %(due)s. It may still come late, so this is not certain.") % day
        reasons = [f"{each.says} {when}" for each in since]
        return suggest(Outcome.NOT_BORNE_OUT, Certainty.LIKELY, reasons, since)
    silent = _(
        "Nothing noted shows it met, and the last day it was due, %(day)s, is past. "
        "That is absence of evidence, so it is not certain."
    )
    return suggest(
        Outcome.NOT_BORNE_OUT,
        Certainty.LIKELY,
        [silent % day, *(each.says for each in found.not_met), *_looked(found)],
        ask_first="" if found.searches else _("Has anybody looked? No search is noted."),
    )


def _from_the_end_on(finding: Finding, due: FuzzyDate) -> bool:
    """It is of the last due day or later, whichever day it may mean."""
    dated = finding.dated
    if dated is None or dated.marked or due.marked or dated.first is None or due.last is None:
        return False
    return dated.first >= due.last


def _late(
    due: FuzzyDate, facts: ClaimFacts, late: Sequence[Finding], contrary: Sequence[Finding]
) -> Suggestion:
    """It was met after the last due day, and nothing that may be in time shows it met."""
    short = [each for each in contrary if each.figure and _from_the_end_on(each, due)]

    def how_sure(each: Finding) -> Certainty | None:
        if each.figure and not short:
            return Certainty.LIKELY
        return after_said(each.dated, facts.said_on)

    when = _("That is late: it was due by %(due)s.") % {"due": due}
    reasons = [f"{each.says} {when}" for each in late] + [each.says for each in short]
    if any(each.figure for each in late) and not short:
        reasons.append(
            _(
                "A figure seen late does not show that it was not reached in time: none of the "
                "last due day or later falls short."
            )
        )
    suggestion = decided(Outcome.BORNE_OUT_LATE, late, how_sure, reasons)
    return replace(suggestion, rests_on=uids([*late, *short]))


def throughout(due: FuzzyDate, facts: ClaimFacts, found: Findings, today: date) -> Suggestion:
    within = {each.uid: inside(each.dated, due) for each in found.not_met}
    broken = [each for each in found.not_met if within[each.uid] == Certainty.CERTAIN]
    astride = [each for each in found.not_met if within[each.uid] == Certainty.CANNOT_TELL]
    clashes = [(con, pro) for con in broken for pro in found.met if not certainly_apart(con, pro)]
    if clashes:
        return conflict(each for pair in clashes for each in pair)
    if broken:
        when = _("One such observation within %(due)s decides.") % {"due": due}
        return decided(
            Outcome.NOT_BORNE_OUT,
            broken,
            lambda each: after_said(each.dated, facts.said_on),
            [f"{each.says} {when}" for each in broken],
        )
    if astride:
        reasons = [unclear(each, due) for each in astride]
        return cannot_tell(reasons, _("Was that within the period?"))
    if over := _not_over(due, today):
        return over
    if doubts := found.doubts(Met.MET, lambda dated: inside(dated, due)):
        return doubted(doubts)
    silent = _(
        "Nothing noted speaks against it to the end of %(due)s. Nobody sees every day, so it is "
        "not certain."
    )
    held = [each for each in found.met if inside(each.dated, due) == Certainty.CERTAIN]
    return suggest(
        Outcome.BORNE_OUT,
        Certainty.LIKELY,
        [silent % {"due": due}, *(each.says for each in held), *_looked(found)],
        held,
        "" if held or found.searches else _("Has anybody looked? No search is noted."),
    )


def at(due: FuzzyDate, found: Findings, today: date) -> Suggestion:
    if due.last is None:
        return cannot_tell([_("Its due period, %(due)s, has no end.") % {"due": due}])
    if today < due.last:
        return _pending(due)
    ask = _("How was it on %(day)s, the last day of %(due)s?") % {"day": due.last, "due": due}
    return _for_a_time(due, found, lambda dated: at_the_end(dated, due), ask)


def assertion(facts: ClaimFacts, found: Findings) -> Suggestion:
    time = facts.refers_to
    if time is None:
        ask = _("What time does it speak of?")
        return cannot_tell([_("It does not say what time it refers to.")], ask)
    ask = _("What shows how it was at that time, %(time)s?") % {"time": time}
    return _for_a_time(time, found, lambda dated: of_the_time(dated, time), ask)


def _for_a_time(time: FuzzyDate, found: Findings, reach: Reach, ask: str) -> Suggestion:
    """What is for the time decides, all of it together: silence says nothing."""
    met = [each for each in found.met if reach(each.dated)]
    not_met = [each for each in found.not_met if reach(each.dated)]
    if met and not_met:
        return conflict([*met, *not_met])
    outcome = Outcome.BORNE_OUT if met else Outcome.NOT_BORNE_OUT
    placed = [each for each in met + not_met if reach(each.dated) != Certainty.CANNOT_TELL]
    if placed:
        when = _("That is for the time it speaks of, %(time)s.") % {"time": time}
        reasons = [f"{each.says} {when}" for each in placed]
        if all(reach(each.dated) == Certainty.LIKELY for each in placed):
            reasons.append(_("But it may be of other days than those, so this is not certain."))
        return decided(outcome, placed, lambda each: reach(each.dated), reasons)
    reasons = [unclear(each, time) for each in met + not_met]
    reasons += [each.says for each in found.unclear + found.aside if reach(each.dated)]
    elsewhere = [each for each in found.met + found.not_met if not reach(each.dated)]
    when = _("That is not for the time that counts, %(time)s.") % {"time": time}
    reasons += [f"{each.says} {when}" for each in elsewhere]
    return cannot_tell(reasons or [_("Nothing noted is for %(time)s.") % {"time": time}], ask)


def _not_over(due: FuzzyDate, today: date) -> Suggestion | None:
    """Silence says nothing before the period is over."""
    if due.last is None or today <= due.last:
        return _pending(due)
    if due.marked:
        reason = _("Whether %(due)s is over cannot be told: “~” and “?” leave its end open.")
        return cannot_tell([reason % {"due": due}])
    return None


def _pending(due: FuzzyDate) -> Suggestion:
    return cannot_tell(
        [
            _("The due period, %(due)s, is not over: nothing that decides is known yet.")
            % {"due": due}
        ]
    )


def _looked(found: Findings) -> list[str]:
    looked = _("We searched (%(date)s) and found nothing: “%(summary)s”.")
    return [
        looked % {"date": each.dated or _("no date"), "summary": Truncator(each.summary).chars(70)}
        for each in found.searches
    ]
