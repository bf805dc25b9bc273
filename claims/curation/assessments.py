"""Assessments: verdicts and updates on published claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import AssessmentCause, Operation
from claims.models import Assessment, AssessmentEvidence, Claim, Evidence

from .guard import StaleRevision, assign, attempt, refuse_faulty, refuse_taken
from .ledger import locked_ledger
from .rules import assessment_faults, stands_with
from .settlement import bring, hold, in_public, load, settle


@dataclass(frozen=True, kw_only=True)
class AssessmentWrite:
    """An assessment to record, with the revision and the words its assessor had before them.

    `values` are columns of `Assessment`; a cause left out is `first` on a claim that has none.
    `happened_before_said` confirms that this is meant: unconfirmed, a happened_on certainly
    before a promise or prediction was made is refused.
    """

    claim: Claim
    revision: int | None
    words_revision: int | None
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: Sequence[Evidence] = ()
    uid: UUID | None = None
    happened_before_said: bool = False


def assess(writes: Sequence[AssessmentWrite], *, actor: str) -> list[Assessment]:
    """Record assessments in one transaction: all of them, or none; one a claim.

    Raises `BatchRefused` with the faults of each by field, or its `StaleRevision`.
    """
    with locked_ledger():
        known = load([write.claim for write in writes])
        before = in_public(list(known.values()))
        planned = [attempt(_plan, write, known[write.claim.pk], actor) for write in writes]
        refuse_faulty(planned)
        refuse_taken(Assessment, "uid", [[write.uid] for write in writes])
        assessments: list[Assessment] = Assessment.objects.bulk_create(planned)
        AssessmentEvidence.objects.bulk_create(
            AssessmentEvidence(assessment=assessment, evidence=each)
            for assessment, write in zip(assessments, writes, strict=True)
            for each in dict.fromkeys(write.evidence)
        )
        of_claim = dict(zip(known, assessments, strict=True))
        columns = {pk: stands_with(known[pk], each) for pk, each in of_claim.items()}
        for write in writes:
            claim = known[write.claim.pk]
            bring(claim, write.revision, columns[claim.pk])
            _add_to(claim, of_claim[claim.pk], write.evidence)
        settle(
            known,
            before,
            lambda claim, differing: (Operation.ASSESS, of_claim[claim.pk].cause),
            actor=actor,
            columns=columns,
        )
        return assessments


def _plan(write: AssessmentWrite, claim: Claim, actor: str) -> Assessment:
    if write.revision not in (None, claim.revision):
        raise StaleRevision  # its writer has not seen what the rules are asked about
    earlier = list(claim.assessments.all())
    assessment = Assessment(uid=write.uid or uuid4())
    missing = fill_in(assessment, write.values, is_first=not earlier)
    if write.revision is None:
        missing["revision"] = _("Say which revision of the claim was seen.")
    faults = assessment_faults(
        claim,
        assessment,
        write.evidence,
        write.words_revision,
        earlier,
        confirmed=write.happened_before_said,
    )
    if missing or faults:
        raise ValidationError(missing | faults)
    assessment.claim = claim
    assessment.words_revision = claim.words_revision
    assessment.decided_by = actor
    assessment.recorded_at = timezone.now()
    return assessment


def fill_in(assessment: Assessment, values: Mapping[str, Any], *, is_first: bool) -> dict[str, Any]:
    """Put values on a new assessment; returns the faults of those that are missing.

    Raises ValidationError where no rule can be asked about a value, since it is none.
    """
    first = {"cause": AssessmentCause.FIRST} if is_first else {}
    try:
        assign(assessment, first | {name: value for name, value in values.items() if value})
    except ValidationError as error:
        missing: dict[str, Any] = error.error_dict
        codes = {fault.code for faults in missing.values() for fault in faults}
        if codes - {"required", "blank"}:
            raise
        return missing
    return {}


def _add_to(claim: Claim, assessment: Assessment, cited: Sequence[Evidence]) -> None:
    """Let the claim in memory have it, as if all had been read again."""
    hold(assessment, evidence=[each for each in claim.evidence.all() if each in cited])
    hold(claim, assessments=[*claim.assessments.all(), assessment])
