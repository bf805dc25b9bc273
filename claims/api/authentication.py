"""Who is asking: an API token, the session of somebody at the desk, or a password for a token."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.authentication import BasicScheme, SessionScheme, TokenScheme
from rest_framework import authentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from claims.choices import TokenScope
from claims.logins import TooManyLogins
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


class PasswordAuthentication(authentication.BasicAuthentication):
    """A user name and password (RFC 7617): only to make the first token, and to look after them."""

    www_authenticate_realm = "Borne Out"

    def authenticate_credentials(
        self, userid: str, password: str, request: Any = None
    ) -> tuple[Any, None]:
        try:
            return super().authenticate_credentials(userid, password, request)
        except TooManyLogins as refused:
            raise Throttled(refused.wait, _("Too many attempts to sign in.")) from refused

    def authenticate_header(self, request: Request) -> str:
        return f'{super().authenticate_header(request)}, charset="UTF-8"'


class _TokenScheme(TokenScheme):
    target_class = "claims.api.authentication.TokenAuthentication"
    priority = 0

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        said = "An API token, made on the desk or at `tokens/`."
        return {**super().get_security_definition(auto_schema), "description": said}


class _SessionScheme(SessionScheme):
    priority = 0

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        said = (
            "The session of whoever is signed in at the desk, with `X-CSRFToken` on writes. This "
            "page sends both by itself: there is nothing to fill in here."
        )
        return {**super().get_security_definition(auto_schema), "description": said}


class _PasswordScheme(BasicScheme):
    target_class = "claims.api.authentication.PasswordAuthentication"
    priority = 0

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        said = "A user name and password: at `tokens/` alone."
        return {**super().get_security_definition(auto_schema), "description": said}
