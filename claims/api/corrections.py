"""The corrections: where an assessment of ours was wrong, what it said, and what we say now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims.choices import status_label
from claims.documents import as_json
from claims.filters import questions
from claims.models import Assessment, Ledger, instant

from . import schema
from .pagination import PARAMETERS, Ordering, page_of
from .parameters import check_names, claim_filter
from .past import told
from .views import JSON, LEDGER_HEAD

# Assessments are recorded one after the other, so their numbers are in the order of their instants.
ORDERINGS = {"recorded": Ordering("id", int)}
NEWEST_RECORDED = "-recorded"

_SAID = ("uid", "outcome", "progress", "headline", "recorded_at")
_COLUMNS = (
    *_SAID,
    *(f"corrects__{name}" for name in _SAID),
    "rationale",
    "claim__uid",
    "claim__kind",
    "claim__statement",
    "claim__speaker__slug",
    "claim__speaker__name",
)


class CorrectionViewSet(GenericViewSet):
    """Corrections of published claims."""

    queryset = Assessment.objects.corrections()

    @schema.correction_list
    def list(self, request: Request) -> HttpResponse:
        check_names(request.query_params, {*questions(), *PARAMETERS})
        filters = claim_filter(request.query_params)
        # Corrections are few: each is looked at, and its claim found by its number.
        asked = Exists(filters.qs.filter(pk=OuterRef("claim")))
        corrections = self.get_queryset().filter(asked)
        if moment := filters.moment:
            known = {"recorded_at__lte": moment.at} if moment.at else {"pk": None}
            corrections = corrections.filter(**known)
        columns = (LEDGER_HEAD, *_COLUMNS)
        place = moment.place if moment else None
        page = page_of(corrections, request, ORDERINGS, NEWEST_RECORDED, columns, place=place)
        if not page.rows and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        body = {
            "head": page.rows[0][2] if page.rows else Ledger.objects.get().cursor,
            "next": page.next,
            "previous": page.previous,
            **({"as_of": told(moment)} if moment else {}),
            "results": [
                _correction(dict(zip(_COLUMNS, row[3:], strict=True))) for row in page.rows
            ],
        }
        return HttpResponse(as_json(body), content_type=JSON)


def _correction(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "claim": {
            "uid": str(row["claim__uid"]),
            "statement": row["claim__statement"],
            "speaker": {"slug": row["claim__speaker__slug"], "name": row["claim__speaker__name"]},
        },
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
