"""The assessments of a dossier: recorded in their order, or there and the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import Operation
from claims.models import Assessment, Evidence

from .assessments import fill_in
from .claims import Fate
from .dossier import CLAIM, DossierAssessment, Place
from .guard import cleaned
from .rules import assessment_faults, stands_with

if TYPE_CHECKING:
    from .dossier_plans import Plan, Planner


def plan_assessments(planner: Planner, plan: Plan) -> None:
    claim = plan.claim
    if not plan.dossier.assessments:
        return
    evidence = {each.uid: each for each in claim.evidence.all()}
    known = {each.uid: each for each in claim.assessments.all()}
    faulty = _uids_at_fault(plan)
    for at, part in enumerate(plan.dossier.assessments):
        place = ("assessments", at)
        if fault := planner.fault_of_uid(plan, "assessments", part.uid):
            plan.refuse(place, fault)
        elif there := known.get(part.uid):
            _compare(plan, place, part, there)
        elif faulty.isdisjoint((*part.evidence, part.corrects)):
            cited = [evidence[uid] for uid in dict.fromkeys(part.evidence) if uid in evidence]
            if len(cited) < len(set(part.evidence)):
                message = _("Only evidence of this claim can be cited.")
                plan.refuse(place, {"evidence": message})
            elif part.corrects and part.corrects not in known:
                message = _("That is an assessment of another claim.")
                plan.refuse(place, {"corrects": message})
            elif made := _make(planner, plan, place, part, cited, known):
                known[part.uid] = made
        if place in plan.checked.faults:
            faulty.add(part.uid)


def _uids_at_fault(plan: Plan) -> set[Any]:
    """Parts that are refused already: of what rests on one no more needs to be said."""
    return {
        getattr(plan.dossier, name)[at].uid for name, at in plan.checked.faults if name != CLAIM[0]
    }


def _compare(plan: Plan, place: Place, part: DossierAssessment, there: Assessment) -> None:
    """Refuse what an assessment that is there already does not say."""
    message = _("An assessment is never changed: record a new one, with an id of its own.")
    try:
        values = cleaned(Assessment, {name: value for name, value in part.values.items() if value})
    except ValidationError as error:
        plan.refuse(place, error)
        return
    unsaid = {name: "" for name, value in part.values.items() if not value and name != "cause"}
    differing = [
        name
        for name, value in (unsaid | values).items()
        if not _says(getattr(there, name, None), value, name)
    ]
    if part.evidence and set(part.evidence) != {each.uid for each in there.evidence.all()}:
        differing.append("evidence")
    if part.corrects and part.corrects != (there.corrects and there.corrects.uid):
        differing.append("corrects")
    for name in ("words_revision", "recorded_at"):
        if getattr(part, name) not in (None, getattr(there, name)):
            differing.append(name)
    if differing:
        plan.refuse(place, dict.fromkeys(differing, message))
    else:
        plan.checked.fates[place] = Fate.UNCHANGED


def _says(was: Any, value: Any, name: str) -> bool:
    if was is None and name in Assessment.REDACTABLE:
        return True  # redacted: what it said is not to be told
    return (was or "") == (value or "")


def _make(
    planner: Planner,
    plan: Plan,
    place: Place,
    part: DossierAssessment,
    cited: Sequence[Evidence],
    known: dict[Any, Assessment],
) -> Assessment | None:
    claim, earlier = plan.claim, list(known.values())
    assessment = Assessment(
        pk=next(planner.keys[Assessment]),
        uid=part.uid,
        claim=claim,
        decided_by=planner.actor,
        recorded_at=planner.now,
    )
    values = {**part.values, "corrects": known[part.corrects] if part.corrects else None}
    try:
        faults = fill_in(assessment, values, is_first=not earlier)
    except ValidationError as error:
        plan.refuse(place, error)
        return None
    judged = part.words_revision
    if judged is None and plan.is_new:
        judged = claim.words_revision
    if part.recorded_at is not None and (fault := _instant_fault(planner, part, earlier)):
        faults["recorded_at"] = fault
    if CLAIM not in plan.checked.faults:  # else nothing can be asked about the claim
        faults |= assessment_faults(
            claim,
            assessment,
            cited,
            judged,
            earlier,
            confirmed=part.happened_before_said,
            history=part.recorded_at is not None,
        )
    if faults:
        plan.refuse(place, faults)
        return None
    plan.checked.fates[place] = Fate.CREATED
    assessment.words_revision = judged or 1
    assessment.recorded_at = planner.instant(part.recorded_at)
    _note(planner, plan, assessment, cited)
    return assessment


def _instant_fault(planner: Planner, part: DossierAssessment, earlier: Sequence[Assessment]) -> str:
    if fault := planner.fault_of_instant(part.recorded_at):
        return fault
    newest = earlier[-1].recorded_at if earlier else None
    if newest and part.recorded_at and part.recorded_at < newest:
        return _("The claim's newest assessment is of %(instant)s, and this comes after it.") % {
            "instant": newest.isoformat()
        }
    return ""


def _note(planner: Planner, plan: Plan, assessment: Assessment, cited: Sequence[Evidence]) -> None:
    """Let the claim stand as the assessment has it, in memory."""
    claim = plan.claim
    pks = {each.pk for each in cited}
    cache: dict[str, Any] = claim._prefetched_objects_cache  # type: ignore[attr-defined]
    assessment._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "evidence": [each for each in claim.evidence.all() if each.pk in pks]
    }
    cache["assessments"] = [*claim.assessments.all(), assessment]
    standing = stands_with(claim, assessment)
    for name, value in standing.items():
        setattr(claim, name, value)
    claim.revision += 1
    plan.columns |= standing
    plan.assessments.append(assessment)
    if planner.numbers and not plan.checked.faults:
        planner.note_step(plan, Operation.ASSESS, assessment.cause, None)
