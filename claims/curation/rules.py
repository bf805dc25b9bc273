"""The rules of the field, as pure functions over values: no query, no write.

Each returns the faults it finds, by field; an empty dict means that all is well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import (
    UNVERIFIABLE_REASONS,
    AssessmentCause,
    AssessmentReason,
    ClaimKind,
    DueMode,
    EditorialState,
    EvidenceKind,
    Outcome,
    Progress,
    Status,
    allowed_outcomes,
)
from claims.dates import FuzzyDate
from claims.models import Appearance, Assessment, Claim, Evidence, today

Faults = dict[str, str]


def claim_faults(claim: Claim) -> Faults:
    """Is this a claim that can be kept at all, whatever its state?"""
    faults: Faults = {}
    faults |= _said_faults(claim)
    if claim.kind == ClaimKind.ASSERTION:
        for name in ("due", "due_mode", "due_basis"):
            if getattr(claim, name):
                faults[name] = _("An assertion is never due; say what time it refers to instead.")
    elif claim.refers_to:
        faults["refers_to"] = _("Only an assertion refers to a time; say when this is due instead.")
    if claim.due:
        if not claim.due_mode:
            faults["due_mode"] = _("Say what the due period means: by, at or throughout.")
        if not claim.due_basis:
            faults["due_basis"] = _("Say who dated it: stated, inferred, term or ours.")
        if claim.said_on and claim.due.certainly_before(claim.said_on):
            faults["due"] = _("It was due before it was said.")
    elif claim.kind != ClaimKind.ASSERTION:
        for name in ("due_mode", "due_basis"):
            if getattr(claim, name):
                faults[name] = _("This explains a due period, and there is none.")
    return faults | standing_faults(claim)


def standing_faults(claim: Claim) -> Faults:
    """Does what stands of the claim fit its words?"""
    faults = _still_fits(claim) if claim.outcome else {}
    if claim.progress and claim.kind != ClaimKind.PROMISE:
        faults["kind"] = _("Its progress has been noted, which only a promise can have.")
    return faults


def appearance_faults(appearance: Appearance) -> Faults:
    return _said_faults(appearance)


def _newest_day() -> date:
    """The latest day that has begun somewhere: east of Greenwich, tomorrow's."""
    return today() + timedelta(days=1)


def _said_faults(saying: Claim | Appearance) -> Faults:
    if saying.said_on.first is None or saying.said_on.last is None:
        return {"said_on": _("It was said at some time: this needs a first and a last day.")}
    if saying.said_on.first > _newest_day():
        return {"said_on": _("This is still to come; a claim is one that was made.")}
    return {}


def _still_fits(claim: Claim) -> Faults:
    """An edit must not pull the ground from under the outcome that stands."""
    outcome = Outcome(claim.outcome)
    if outcome not in allowed_outcomes(claim.kind):
        return {"kind": _("Its outcome is not one that a claim of this kind can have.")}
    if outcome == Outcome.VOID and not claim.condition:
        return {"condition": _("Its outcome says that this condition never arose.")}
    if outcome == Outcome.BORNE_OUT_LATE and claim.due_mode != DueMode.BY:
        return {"due_mode": _("Its outcome says that it was late, which only “by” can be.")}
    return {}


def publication_faults(claim: Claim) -> Faults:
    """What a claim still lacks before the public may see it."""
    faults: Faults = {}
    if claim.source is None:
        faults["source"] = _("A published claim says where it was said.")
    return faults


def evidence_faults(evidence: Evidence) -> Faults:
    faults: Faults = {}
    if evidence.source is None and evidence.kind != EvidenceKind.SEARCH:
        faults["source"] = _("Evidence has a source, unless it is a search that found nothing.")
    if evidence.original_rating and evidence.kind != EvidenceKind.FACT_CHECK:
        faults["original_rating"] = _("Only another desk's fact-check has a rating of its own.")
    return faults


def replacement_faults(evidence: Collection[Evidence]) -> Faults:
    """May these be all the evidence of one claim?"""
    there = {each.pk for each in evidence}
    replacing = [each for each in evidence if each.replaces_id]
    replaced = {each.replaces_id for each in replacing}
    if not replaced <= there or any(each.pk == each.replaces_id for each in replacing):
        return {"replaces": _("Evidence replaces another piece of the same claim, which stays.")}
    if len(replaced) < len(replacing):
        return {"replaces": _("That evidence has been replaced already.")}
    return {}


