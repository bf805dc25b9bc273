"""The corrections: where an assessment of ours was wrong, what it said, and what we say now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request

from claims.choices import status_label
from claims.models import Assessment, instant

from . import schema
from .across_claims import AcrossClaimsViewSet
from .answers import CorrectionSerializer

_SAID = ("uid", "outcome", "progress", "headline", "recorded_at")


class CorrectionViewSet(AcrossClaimsViewSet):
    """Corrections of published claims."""

    queryset = Assessment.objects.corrections()
    columns = (*_SAID, *(f"corrects__{name}" for name in _SAID), "rationale")
    few = True

    @schema.across_claims(
        "Correction",
        CorrectionSerializer,
        "List corrections",
        "Where we were wrong: what was said of a claim, and what is said now. Newest first, under "
        "the filters of the claims. A development is no correction: what it ended was right.",
    )
    def list(self, request: Request) -> HttpResponseBase:
        return self.answer(request)

    def readings(self, rows: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
        for row in rows:
            yield {
                "before": _said(row, "corrects__"),
                "now": _said(row, ""),
                "rationale": row["rationale"],
                "recorded_at": instant(row["recorded_at"]),
            }


def _said(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    said = {name: row[prefix + name] for name in _SAID}
    return said | {
        "uid": str(said["uid"]),
        "label": status_label(row["claim__kind"], said["outcome"] or said["progress"]),
        "recorded_at": instant(said["recorded_at"]),
    }
