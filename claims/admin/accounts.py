"""Accounts: an administrator makes them and puts them into roles, and reaches no further."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

User = get_user_model()
# What makes an account more than its roles: for superusers to give.
BEYOND_ROLES = ("is_superuser", "user_permissions")

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    def get_queryset(self, request: HttpRequest) -> Any:
        """To anybody but a superuser, superusers are not there: nor are their passwords."""
        accounts = super().get_queryset(request)
        return accounts if _is_superuser(request) else accounts.filter(is_superuser=False)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if _is_superuser(request) else (*fields, *BEYOND_ROLES)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
