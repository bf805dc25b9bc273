"""Counts of claims as the API tells them: each with the address of the list that is as long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse


class CellSerializer(serializers.Serializer):
    """So many claims, and where they are listed."""

    count = serializers.IntegerField()
    list = serializers.CharField(help_text="Address of the list of just these claims.")


def cell(request: Request, count: int, asked: Mapping[str, str]) -> dict[str, Any]:
    address = reverse("claim-list", request=request)
    return {"count": count, "list": f"{address}?{urlencode(asked)}" if asked else address}