def assessment_faults(
    claim: Claim,
    assessment: Assessment,
    evidence: Collection[Evidence],
    judged: int | None,
    earlier: Collection[Assessment],
    *,
    confirmed: bool = False,
    history: bool = False,
) -> Faults:
    """May this assessment be added to the claim?

    `judged` is the words_revision that the assessor had in front of them; `evidence` the rows
    the assessment rests on; `earlier` the claim's assessments so far, oldest first. `confirmed`
    says that what happened before it was said is meant so. `history` was recorded elsewhere, and
    may have judged earlier words, of which nothing is known here that it could be held against.
    """
    faults: Faults = {}
    if claim.editorial_state != EditorialState.PUBLISHED:
        faults["claim"] = _("Only a published claim is assessed; this one is “%(state)s”.") % {
            "state": claim.get_editorial_state_display()
        }
    if not assessment.outcome and not assessment.progress:
        faults["outcome"] = _("Give an outcome, a progress or both.")
    if not (assessment.rationale or "").strip():
        faults["rationale"] = _(
            "Say how you know: a verdict has a rationale, an update a sentence."
        )
    if not evidence:
        faults["evidence"] = _("Name the evidence it rests on.")
    elif not set(evidence) <= set(claim.evidence.all()):
        faults["evidence"] = _("Only evidence of this claim can be cited.")
    elif not assessment.outcome and not any(each.source_id or each.source for each in evidence):
        faults["evidence"] = _("An update needs a source.")
    if judged is None:
        faults["words_revision"] = _("Say which revision of the claim's words was judged.")
    elif history and not 1 <= judged <= claim.words_revision:
        faults["words_revision"] = _("The claim's words are at %(number)d; name 1 to that.") % {
            "number": claim.words_revision
        }
    elif judged != claim.words_revision and not history:
        faults["words_revision"] = _("The claim's words were edited since; judge them as they are.")
    same_words = not history or judged == claim.words_revision
    faults |= _outcome_faults(claim, assessment, same_words)
    faults |= _date_faults(claim, assessment, same_words)
    if not confirmed and same_words and happened_before_said(claim, assessment.happened_on):
        faults["happened_before_said"] = _(
            "This happened before it was said (%(day)s). If that is meant, confirm it here."
        ) % {"day": claim.said_on}
    faults |= _progress_faults(claim, assessment, same_words)
    faults |= _cause_faults(claim, assessment, judged, earlier)
    return faults


def _outcome_faults(claim: Claim, assessment: Assessment, same_words: bool) -> Faults:
    if not assessment.outcome:
        return {}
    faults: Faults = {}
    allowed = allowed_outcomes(claim.kind)
    outcome = Outcome(assessment.outcome)
    if outcome not in allowed:
        faults["outcome"] = _(
            "“%(outcome)s” is not for this kind of claim; choose one of: %(allowed)s."
        ) % {"outcome": outcome, "allowed": ", ".join(allowed)}
    elif outcome == Outcome.VOID and not claim.condition and same_words:
        faults["outcome"] = _("Void says that a condition never arose; this claim states none.")
    elif outcome == Outcome.BORNE_OUT_LATE and claim.due_mode != DueMode.BY and same_words:
        faults["outcome"] = _("Only a claim that is due “by” a date can be borne out late.")
    if assessment.reopens:
        faults["reopens"] = _("An assessment either reopens a claim or gives an outcome.")
    reason = assessment.reason
    if reason and outcome in (Outcome.BORNE_OUT, Outcome.VOID):
        faults["reason"] = _("There is no reason to give for this outcome.")
    elif reason and (AssessmentReason(reason) in UNVERIFIABLE_REASONS) != (
        outcome == Outcome.UNVERIFIABLE
    ):
        faults["reason"] = _(
            "vague, no_data, secret and disputed go with unverifiable, and only so."
        )
    return faults


def happened_before_said(claim: Claim, happened_on: FuzzyDate | None) -> bool:
    """Did it certainly happen before the claim was made? Of what was still to come that is odd
    enough to be asked about; an assertion speaks of what is or was."""
    return (
        happened_on is not None
        and claim.kind != ClaimKind.ASSERTION
        and happened_on.certainly_before(claim.said_on)
    )


