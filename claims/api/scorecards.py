"""Scorecards of speakers, organisations and collections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.choices import DueBasis, Outcome, SpeakerKind
from claims.filter_fields import nearest
from claims.filters import ClaimFilter, questions
from claims.models import Collection, Ledger, Reference, Speaker
from claims.scorecards import LEAST_CLOSED, SCORED, Cell, Share, scorecard

from . import schema
from .answers import AsOfSerializer
from .conditional import by_ledger
from .counts import CellSerializer, cell
from .parameters import check_names, claim_filter
from .past import told

# A parameter of the scorecard, and the list's filter that it is.
FILTERS = {
    "from": "said_from",
    "to": "said_to",
    "kind": "kind",
    "topic": "topic",
    "as_of": "as_of",
}
UNITS = ("claim", "chain")
BY, FOR = "by", "for"  # what they said; what was said for them

_BASES = {basis: CellSerializer() for basis in DueBasis.values}


def _fields(name: str, fields: Mapping[str, serializers.Field]) -> serializers.Serializer:
    return schema.inline_serializer(name, dict(fields))


class ShareSerializer(serializers.Serializer):
    """A part of a whole; the numbers are null where the whole is too small to tell."""

    part = CellSerializer()
    whole = CellSerializer()
    share = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Of the 95 % Wilson interval.")
    high = serializers.FloatField(allow_null=True)


class DaysLateSerializer(serializers.Serializer):
    claims = CellSerializer()
    median_least = serializers.FloatField(
        allow_null=True, help_text="Days after the last due day, by the earliest dates allowed."
    )
    median_most = serializers.FloatField(allow_null=True, help_text="By the latest ones.")


class ScorecardSerializer(serializers.Serializer):
    """No single score: counts, each with its list, and what is left out of the shares."""

    head = serializers.CharField(help_text="The ledger's cursor when counting began.")
    as_of = AsOfSerializer(allow_null=True)
    subject = _fields(
        "ScorecardSubject",
        {
            "type": serializers.ChoiceField(choices=["speaker", "collection"]),
            "slug": serializers.CharField(),
            "name": serializers.CharField(),
            "said": serializers.ChoiceField(choices=[BY, FOR], allow_null=True),
        },
    )
    unit = serializers.ChoiceField(choices=UNITS)
    claims = CellSerializer()
    closed = CellSerializer(help_text="An outcome stands.")
    outcomes = _fields(
        "ScorecardOutcomes", {outcome: CellSerializer() for outcome in Outcome.values}
    )
    excluded = _fields(
        "ScorecardExcluded",
        {why: CellSerializer() for why in ("unverifiable", "void", "stale")},
    )
    open = _fields(
        "ScorecardOpen",
        {**_BASES, "none": CellSerializer(help_text="No due period is given.")},
    )
    overdue = _fields("ScorecardOverdue", _BASES)
    possibly_overdue = _fields("ScorecardPossiblyOverdue", _BASES)
    borne_out = ShareSerializer(help_text="Of the claims that are scored, those borne out in time.")
    borne_out_or_late = ShareSerializer(help_text="Of the same, those borne out at all.")
    days_late = DaysLateSerializer(help_text="Of those borne out late, on a day that is noted.")
    deadlines_moved = CellSerializer(
        help_text="Claims that revise another and are due on other days, or no more. Each move"
        " counts, whatever the unit."
    )


def _describe(summary: str, *more: Any) -> Any:
    known = schema.FILTERS_BY_NAME
    return extend_schema(
        summary=summary,
        description=(
            "Counts of claims, each with the address of the list that is as long. A share is of "
            f"the claims whose outcome is one of {', '.join(SCORED)}, but for the stale ones; it "
            f"is null where there are fewer than {LEAST_CLOSED}. Open and overdue claims are told "
            "apart by who dated them. With `unit=chain`, claims that revise each other count "
            "once, as the first of them was judged."
        ),
        parameters=[
            schema.query("from", {"type": "string"}, questions()["said_from"].help_text),
            schema.query("to", {"type": "string"}, questions()["said_to"].help_text),
            *(known[name] for name in ("kind", "topic", "as_of")),
            schema.query(
                "unit", {"type": "string", "enum": list(UNITS), "default": "claim"}, "What counts."
            ),
            *more,
        ],
        responses={200: ScorecardSerializer, **schema.BAD, **schema.MISSING, **schema.GONE},
    )


class ScorecardView(APIView):
    model: ClassVar[type[Reference]]
    parameters: tuple[str, ...] = (*FILTERS, "unit")

    def about(self, row: Any, params: QueryDict) -> tuple[str, str | None]:
        """The filter that finds its claims, and whether they were said by or for it."""
        raise NotImplementedError

    def answer(self, request: Request, slug: str) -> Response:
        params = request.query_params
        check_names(params, self.parameters)
        row: Any = self.model._default_manager.filter(slug=slug).first()
        if row is None:
            raise NotFound(_("There is nothing with this slug."))
        unit = _one_of(params, "unit", UNITS, "claim")
        found_by, said = self.about(row, params)
        further = {FILTERS[name]: params[name] for name in FILTERS if name in params}
        moves = {found_by: slug, **further}
        asked = moves | {"revises": "false"} if unit == "chain" else moves
        head = Ledger.objects.get().cursor
        filters = _filters(asked)
        if moment := filters.moment:
            moves |= {"as_of": moment.place}
        card = scorecard(filters.asked, moves, moment)
        if not card.claims.count and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)

        address = reverse("claim-list", request=request)

        def told_cell(of: Cell) -> dict[str, Any]:
            return cell(address, of.count, of.asked)

        def cells(several: Mapping[str, Cell]) -> dict[str, Any]:
            return {name: told_cell(each) for name, each in several.items()}

        def share(of: Share) -> dict[str, Any]:
            low, high = of.interval or (None, None)
            return {
                "part": told_cell(of.part),
                "whole": told_cell(of.whole),
                "share": _rounded(of.share),
                "low": _rounded(low),
                "high": _rounded(high),
            }

        return Response(
            {
                "head": head,
                "as_of": filters.moment and told(filters.moment),
                "subject": {
                    "type": str(self.model._meta.model_name),
                    "slug": slug,
                    "name": row.name,
                    "said": said,
                },
                "unit": unit,
                "claims": told_cell(card.claims),
                "closed": told_cell(card.closed),
                "outcomes": cells(card.outcomes),
                "excluded": cells(card.excluded),
                "open": cells(card.open),
                "overdue": cells(card.overdue),
                "possibly_overdue": cells(card.possibly_overdue),
                "borne_out": share(card.borne_out),
                "borne_out_or_late": share(card.borne_out_or_late),
                "days_late": {
                    "claims": told_cell(card.days_late.claims),
                    "median_least": card.days_late.least,
                    "median_most": card.days_late.most,
                },
                "deadlines_moved": told_cell(card.deadlines_moved),
            }
        )


class SpeakerScorecardView(ScorecardView):
    """Of a person, what they said; of an organisation, what was said on its behalf."""

    model = Speaker
    parameters = (*ScorecardView.parameters, "said")

    @_describe(
        "Read how the claims of a speaker or organisation came out",
        schema.query(
            "said",
            {"type": "string", "enum": [BY, FOR]},
            "What they said, or what was said on their behalf; of an organisation `for`, and "
            "else `by`, unless asked.",
        ),
    )
    @by_ledger()
    def get(self, request: Request, slug: str) -> Response:
        return self.answer(request, slug)

    def about(self, row: Any, params: QueryDict) -> tuple[str, str | None]:
        usual = FOR if row.kind == SpeakerKind.ORGANISATION else BY
        said = _one_of(params, "said", (BY, FOR), usual)
        return ("speaker" if said == BY else "on_behalf_of"), said


class CollectionScorecardView(ScorecardView):
    model = Collection

    @_describe("Read how the claims of a collection came out")
    @by_ledger()
    def get(self, request: Request, slug: str) -> Response:
        return self.answer(request, slug)

    def about(self, row: Any, params: QueryDict) -> tuple[str, str | None]:
        return "collection", None


def _one_of(params: QueryDict, name: str, known: tuple[str, ...], default: str) -> str:
    word = params.get(name, default)
    if word not in known:
        message = _("Give one of: %(known)s.%(nearest)s")
        words = {"known": ", ".join(known), "nearest": nearest(word, known)}
        raise ValidationError({name: [message % words]})
    return word


def _filters(asked: Mapping[str, str]) -> ClaimFilter:
    """Those of the list, checked; their faults stand under the scorecard's names."""
    try:
        return claim_filter(asked)
    except ValidationError as refusal:
        faults: Any = refusal.detail
        called = {filter_name: name for name, filter_name in FILTERS.items()}
        raise ValidationError(
            {called.get(name, name): messages for name, messages in faults.items()}
        ) from refusal


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


addresses = [
    path(
        "speakers/<slug:slug>/scorecard/",
        SpeakerScorecardView.as_view(),
        name="speaker-scorecard",
    ),
    path(
        "collections/<slug:slug>/scorecard/",
        CollectionScorecardView.as_view(),
        name="collection-scorecard",
    ),
]
