"""What the feeds and the calendar share: programs ask for them again and again, as of now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.filters import ClaimFilter, questions
from claims.models import Change

from . import schema
from .parameters import check_names, claim_filter

MOST_OF_A_TITLE = 160  # characters

OF_THE_PAST = ("as_of", "changed")
FILTERS = [name for name in questions() if name not in OF_THE_PAST]

# What XML 1.0 or iCalendar's TEXT cannot hold, and rows may: whoever loads past curation brings
# control characters, and U+FFFE and U+FFFF are let in by it too.
_ILLEGIBLE = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """`text` with U+FFFD for each character that a feed or a calendar cannot hold."""
    return _ILLEGIBLE.sub("\ufffd", text)


def heading(claim: Mapping[str, Any]) -> str:
    """Who said what, on one line and not too long; `claim` is a finished summary."""
    line = " ".join(f"{claim['speaker']['name']}: {claim['statement']}".split())
    return Truncator(line).chars(MOST_OF_A_TITLE)


def name_of(title: str, filters: ClaimFilter) -> str:
    """What a subscription is called in a list of them: with its filters, to tell it apart."""
    asked = ", ".join(f"{name}={value}" for name, value in filters.asked.items())
    name = f"{settings.DESK_NAME}: {title}"
    return f"{name} ({asked})" if asked else name


def source_line(source: Mapping[str, Any]) -> str:
    return f"{source['publisher']}: {source['title']}"


def changed_at(number: str) -> QuerySet[Change, Any]:
    """For a Subquery: when the ledger entry was made whose number is in the column `number`."""
    return Change.objects.filter(number=OuterRef(number)).values("at")[:1]


class OneForm(BaseContentNegotiation):
    """There is one form, so it is sent whatever a reader says it accepts (RFC 9110, 12.4.1)."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        return None

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type or ""


class Subscription(APIView):
    """Public claims of now, under the filters of their list."""

    content_negotiation_class = OneForm
    http_method_names = ["get", "head"]

    def asked(self, request: Request, more: Collection[str] = ()) -> ClaimFilter:
        """The filters of a request, checked as the lists check them."""
        params = request.query_params
        if past := [name for name in OF_THE_PAST if name in params]:
            told = _("Leave this out: one subscribes to what is so now. Lists tell of the past.")
            raise ValidationError({name: [told] for name in past})
        check_names(params, [*FILTERS, *more])
        return claim_filter(params)


def described(
    name: str, media_type: str, summary: str, description: str, *more: OpenApiParameter
) -> Any:
    """Describe a subscription in OpenAPI: under the filters, but none of the past."""
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=description,
        tags=["subscriptions"],
        parameters=[*(schema.FILTERS_BY_NAME[each] for each in FILTERS), *more],
        responses={(200, media_type): OpenApiTypes.STR, **schema.BAD},
    )
