"""Who may do what over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission
from rest_framework.request import Request

# What a viewset's acts are called where permissions are named; its other acts are reads.
VERBS = {"create": "add", "partial_update": "change", "destroy": "delete"}


class _Needs(BasePermission):
    permissions: tuple[str, ...]

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user) and request.user.has_perms(self.permissions)


class _NeedsToWrite(_Needs):
    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or super().has_permission(request, view)


def needs(*permissions: str) -> type[BasePermission]:
    """An account that has all of these Django permissions, or any account where none is named.

    ``permission_classes = [needs("claims.add_claim")]``. They are looked up anew for each request,
    so a token may do no more than its owner's roles allow now. Who is nobody yet is told 401.
    """
    return type("Needs", (_Needs,), {"permissions": permissions})


def needs_to_write(*permissions: str) -> type[BasePermission]:
    """The same of whoever writes; anybody reads."""
    return type("NeedsToWrite", (_NeedsToWrite,), {"permissions": permissions})


def as_at_the_desk(action: str | None, noun: str, *permissions: str) -> list[Any]:
    """Whoever writes needs what the admin asks for the same act on a `noun`, and `permissions`.

    Anybody reads; and what the address does not do, it does for nobody.
    """
    if action not in VERBS:
        return [AllowAny()]
    return [needs(f"claims.{VERBS[action]}_{noun}", *permissions)()]
