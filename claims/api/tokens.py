"""API tokens over HTTP: made with a password or a session, listed without secrets, revoked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.choices import TokenScope
from claims.documents import ChoiceText, as_json
from claims.models import ApiToken, instant
from claims.models.api_token import DAYS, MOST_DAYS

from . import schema
from .authentication import PasswordAuthentication, TokenAuthentication
from .bodies import JsonParser, body_of, unknown_members
from .parameters import check_names
from .permissions import needs
from .serializers import TextField, WholeNumberField
from .views import JSON


class TokenSerializer(serializers.Serializer):
    """An API token, without its secret."""

    uid = serializers.UUIDField()
    name = serializers.CharField()
    scope = ChoiceText(choices=TokenScope.choices)
    hint = serializers.CharField(help_text="How its clear text begins.")
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class NewTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text="Its clear text: shown here, and never again.")


class TokensSerializer(serializers.Serializer):
    results = TokenSerializer(many=True)


class TokenWriteSerializer(serializers.Serializer):
    name = TextField(max_length=80, help_text="What it is for. Of your live tokens, one has it.")
    scope = serializers.ChoiceField(
        choices=TokenScope.choices,
        default=TokenScope.READ,
        error_messages={"invalid_choice": gettext_lazy("Say read or write.")},
    )
    days = WholeNumberField(
        min_value=1, max_value=MOST_DAYS, default=DAYS, help_text="How long it lives."
    )


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class _TokenView(APIView):
    parser_classes = [JsonParser]
    permission_classes = [needs()]

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Whatever its scope, a token may be given up.
        return [
            PasswordAuthentication(),
            TokenAuthentication(any_scope=True),
            SessionAuthentication(),
        ]

    def get_authenticate_header(self, request: Request) -> str:
        """Either will do (RFC 9110, section 11.6.1)."""
        password, token, _session = self.get_authenticators()
        headers = (each.authenticate_header(request) for each in (token, password))
        return ", ".join(filter(None, headers))


class TokensView(_TokenView):
    def get_permissions(self) -> Any:
        making = self.request is not None and self.request.method == "POST"
        return [needs("claims.add_apitoken")()] if making else super().get_permissions()

    @extend_schema(
        operation_id="tokens_list",
        summary="List your API tokens",
        description="Without their secrets. Expired ones are here until you make another.",
        responses={200: TokensSerializer, **schema.BAD, **schema.NOT_ALLOWED},
    )
    def get(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ())
        own = ApiToken.objects.filter(user=request.user)
        return _json({"results": [_facts(token) for token in own]})

    @extend_schema(
        operation_id="tokens_create",
        summary="Make an API token",
        description=(
            "With your user name and password, or signed in at the desk; a token makes no tokens. "
            "It is sent as `Authorization: Bearer …`, and may do what your roles allow, or only "
            "read. Attempts with a wrong password are counted by address and by name."
        ),
        request=TokenWriteSerializer,
        responses={
            201: NewTokenSerializer,
            **schema.BAD,
            **schema.NOT_ALLOWED,
            ("415", "application/problem+json"): OpenApiResponse(
                schema.ProblemSerializer, "Something other than JSON was sent."
            ),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ())
        if _token(request):
            raise PermissionDenied(
                _("A token makes no tokens: send your user name and password, or sign in.")
            )
        body = body_of(request)
        said = TokenWriteSerializer(data=body)
        faults = unknown_members(body, said.fields)
        if not said.is_valid() or faults:
            raise ValidationError({**said.errors, **faults})
        asked = said.validated_data
        token = ApiToken(user=request.user, name=asked["name"], scope=asked["scope"])
        token.clean()
        secret = token.issue(days=asked["days"])
        return _json(_facts(token) | {"token": secret}, status=HTTPStatus.CREATED)


class TokenView(_TokenView):
    @extend_schema(
        operation_id="tokens_destroy",
        summary="Revoke one of your API tokens",
        description="It stops working at once. A token revokes only itself.",
        request=None,
        responses={
            204: OpenApiResponse(description="Revoked."),
            **schema.BAD,
            **schema.NOT_ALLOWED,
            **schema.MISSING,
        },
    )
    def delete(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ())
        if (token := _token(request)) and token.uid != uid:
            raise PermissionDenied(
                _("A token revokes only itself: send your password, or sign in.")
            )
        return _revoke(request, uid)


class ThisTokenView(_TokenView):
    @extend_schema(
        operation_id="tokens_current_destroy",
        summary="Revoke the API token that this is asked with",
        request=None,
        responses={
            204: OpenApiResponse(description="Revoked."),
            **schema.BAD,
            **schema.NOT_ALLOWED,
            **schema.MISSING,
        },
    )
    def delete(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ())
        if not (token := _token(request)):
            raise NotFound(_("You came without a token: name the one to revoke by its uid."))
        return _revoke(request, token.uid)


def _token(request: Request) -> ApiToken | None:
    """What it was asked with, if not with a password or a session."""
    return request.auth if isinstance(request.auth, ApiToken) else None


def _revoke(request: Request, uid: UUID) -> HttpResponse:
    revoked, _rows = ApiToken.objects.filter(user=request.user, uid=uid).delete()
    if not revoked:
        raise NotFound(_("You have no token with this uid."))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _facts(token: ApiToken) -> dict[str, Any]:
    return {
        "uid": str(token.uid),
        "name": token.name,
        "scope": token.scope,
        "hint": token.hint,
        "made_at": instant(token.created),
        "expires_at": instant(token.expiry),
    }


def _json(value: Any, **more: Any) -> HttpResponse:
    return HttpResponse(as_json(value), content_type=JSON, **more)


addresses = [
    path("tokens/", TokensView.as_view(), name="token-list"),
    path("tokens/current/", ThisTokenView.as_view(), name="token-current"),
    path("tokens/<uuid:uid>/", TokenView.as_view(), name="token-detail"),
]
