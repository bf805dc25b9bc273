"""Claims that the public has not seen yet, for those who see them at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims.documents import as_json
from claims.filter_fields import nearest
from claims.models import Claim

from . import schema
from .authentication import AUTHENTICATION
from .conditional import UNCACHED
from .editors_texts import (
    UNPUBLISHED,
    EditorsClaimSerializer,
    editors_texts,
    may_see_drafts,
    with_state,
)
from .pagination import PARAMETERS, Ordering, page_of
from .parameters import check_names
from .views import JSON

# The primary key tells in which order they were drafted.
ORDERINGS = {"drafted": Ordering("pk", int)}


class MaySeeDrafts(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return may_see_drafts(request.user)


class DraftViewSet(GenericViewSet):
    """Drafts, claims in review and those set aside; each is read and written at its own address."""

    queryset = Claim.objects.filter(published_at=None)
    authentication_classes = AUTHENTICATION
    permission_classes = [MaySeeDrafts]

    @extend_schema(
        operation_id="drafts_list",
        summary="List claims that were never public",
        description="For those who see them at the desk. Newest first.",
        parameters=[
            schema.query(
                "editorial_state",
                {"type": "array", "items": {"type": "string", "enum": list(UNPUBLISHED)}},
                "In one of these states.",
            ),
            *schema.paging(list(ORDERINGS), "-drafted"),
        ],
        responses={
            200: schema.envelope(
                "DraftPage",
                {
                    "next": serializers.CharField(allow_null=True),
                    "previous": serializers.CharField(allow_null=True),
                    "results": EditorsClaimSerializer(many=True),
                },
            ),
            **schema.BAD,
            **{key: each for key, each in schema.REFUSED.items() if key[0] in ("401", "403")},
        },
    )
    def list(self, request: Request) -> HttpResponse:
        check_names(request.query_params, (*PARAMETERS, "editorial_state"))
        drafts = self.get_queryset().filter(editorial_state__in=_states(request.query_params))
        page = page_of(drafts, request, ORDERINGS, "-drafted", ())
        by_pk = Claim.objects.with_everything().in_bulk([row[1] for row in page.rows])
        claims = [by_pk[row[1]] for row in page.rows if row[1] in by_pk]
        texts = map(with_state, editors_texts(claims, "summary"), claims)
        envelope = as_json({"next": page.next, "previous": page.previous})
        return HttpResponse(
            f'{envelope[:-1]},"results":[{",".join(texts)}]}}',
            content_type=JSON,
            headers={"Cache-Control": UNCACHED},
        )


def _states(params: QueryDict) -> list[str]:
    """Raises ValidationError."""
    states = str(params.get("editorial_state", ",".join(UNPUBLISHED))).split(",")
    for state in states:
        if state not in UNPUBLISHED:
            raise ValidationError(
                {
                    "editorial_state": [
                        _("“%(word)s” is not one of: %(known)s.%(nearest)s")
                        % {
                            "word": state[:100],
                            "known": ", ".join(UNPUBLISHED),
                            "nearest": nearest(state[:100], UNPUBLISHED),
                        }
                    ]
                }
            )
    return states