def _date_faults(claim: Claim, assessment: Assessment, same_words: bool) -> Faults:
    """A verdict does not contradict the day it gives; marked and straddling dates may be right."""
    happened = assessment.happened_on
    if not happened:
        return {}
    if happened.first and happened.first > _newest_day():
        return {"happened_on": _("This is still to come; say what has happened.")}
    if claim.due is None or claim.due_mode != DueMode.BY or not same_words:
        return {}
    day = {"day": claim.due}
    if assessment.outcome == Outcome.BORNE_OUT and happened.certainly_after(claim.due):
        return {"happened_on": _("This is late: it was due by %(day)s.") % day}
    if assessment.outcome == Outcome.BORNE_OUT_LATE and _certainly_by(happened, claim.due):
        return {"happened_on": _("This is in time: it is due by %(day)s.") % day}
    return {}


def _certainly_by(happened: FuzzyDate, due: FuzzyDate) -> bool:
    """Every day that the one may mean is within or before the other."""
    if happened.marked or due.marked or happened.last is None:
        return False
    return due.last is None or happened.last <= due.last


def _progress_faults(claim: Claim, assessment: Assessment, same_words: bool) -> Faults:
    faults: Faults = {}
    if assessment.progress and claim.kind != ClaimKind.PROMISE and same_words:
        faults["progress"] = _("Only a promise has progress.")
    standing = "" if assessment.reopens else claim.outcome
    if assessment.progress == Progress.DROPPED and not (assessment.outcome or standing):
        faults["outcome"] = _(
            "A promise that is dropped is not_borne_out, with the reason abandoned: "
            "dropping it early clears nobody's record."
        )
    if assessment.reopens and not assessment.progress:
        faults["progress"] = _("Say how it stands now that it is open again.")
    if assessment.reopens and not claim.outcome:
        faults["reopens"] = _("The claim is open already.")
    return faults


def _cause_faults(
    claim: Claim, assessment: Assessment, judged: int | None, earlier: Collection[Assessment]
) -> Faults:
    faults: Faults = {}
    cause, corrects = assessment.cause, assessment.corrects
    if (cause in ("", AssessmentCause.FIRST)) != (not earlier):
        faults["cause"] = (
            _("This is not its first assessment: say why there is another.")
            if earlier
            else _("This is its first assessment.")
        )
    if cause == AssessmentCause.CORRECTION and corrects is None:
        faults["corrects"] = _("Say which assessment was wrong.")
    elif corrects is not None and cause != AssessmentCause.CORRECTION:
        faults["corrects"] = _("Only a correction corrects.")
    elif corrects is not None and corrects.claim_id != claim.pk:
        faults["corrects"] = _("That is an assessment of another claim.")
    standing = standing_verdict(earlier)
    replaces = assessment.outcome or assessment.reopens
    # Of a verdict that noted progress too, that alone may have been wrong.
    if corrects is not None and corrects == standing and not replaces and not corrects.progress:
        faults.setdefault(
            "outcome", _("The verdict that was wrong would still stand: give another, or reopen.")
        )
    repeats = (
        standing is not None
        and assessment.outcome == standing.outcome
        and standing.words_revision == judged
    )
    if repeats and cause not in (AssessmentCause.REAFFIRMATION, AssessmentCause.CORRECTION):
        faults.setdefault("outcome", _("This outcome stands already, on the same words."))
    if cause == AssessmentCause.REAFFIRMATION and (
        standing is None or assessment.outcome != standing.outcome
    ):
        faults.setdefault("cause", _("A reaffirmation repeats the outcome that stands."))
    return faults


def stands_with(claim: Claim, assessment: Assessment) -> dict[str, Any]:
    """What is cached on the claim once this is its newest assessment.

    The outcome is the newest one, unless reopened; the progress is what the newest assessment
    says of it, which may be nothing.
    """
    columns: dict[str, Any] = {"outcome": claim.outcome, "progress": assessment.progress}
    if assessment.outcome or assessment.reopens:
        columns["outcome"] = assessment.outcome
        columns["verdict"] = assessment if assessment.outcome else None
        stale = assessment.words_revision < claim.words_revision
        columns["stale"] = bool(assessment.outcome) and stale
    columns["status"] = columns["outcome"] or assessment.progress or Status.PENDING
    return columns


def standing_verdict(assessments: Collection[Assessment]) -> Assessment | None:
    """The newest with an outcome, unless a later one reopened the claim (oldest come first)."""
    standing = None
    for each in assessments:
        if each.outcome or each.reopens:
            standing = each if each.outcome else None
    return standing


def facts_differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the facts in which two records of one subject differ, but for the counters."""
    counters = {"revision", "words_revision"}
    return sorted(
        name
        for name in (before.keys() | after.keys()) - counters
        if before.get(name) != after.get(name)
    )
