"""The shapes of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from claims.choices import Certainty, Outcome
from claims.dates import FuzzyDate

from .facts import Suggestion
from .findings import Finding, strongest, weakest, why_unclear


def unclear(finding: Finding, bound: FuzzyDate) -> str:
    clause = _("Whether that is of the time that counts, %(bound)s, cannot be told: %(why)s.") % {
        "bound": bound,
        "why": why_unclear(finding.dated, bound),
    }
    return f"{finding.says} {clause}"


def doubted(doubts: Sequence[Finding]) -> Suggestion:
    reason = _("Silence is no answer here, for something speaks the other way:")
    return cannot_tell(
        [reason, *(each.says for each in doubts)], _("What are the facts behind these?")
    )


def conflict(several: Iterable[Finding], why: str = "", ask_first: str = "") -> Suggestion:
    findings = list({each.uid: each for each in several}.values())
    reason = why or _("These conflict: they cannot all be right of the same time.")
    suggestion = cannot_tell(
        [reason, *(each.says for each in findings)], ask_first or _("Which of these is right?")
    )
    return replace(suggestion, conflicting=uids(findings))


def decided(
    outcome: Outcome,
    findings: Sequence[Finding],
    how_sure: Callable[[Finding], Certainty | None],
    reasons: Iterable[str],
) -> Suggestion:
    """By the strongest of the findings: each as sure as what it shows and when it was."""
    sure = strongest(
        weakest(each.strength, how_sure(each) or Certainty.CANNOT_TELL) for each in findings
    )
    return suggest(outcome, sure, reasons, findings)


def suggest(
    outcome: Outcome,
    certainty: Certainty,
    reasons: Iterable[str],
    findings: Sequence[Finding] = (),
    ask_first: str = "",
) -> Suggestion:
    return Suggestion(
        outcome=outcome,
        certainty=certainty,
        reasons=tuple(reasons),
        ask_first=ask_first,
        rests_on=uids(findings),
    )


def cannot_tell(reasons: Iterable[str], ask_first: str = "") -> Suggestion:
    return Suggestion(
        outcome=None, certainty=Certainty.CANNOT_TELL, reasons=tuple(reasons), ask_first=ask_first
    )


def uids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.uid for each in findings))
