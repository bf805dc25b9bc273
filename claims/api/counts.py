"""Counts of claims as the API tells them: each with the address of the list that is as long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers


class CellSerializer(serializers.Serializer):
    """So many claims, and where they are listed."""

    count = serializers.IntegerField()
    list = serializers.CharField(help_text="Address of the list of just these claims.")


def cell(address: str, count: int, asked: Mapping[str, str]) -> dict[str, Any]:
    """`address` is that of the list of all claims: the same for many cells."""
    return {"count": count, "list": f"{address}?{urlencode(asked)}" if asked else address}
