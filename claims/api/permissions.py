"""Who may do what over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class MayAssess(BasePermission):
    """Those who have been given to record verdicts and progress."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.has_perm("claims.assess_claim"))
