"""The page “Using the API”: examples that work when they are pasted, and the sync client itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.models import Claim

from .parameters import check_names

CLIENT = Path(__file__).parent.parent / "static/claims/sync_claims.py"


class UsingView(APIView):
    """Its examples ask this server, of the claim that was entered first."""

    renderer_classes = [TemplateHTMLRenderer]
    http_method_names = ["get", "head"]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        check_names(request.query_params, ())
        site = request.build_absolute_uri("/").rstrip("/")
        about: dict[str, Any] = {
            "site": site,
            "api": f"{site}/api/v1",
            "client_address": request.build_absolute_uri(
                f"{settings.STATIC_URL}claims/{CLIENT.name}"
            ),
            "client": CLIENT.read_text(encoding="utf-8"),
            "claim": Claim.objects.published().with_named().order_by("pk").first(),
        }
        return Response(about, template_name="claims/using.html")
