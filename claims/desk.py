"""The desk: the admin's site, and the page on which one signs in to it.

Not in `admin/`, whose pages are registered with the site while they are imported.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from claims.logins import TooManyLogins


class SignInForm(AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except TooManyLogins as refused:
            self.request.retry_after = refused.wait  # type: ignore[union-attr]
            raise ValidationError(
                ngettext(
                    "Too many attempts to sign in. Try again in %(wait)d second.",
                    "Too many attempts to sign in. Try again in %(wait)d seconds.",
                    refused.wait,
                )
                % {"wait": refused.wait},
                code="throttled",
            ) from None


class Desk(AdminSite):
    site_header = site_title = "Borne Out"
    index_title = "The desk"
    enable_nav_sidebar = False
    login_form = SignInForm

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        page = super().login(request, extra_context)
        if wait := getattr(request, "retry_after", None):
            page.status_code = 429
            page["Retry-After"] = str(wait)
        return page
