"""How the writes to claims, and drafts, describe themselves in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import (
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from claims import choices
from claims.documents import ChoiceText, TimelineSerializer

from .answers import (
    ChainSerializer,
    ClaimDetailSerializer,
    ProblemSerializer,
    TimelineDetailSerializer,
)
from .claim_members import (
    BatchSerializer,
    ClaimDraftSerializer,
    ClaimEditSerializer,
    MergeSerializer,
    MoveSerializer,
)
from .editors_texts import EditorsClaimSerializer
from .schema import BAD, GONE, IF_MATCH, MISSING, MOVED, REFUSED, UNSEEN, WRITING
from .selection import Selectable

_NOT_IN_THIS_STATE = {
    ("409", "application/problem+json"): OpenApiResponse(
        ProblemSerializer, "Its editorial state does not allow it."
    )
}
_DRY = "What a dry run would have done."


class EditorsTimelineSerializer(TimelineSerializer):
    editorial_state = ChoiceText(choices=choices.EditorialState.choices)


_OUT_OF_SIGHT: dict[Any, Any] = {**MOVED, **BAD, **MISSING, **GONE}

# A session is looked at for what is out of sight, which nothing in a list is.
public_list = extend_schema(auth=[{"tokenAuth": []}, {}])  # type: ignore[list-item]
retrieve = extend_schema(
    description=(
        "Whoever may see drafts at the desk also reads a draft here, with `editorial_state`; to "
        "everybody else it is not there."
    ),
    responses={
        200: Selectable(ClaimDetailSerializer, EditorsClaimSerializer),
        **_OUT_OF_SIGHT,
    },
)
timeline = extend_schema(
    responses={
        200: PolymorphicProxySerializer(
            "TimelineOrChain",
            [TimelineDetailSerializer, ChainSerializer, EditorsTimelineSerializer],
            resource_type_field_name=None,
        ),
        **_OUT_OF_SIGHT,
    },
)
create = extend_schema(
    summary="Draft a claim",
    description="Nothing of it is public until it is published.",
    parameters=WRITING,
    request=ClaimDraftSerializer,
    responses={
        "201": OpenApiResponse(EditorsClaimSerializer, "Drafted; `Location` is its address."),
        "200": OpenApiResponse(EditorsClaimSerializer, _DRY),
        **REFUSED,
    },
)
edit = extend_schema(
    summary="Edit a claim",
    description=(
        "What is left out stays as it is; topics and collections are all that it is to have. A "
        "published claim is an editor's to change: verdicts on its words are stale then, unless "
        "the edit is `cosmetic`. What hangs on a claim has addresses of its own."
    ),
    parameters=[*WRITING, IF_MATCH],
    request=ClaimEditSerializer,
    responses={
        "200": OpenApiResponse(EditorsClaimSerializer, "The claim as it stands now."),
        **MISSING,
        **_NOT_IN_THIS_STATE,
        **REFUSED,
        **UNSEEN,
    },
)
destroy = extend_schema(
    summary="Throw a draft away",
    description="With all that hangs on it. A claim that was public is retracted instead.",
    parameters=[*WRITING, IF_MATCH],
    responses={
        "204": OpenApiResponse(description="It is gone."),
        "200": OpenApiResponse(EditorsClaimSerializer, "What would be gone: a dry run."),
        **MISSING,
        **_NOT_IN_THIS_STATE,
        **REFUSED,
        **UNSEEN,
    },
)


def move(
    summary: str, request: type[serializers.Serializer] = MoveSerializer
) -> Callable[[Any], Any]:
    """Describe a move to another editorial state."""
    return extend_schema(
        summary=summary,
        parameters=[*WRITING, IF_MATCH],
        request=request,
        responses={
            "200": OpenApiResponse(EditorsClaimSerializer, "The claim as it stands now."),
            **MISSING,
            **_NOT_IN_THIS_STATE,
            **REFUSED,
            **UNSEEN,
        },
    )


merge = move("Give up a published duplicate for the claim that stays", MergeSerializer)

_RESULT = inline_serializer(
    "BatchResult",
    {
        "position": serializers.IntegerField(help_text="In the list that was sent, from 0."),
        "fate": serializers.ChoiceField(choices=["created", "refused"]),
        "uid": serializers.UUIDField(required=False),
        "address": serializers.URLField(required=False),
        "etag": serializers.CharField(required=False, help_text="For If-Match."),
        "errors": serializers.DictField(
            child=serializers.ListField(child=serializers.CharField()),
            required=False,
            help_text="By member, as in a problem; `evidence.0.summary` is one of a row.",
        ),
    },
    many=True,
)
_BATCH = inline_serializer(
    "BatchAnswer",
    {
        "created": serializers.IntegerField(),
        "refused": serializers.IntegerField(),
        "results": _RESULT,
    },
)
batch = extend_schema(
    operation_id="claims_batch_create",
    summary="Draft up to 500 claims",
    description=(
        "In one transaction. Where one is refused nothing is written, and the problem names each "
        "fault by position and member, `claims.3.due`; with `on_error` `skip` the others are "
        "drafted, unless there are none."
    ),
    parameters=WRITING,
    request=BatchSerializer,
    responses={
        "201": OpenApiResponse(_BATCH, "What became of each."),
        "200": OpenApiResponse(_BATCH, _DRY),
        **REFUSED,
    },
)
