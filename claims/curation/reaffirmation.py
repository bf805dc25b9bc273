"""Reaffirmation: a verdict given again, once the words that it judged were edited."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import AssessmentCause
from claims.models import Assessment, Claim, Evidence

from .assessments import AssessmentWrite, assess
from .ledger import locked_ledger

# What a reaffirmation says again; its rationale is written anew.
SAID_AGAIN = ("outcome", "reason", "headline", "happened_on", "method")


def reaffirm(
    claim: Claim,
    *,
    revision: int | None,
    rationale: str,
    actor: str,
    happened_before_said: bool = False,
) -> Assessment:
    """Give the stale verdict of a claim again, on the same evidence or what replaced it.

    Progress stays as it stands. Raises ValidationError by field where the verdict does not fit
    the new words, and where nothing is stale.
    """
    with locked_ledger():
        verdict = claim.verdict if claim.stale else None
        if verdict is None:
            raise ValidationError(_("No verdict on this claim is stale."))
        (assessment,) = assess(
            [
                AssessmentWrite(
                    claim=claim,
                    revision=revision,
                    words_revision=claim.words_revision,
                    values={
                        **{name: getattr(verdict, name) for name in SAID_AGAIN},
                        "cause": AssessmentCause.REAFFIRMATION,
                        # An entry without progress would clear the claim's.
                        "progress": claim.progress,
                        "rationale": rationale,
                    },
                    evidence=in_force(verdict.evidence.all(), claim),
                    happened_before_said=happened_before_said,
                )
            ],
            actor=actor,
        )
        return assessment


def in_force(cited: Iterable[Evidence], claim: Claim) -> list[Evidence]:
    """The `cited` pieces, each followed to what has replaced it; one that two led to, once."""
    replaced_by = {each.replaces_id: each for each in claim.evidence.filter(replaces__isnull=False)}
    found = []
    for piece in cited:
        passed = {piece.pk}
        while (newer := replaced_by.get(piece.pk)) and newer.pk not in passed:
            passed.add(newer.pk)
            piece = newer
        found.append(piece)
    return list(dict.fromkeys(found))
