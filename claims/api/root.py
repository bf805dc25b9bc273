"""The API's front door: the address of everything that can be asked for without knowing more."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from . import exports, schema
from .parameters import check_names

# By what it is called here: the name of its route, and what it must be asked with.
LISTED = {
    "claims": ("claim-list", ""),
    **{file: (file.replace(".", "-"), "") for file in (view.file for view in exports.VIEWS)},
    "assessments": ("all-assessments-list", ""),
    "corrections": ("correction-list", ""),
    "evidence": ("all-evidence-list", ""),
    "speakers": ("speaker-list", ""),
    "sources": ("source-list", ""),
    "topics": ("topic-list", ""),
    "collections": ("collection-list", ""),
    "stats": ("stats", "?group_by=kind,status"),
    "changes": ("change-list", ""),
    "verdicts.atom": ("verdicts-atom", ""),
    "corrections.atom": ("corrections-atom", ""),
    "claims.atom": ("claims-atom", ""),
    "calendar.ics": ("calendar", ""),
    "schema": ("schema", ""),
    "docs": ("docs", ""),
    "using": ("using", ""),
}


class RootView(APIView):
    @extend_schema(
        operation_id="root",
        summary="Find what there is",
        responses={
            200: {
                "type": "object",
                "properties": {name: {"type": "string", "format": "uri"} for name in LISTED},
                "required": list(LISTED),
            },
            **schema.BAD,
        },
    )
    def get(self, request: Request) -> Response:
        check_names(request.query_params, ())
        return Response(
            {
                name: reverse(route, request=request) + asked
                for name, (route, asked) in LISTED.items()
            }
        )
