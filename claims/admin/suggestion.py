"""The box beside the verdict form: what the evidence suggests. It fills nothing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.adviser import CONDITION_AROSE, ClaimFacts, advise, observations_of
from claims.choices import status_label
from claims.models import Claim, today


def suggestion_context(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What the box shows; ``?condition=arose`` or ``never_arose`` answers its first question."""
    answer = request.GET.get("condition", "")
    suggestion = advise(
        ClaimFacts.of(claim),
        observations_of(claim.evidence.all()),
        today(),
        condition_arose=CONDITION_AROSE.get(answer),
    )
    outcome = suggestion.outcome
    return {
        "suggestion": suggestion,
        "suggested": status_label(claim.kind, outcome) if outcome else _("Cannot tell"),
        "condition_answer": answer if answer in CONDITION_AROSE else "",
    }
