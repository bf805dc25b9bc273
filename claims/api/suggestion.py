"""What the evidence on a claim suggests, for those who may judge it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.adviser import CONDITION_AROSE, ClaimFacts, advise, observations_of
from claims.choices import Certainty, EditorialState, Outcome, status_label
from claims.documents import ChoiceText, as_json
from claims.models import Claim, today

from .authentication import AUTHENTICATION
from .parameters import check_names
from .permissions import needs
from .schema import MOVED, ProblemSerializer
from .views import not_public

LEFT_THE_PUBLIC = (EditorialState.RETRACTED, EditorialState.MERGED)


class NotPublished(APIException):
    status_code = HTTPStatus.CONFLICT
    default_code = "not_published"


class SuggestionSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    words_revision = serializers.IntegerField(help_text="The claim's words that this is about.")
    today = serializers.DateField(help_text="The day (UTC) as of which it was made.")
    outcome = ChoiceText(
        choices=Outcome.choices, allow_null=True, help_text="null: it cannot be told."
    )
    label = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="The outcome in the words of the claim's kind: “Kept late”."
    )
    certainty = ChoiceText(choices=Certainty.choices)
    ask_first = serializers.CharField(
        allow_null=True, help_text="The question whose answer would help most."
    )
    reasons = serializers.ListField(child=serializers.CharField())
    rests_on = serializers.ListField(
        child=serializers.UUIDField(), help_text="Evidence that decides; none where silence does."
    )
    conflicting = serializers.ListField(
        child=serializers.UUIDField(), help_text="Evidence that cannot all be right."
    )


def _problem(description: str) -> OpenApiResponse:
    return OpenApiResponse(ProblemSerializer, description)


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class SuggestionView(APIView):
    """A proposal and its reasons. Nothing is written, and an editor judges."""

    authentication_classes = AUTHENTICATION
    permission_classes = [needs("claims.assess_claim")]

    @extend_schema(
        summary="Ask what the evidence on a claim suggests",
        description=(
            "For editors, with a token or signed in at the desk. Made from the claim's due period "
            "(or the time it refers to), its quantity and its evidence as they stand; it writes "
            "nothing. `certain` means certain if this evidence is right; dates with `~` or `?`, "
            "silence and a condition that is not answered never make it so."
        ),
        parameters=[
            OpenApiParameter(
                "condition",
                {"type": "string", "enum": list(CONDITION_AROSE)},
                description="Whether the condition that the claim states arose.",
            )
        ],
        tags=["claims"],
        responses={
            200: SuggestionSerializer,
            (400, "application/problem+json"): _problem(
                "A parameter is unknown, empty, repeated or malformed, or there is no condition."
            ),
            (401, "application/problem+json"): _problem("You are not signed in."),
            (403, "application/problem+json"): _problem("You are not an editor."),
            **MOVED,
            (404, "application/problem+json"): _problem("There is no such claim."),
            (409, "application/problem+json"): _problem("The claim is not published yet."),
            (410, "application/problem+json"): _problem("The claim was retracted."),
        },
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("condition",))
        answer = request.query_params.get("condition")
        if answer is not None and answer not in CONDITION_AROSE:
            raise ValidationError({"condition": [_("Say arose or never_arose.")]})
        claim = Claim.objects.exclude(editorial_state__in=LEFT_THE_PUBLIC).filter(uid=uid).first()
        if claim is None:
            return not_public(request, uid)
        if not claim.is_published:
            raise NotPublished(
                _("Only a published claim is judged; this one is “%(state)s”.")
                % {"state": claim.get_editorial_state_display()}
            )
        if answer and not claim.condition:
            raise ValidationError({"condition": [_("This claim states no condition.")]})
        body = _suggestion(claim, today(), CONDITION_AROSE[answer] if answer else None)
        return HttpResponse(as_json(body), content_type="application/json")


def _suggestion(claim: Claim, day: date, condition_arose: bool | None) -> dict[str, Any]:
    suggestion = advise(
        ClaimFacts.of(claim),
        observations_of(claim.evidence.all()),
        day,
        condition_arose=condition_arose,
    )
    outcome = suggestion.outcome
    return {
        "uid": str(claim.uid),
        "words_revision": claim.words_revision,
        "today": day.isoformat(),
        "outcome": outcome,
        "label": status_label(claim.kind, outcome) if outcome else None,
        "certainty": suggestion.certainty,
        "ask_first": suggestion.ask_first or None,
        "reasons": suggestion.reasons,
        "rests_on": suggestion.rests_on,
        "conflicting": suggestion.conflicting,
    }
