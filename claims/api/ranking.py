"""What a search finds, the best first: the newest thousand, ranked by their texts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from claims.filters import ClaimFilter
from claims.models import Claim
from claims.search import score

from .pagination import CLAIM_ORDERINGS, Cursor, Ordering, Page, cursor_of, size_of

RANK = "rank"
MOST_RANKED = 1_000  # claims

_PLACE = re.compile(r"([0-9]{1,9}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Rank(Ordering):
    """By a claim's score, then the newest first; a cursor has both."""

    def sorts(self, value: Any) -> bool:
        return isinstance(value, str) and bool(_place(value))


LIST_ORDERINGS = CLAIM_ORDERINGS | {RANK: Rank("score", str)}


class RankedSerializer(serializers.Serializer):
    claims = serializers.IntegerField(help_text="So many were ranked.")
    all = serializers.BooleanField(
        help_text=f"Whether that is all that were found; else the newest {MOST_RANKED:,}."
    )


def is_ranked(params: QueryDict) -> bool:
    """Is the best to come first? Raises ValidationError where that cannot be."""
    ordering = params.get("ordering", "")
    if ordering.removeprefix("-") != RANK:
        return False
    if ordering != RANK:
        raise ValidationError({"ordering": [_("The best comes first: give rank without the -.")]})
    if "search" not in params:
        raise ValidationError({"ordering": [_("Say what to rank by: give search too.")]})
    return True


def ranked_page(
    filters: ClaimFilter, request: Request, columns: tuple[Any, ...]
) -> tuple[Page, Mapping[str, Any]]:
    """A page as `page_of` makes it, and what to tell of the ranking. Two queries.

    A claim's score is made of its own text, so a place in the ranking stays one whatever comes
    and goes between two pages.
    """
    params = request.query_params
    cursor, size = cursor_of(params, LIST_ORDERINGS, RANK), size_of(params)
    query = filters.form.cleaned_data["search"]
    newest_first = CLAIM_ORDERINGS["said_on"].order_by(descending=True)
    found = list(
        filters.qs.order_by(*newest_first).values_list("said_on_first", "pk", "search_text__text")[
            : MOST_RANKED + 1
        ]
    )
    places = sorted(
        ((score(query, text), said, pk) for said, pk, text in found[:MOST_RANKED]), reverse=True
    )
    more_before = more_behind = False
    if cursor is None:
        chosen = places[: size + 1]
        more_behind = len(chosen) > size
    else:
        points, said = _place(str(cursor.value))
        start = (points, said, cursor.pk)
        if cursor.backwards:
            before = [place for place in places if place > start]
            chosen, more_behind, more_before = before[-size:], True, len(before) > size
        else:
            chosen = [place for place in places if place < start][: size + 1]
            more_behind, more_before = len(chosen) > size, True
    chosen = chosen[:size]
    # Between the two queries a claim may leave the public.
    claims = Claim.objects.all() if filters.moment else Claim.objects.published()
    texts = {
        row[0]: row[1:]
        for row in claims.filter(pk__in=[pk for *_rest, pk in chosen]).values_list("pk", *columns)
    }
    rows = [(f"{points} {said}", pk, *texts[pk]) for points, said, pk in chosen if pk in texts]

    def address(place: tuple[int, date, int], *, back: bool) -> str:
        points, said, pk = place
        told = Cursor(RANK, f"{points} {said}", pk, back)
        of_page = replace_query_param(request.build_absolute_uri(), "cursor", str(told))
        moment = filters.moment
        return replace_query_param(of_page, "as_of", moment.place) if moment else of_page

    return Page(
        rows,
        next=address(chosen[-1], back=False) if chosen and more_behind else None,
        previous=address(chosen[0], back=True) if chosen and more_before else None,
    ), {"ranked": {"claims": min(len(found), MOST_RANKED), "all": len(found) <= MOST_RANKED}}


def _place(text: str) -> tuple[int, date]:
    """The score and the day in a cursor. Raises ValueError."""
    match = _PLACE.fullmatch(text)
    if not match:
        raise ValueError(text)
    return int(match[1]), date.fromisoformat(match[2])
