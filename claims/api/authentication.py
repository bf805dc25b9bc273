"""Who is asking: an API token, or the session of somebody who is signed in at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from claims.choices import TokenScope
from claims.models import ApiToken, instant

REALM = 'Bearer realm="Borne Out"'


class OutOfScope(PermissionDenied):
    """RFC 6750, section 3.1: the token is good, and not for this."""

    auth_header = f'{REALM}, error="insufficient_scope", scope="write"'


class TokenAuthentication(authentication.TokenAuthentication):
    """``Authorization: Bearer <token>`` (RFC 6750, section 2.1), and nowhere else.

    One query where a token is offered, none where none is. A token that is wrong, expired or
    revoked is refused on reads too: its user should know.
    """

    keyword = "Bearer"

    def __init__(self, *, any_scope: bool = False) -> None:
        self.any_scope = any_scope  # whether one that may only read may do all that the view does

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        found = super().authenticate(request)
        if found is None or request.method in SAFE_METHODS or self.any_scope:
            return found
        if found[1].scope != TokenScope.WRITE:
            raise OutOfScope(_("This token may only read: make one with the scope “write”."))
        return found

    def authenticate_credentials(self, key: str) -> tuple[Any, ApiToken]:
        token = ApiToken.objects.with_secret(key).select_related("user").first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_("There is no such token: it is wrong or was revoked."))
        if token.is_expired:
            raise AuthenticationFailed(
                _("This token expired at %(instant)s: make another.")
                % {"instant": instant(token.expiry)}
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        offered = authentication.get_authorization_header(request).split()[:1]
        is_token = offered and offered[0].lower() == self.keyword.lower().encode()
        return f'{REALM}, error="invalid_token"' if is_token else REALM


# For views that write, or tell some more than others. A token goes before a session: it was given
# for this request. A session's writes need their CSRF token too.
AUTHENTICATION = (TokenAuthentication, SessionAuthentication)


class PublicReads:
    """A view that anybody reads alike: a session is looked at only where somebody writes."""

    request: Any

    def get_authenticators(self) -> list[authentication.BaseAuthentication]:
        # There is no request yet where the schema generator makes the view.
        reads = self.request is not None and self.request.method in SAFE_METHODS
        return [TokenAuthentication()] if reads else [each() for each in AUTHENTICATION]
