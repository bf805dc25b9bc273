"""Exact counts of claims in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.documents import as_json
from claims.filter_fields import nearest
from claims.filters import ClaimFilter, questions
from claims.stats import GROUPINGS, MOST_GROUPS, Stats, are_kept, stats

from . import schema
from .answers import AsOfSerializer
from .conditional import by_ledger, ledger_tag
from .counts import CellSerializer, cell
from .parameters import check_names, claim_filter
from .past import JSON, told

MOST_GROUPINGS = 2


class GroupSerializer(CellSerializer):
    status = serializers.CharField(required=False)
    outcome = serializers.CharField(required=False, allow_null=True, help_text="Null: open.")
    kind = serializers.CharField(required=False)
    topic = serializers.CharField(required=False, allow_null=True, help_text="A slug; null: none.")
    collection = serializers.CharField(required=False, allow_null=True, help_text="Likewise.")
    speaker = serializers.CharField(required=False, help_text="A slug.")
    year_said = serializers.IntegerField(required=False)
    year_due = serializers.IntegerField(
        required=False, allow_null=True, help_text="Of the last due day; null: there is none."
    )


class StatsSerializer(serializers.Serializer):
    head = serializers.CharField(help_text="The ledger's cursor when counting began.")
    as_of = AsOfSerializer(allow_null=True)
    group_by = serializers.ListField(child=serializers.ChoiceField(choices=list(GROUPINGS)))
    claims = CellSerializer(help_text="All that are counted.")
    changed_since = CellSerializer(
        allow_null=True,
        help_text="Of these, those whose record has changed since `as_of`; null with `changed`.",
    )
    results = GroupSerializer(many=True)
    others = schema.inline_serializer(
        "OtherGroups",
        {"groups": serializers.IntegerField(), "count": serializers.IntegerField()},
        help_text=f"What is beyond the largest {MOST_GROUPS:,} groups.",
    )


class StatsView(APIView):
    @extend_schema(
        summary="Count claims in groups",
        description=(
            "Exact, the largest group first, each with the address of its list. A claim with "
            "several topics counts in each of them (of those asked for, where topics are "
            "filtered), and so for collections; in `claims` it counts once."
        ),
        parameters=[
            schema.query(
                "group_by",
                {"type": "array", "items": {"type": "string", "enum": list(GROUPINGS)}},
                "One or two, with a comma between them.",
                required=True,
            ),
            *schema.FILTERS_BY_NAME.values(),
        ],
        responses={200: StatsSerializer, **schema.BAD, **schema.GONE},
    )
    def get(self, request: Request) -> HttpResponseBase:
        check_names(request.query_params, {*questions(), "group_by"})
        group_by = _groupings(request.query_params.get("group_by", ""))
        filters = claim_filter(request.query_params)
        if not are_kept(filters, group_by):
            return self.counted(request, filters, group_by)
        # To ask for the ledger's state first would cost as much again.
        kept = stats(filters, group_by)
        headers = {"ETag": ledger_tag(request, kept.state)}
        return HttpResponse(
            _text(request, filters, group_by, kept), content_type=JSON, headers=headers
        )

    @by_ledger()
    def counted(
        self, request: Request, filters: ClaimFilter, group_by: Sequence[str]
    ) -> HttpResponse:
        counted = stats(filters, group_by)
        if not counted.claims and (unknown := filters.unknown_names()):
            raise ValidationError(unknown)
        return HttpResponse(_text(request, filters, group_by, counted), content_type=JSON)


def _text(request: Request, filters: ClaimFilter, group_by: Sequence[str], counted: Stats) -> str:
    address, asked = reverse("claim-list", request=request), filters.asked
    moment, changed = filters.moment, None
    if moment and "changed" not in asked:
        since = filters.qs.filter(ledger_number__gt=moment.number).count()
        changed = cell(address, since, asked | {"changed": "true"})
    return as_json(
        {
            "head": counted.head,
            "as_of": moment and told(moment),
            "group_by": group_by,
            "claims": cell(address, counted.claims, asked),
            "changed_since": changed,
            "results": [
                {**each.values, **cell(address, each.count, each.asked)} for each in counted.groups
            ],
            "others": {"groups": counted.other_groups, "count": counted.other_claims},
        }
    )


def _groupings(text: str) -> list[str]:
    known: dict[str, Any] = {"known": ", ".join(GROUPINGS)}
    names = text.split(",") if text else []
    for name in names:
        if name not in GROUPINGS:
            message = _("“%(name)s” is not one of: %(known)s.%(nearest)s")
            told_name = {"name": name[:60], "nearest": nearest(name, GROUPINGS)}
            raise ValidationError({"group_by": [message % (known | told_name)]})
    if not 0 < len(names) <= MOST_GROUPINGS or len(set(names)) < len(names):
        raise ValidationError({"group_by": [_("Give one or two of: %(known)s.") % known]})
    return names
