"""How the reads describe themselves in OpenAPI: the serializers that made the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from claims.documents import CLAIM, REFERENCES
from claims.exchange.vocabularies import Vocabulary
from claims.filters import questions
from claims.models import Reference
from claims.reference_filters import REFERENCE_FILTERS

from .answers import (
    AsOfSerializer,
    ChainSerializer,
    ClaimDetailSerializer,
    ClaimRowSerializer,
    ProblemSerializer,
    TimelineDetailSerializer,
)
from .pagination import CLAIM_ORDERINGS, DEFAULT_SIZE, MAX_SIZE, REFERENCE_ORDERINGS
from .ranking import RANK, RankedSerializer
from .row_bodies import REFERENCE_BODIES
from .selection import Selectable
from .serializers import AssessmentSerializer, AssessmentWriteSerializer


def _problem(status: str, description: str) -> dict[tuple[str, str], OpenApiResponse]:
    return {(status, "application/problem+json"): OpenApiResponse(ProblemSerializer, description)}


BAD = {
    **_problem("400", "A parameter is unknown, empty, repeated or malformed."),
    **_problem("401", "The token that was offered is wrong, expired or revoked."),
}
MISSING = _problem("404", "There is no such thing.")
GONE = {
    **_problem("410", "It was retracted, or the cursor is of another history."),
    **_problem("503", "The cursor is ahead of this server: `Retry-After` says when to ask again."),
}
BUSY = _problem(
    "503",
    "Too many downloads are going on, or the cursor is ahead of this server: `Retry-After` says "
    "when to come back.",
)
MOVED = {"308": OpenApiResponse(description="Merged: `Location` names the claim that survives.")}


def envelope(name: str, fields: dict[str, Any]) -> serializers.Serializer:
    """One object, which the schema generator would take for a list of such in a list view."""
    envelope = inline_serializer(name, fields)
    extend_schema_serializer(many=False)(type(envelope))
    return envelope


def page_of(
    name: str, child: serializers.BaseSerializer, **more: serializers.Field
) -> serializers.Serializer:
    """A list's envelope."""
    return envelope(
        f"{name}Page",
        {
            "head": serializers.CharField(help_text="The ledger's cursor when this was read."),
            "next": serializers.CharField(allow_null=True, help_text="Address of the next page."),
            "previous": serializers.CharField(allow_null=True),
            **more,
            "results": child,
        },
    )


def _uids(help_text: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.UUIDField(), required=False, help_text=help_text)


def query(
    name: str, schema: dict[str, Any], description: str, *, required: bool = False
) -> OpenApiParameter:
    """A parameter; of several values they go with commas between them."""
    listed = schema["type"] == "array"
    if listed:
        schema = {"minItems": 1, **schema}
    return OpenApiParameter(
        name,
        schema,
        required=required,
        description=description,
        explode=False if listed else None,
    )


def paging(orderings: list[str], default: str, *one_way: str) -> list[OpenApiParameter]:
    both = [sign + name for name in orderings for sign in ("", "-")]
    return [
        query("cursor", {"type": "string"}, "Where the page starts: from `next` or `previous`."),
        PAGE_SIZE,
        query(
            "ordering",
            {"type": "string", "enum": [*both, *one_way], "default": default},
            "`-` reverses; rows without such a value come last either way.",
        ),
    ]


PAGE_SIZE = query(
    "page_size",
    {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
    "Rows a page.",
)
_CLAIM_PAGING = paging(list(CLAIM_ORDERINGS), "-said_on")
FILTERS_BY_NAME = {
    name: query(name, dict(question.schema), question.help_text)
    for name, question in questions().items()
}
_FILTERS = [*FILTERS_BY_NAME.values()]
IN_VOCABULARIES = query(
    "vocab",
    {"type": "array", "items": {"type": "string", "enum": Vocabulary.values}},
    "Adds what the status is called in these vocabularies, and what that loses.",
)

# What every write takes and may be refused for; the last two where it is over something.
WRITING = [
    query(
        "dry_run",
        {"type": "boolean", "default": False},
        "Say what would be written, or refuse it, and write nothing.",
    ),
    OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "pattern": "^[!-~]{1,255}$"},
        OpenApiParameter.HEADER,
        description="For retries: within 24 hours, the same request with it is done once.",
    ),
]
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    # Not required of the schema: without it the answer is a 428 that says so.
    description="The ETag of what you have read; `*`: whatever is there.",
)
NOT_ALLOWED = {
    **_problem("401", "No token or session, or one that is wrong, expired or revoked."),
    **_problem("403", "Your roles, your token's scope or a missing CSRF token do not allow it."),
    **_problem("429", "Too many writes of this account: `Retry-After` says when to go on."),
}
REFUSED = {
    **_problem("400", "By member: what is missing, unknown, malformed or against a rule."),
    **NOT_ALLOWED,
    **_problem("415", "Something other than JSON was sent."),
    **_problem("422", "The Idempotency-Key came with another request before."),
}
UNSEEN = {
    **_problem("412", "It has changed since it was read: `ETag` is what it is now."),
    **_problem("428", "Send what you have read as If-Match."),
}

_SELECTING = [
    query(
        "fields",
        {"type": "array", "items": {"type": "string", "enum": list(CLAIM.fields)}},
        "The only members to send of each claim.",
    ),
    query(
        "omit",
        {"type": "array", "items": {"type": "string", "enum": list(CLAIM.fields)}},
        "Members to leave out; not with `fields`.",
    ),
]
_COUNT = query(
    "count", {"type": "boolean", "default": False}, "Say how many there are on all pages."
)

claim_list = extend_schema(
    summary="List published claims",
    parameters=[
        *_FILTERS,
        *paging(list(CLAIM_ORDERINGS), "-said_on", RANK),
        _COUNT,
        *_SELECTING,
        IN_VOCABULARIES,
    ],
    responses={
        200: page_of(
            "Claim",
            Selectable(ClaimRowSerializer, many=True),
            count=serializers.IntegerField(required=False, help_text="Only with `count=true`."),
            as_of=AsOfSerializer(required=False, help_text="Only where `as_of` was asked."),
            changed_since=_uids("Of the claims here, those whose record has changed since."),
            redacted=_uids("Claims that would be here, whose record then was redacted."),
            ranked=RankedSerializer(
                required=False,
                help_text=f"With `ordering={RANK}`, which needs `search`: the best come first.",
            ),
        ),
        **BAD,
        **GONE,
    },
)
_AS_OF = FILTERS_BY_NAME["as_of"]

claim_detail = extend_schema(
    summary="Read one claim",
    parameters=[_AS_OF, *_SELECTING, IN_VOCABULARIES],
    responses={200: Selectable(ClaimDetailSerializer), **MOVED, **BAD, **MISSING, **GONE},
)
claim_timeline = extend_schema(
    summary="Read what happened to a claim, in order",
    description=(
        "With `chain=true`: what happened to all public claims that revise each other, on and "
        "back from this one, and how the deadline moved."
    ),
    parameters=[_AS_OF, query("chain", {"type": "boolean", "default": False}, "The whole chain.")],
    responses={
        200: PolymorphicProxySerializer(
            "TimelineOrChain",
            [TimelineDetailSerializer, ChainSerializer],
            resource_type_field_name=None,
        ),
        **MOVED,
        **BAD,
        **MISSING,
        **GONE,
    },
)
_OUT_OF_SIGHT: dict[Any, OpenApiResponse] = {
    **MOVED,
    **_problem("404", "There is no such claim, or nothing with this uid under it."),
    **GONE,
}


_NOT_WRITTEN_UNDER: dict[Any, OpenApiResponse] = {
    **_problem("404", "There is no such claim, or nothing with this uid under it."),
    **_problem("409", "The claim was set aside, or was merged into another."),
    **_problem("410", "The claim was retracted."),
}


def _rows_of_a_claim(name: str, row: serializers.BaseSerializer, **more: Any) -> Any:
    """The envelope of all rows of one kind that a claim has."""
    return envelope(
        name,
        {
            "uid": serializers.UUIDField(help_text="The claim's."),
            "revision": serializers.IntegerField(help_text="To be named in a write."),
            "words_revision": serializers.IntegerField(help_text="Likewise."),
            **more,
            "results": row,
        },
    )


assessment_list = extend_schema(
    operation_id="claims_assessments_list",
    summary="List a claim's assessments, newest first",
    auth=[],
    responses={
        200: _rows_of_a_claim("AssessmentList", AssessmentSerializer(many=True)),
        **BAD,
        **_OUT_OF_SIGHT,
    },
)
assessment_detail = extend_schema(
    operation_id="claims_assessments_retrieve",
    summary="Read one assessment of a claim",
    auth=[],
    responses={200: AssessmentSerializer, **BAD, **_OUT_OF_SIGHT},
)
assessment_create = extend_schema(
    operation_id="claims_assessments_create",
    summary="Record a verdict or an update",
    description=("For editors. An assessment is never changed; another one may follow."),
    parameters=[*WRITING, IF_MATCH],
    request=AssessmentWriteSerializer,
    responses={
        "201": OpenApiResponse(AssessmentSerializer, "Recorded; `Location` is its address."),
        "200": OpenApiResponse(AssessmentSerializer, "What a dry run would have recorded."),
        **_NOT_WRITTEN_UNDER,
        **REFUSED,
        **UNSEEN,
    },
)


def reference(model: type[Reference]) -> Callable[[type], type]:
    """Describe the list and the detail of speakers, sources, topics or collections."""
    serializer, body = type(REFERENCES[model]), REFERENCE_BODIES[model]
    names, name = str(model._meta.verbose_name_plural), str(model._meta.verbose_name)
    return extend_schema_view(
        create=extend_schema(
            summary=f"Add a {name}",
            description="It is never deleted: the history names it by its slug.",
            parameters=WRITING,
            request=body,
            responses={
                "201": OpenApiResponse(serializer, "Added; `Location` is its address."),
                "200": OpenApiResponse(serializer, "What a dry run would have added."),
                **REFUSED,
            },
        ),
        partial_update=extend_schema(
            summary=f"Edit a {name}",
            description="Members that are left out stay as they are, and the slug always does.",
            parameters=[*WRITING, IF_MATCH],
            request=body,
            responses={
                "200": OpenApiResponse(serializer, "As it is now, or after a dry run would be."),
                **MISSING,
                **REFUSED,
                **UNSEEN,
            },
        ),
        list=extend_schema(
            summary=f"List {names}",
            auth=[],
            parameters=[
                *(
                    query(name, dict(question.schema), question.help_text)
                    for name, question in REFERENCE_FILTERS[model].every().items()
                ),
                *paging(list(REFERENCE_ORDERINGS[model]), "slug"),
            ],
            responses={
                200: page_of(model.__name__, serializer(many=True)),
                **BAD,
            },
        ),
        retrieve=extend_schema(
            summary=f"Read one {name}",
            auth=[],
            responses={200: serializer, **BAD, **MISSING},
        ),
    )


def across_claims(
    name: str,
    row: type[serializers.Serializer],
    summary: str,
    description: str,
    filters: Iterable[str] = FILTERS_BY_NAME,
) -> Callable[[Any], Any]:
    """Describe a list of rows of all claims, under some of the claims' filters."""
    more: dict[str, serializers.Field] = {}
    if "as_of" in filters:
        more["as_of"] = AsOfSerializer(required=False, help_text="Only where `as_of` was asked.")
    return extend_schema(
        summary=summary,
        description=description,
        parameters=[
            *(FILTERS_BY_NAME[each] for each in filters),
            *paging(["recorded"], "-recorded"),
        ],
        responses={200: page_of(name, row(many=True), **more), **BAD, **GONE},
    )


def claim_rows(
    name: str,
    row: type[serializers.Serializer],
    body: type[serializers.Serializer],
    several: str,
    one: str,
    *,
    edited: bool,
) -> Callable[[type], type]:
    """Describe the list of a claim's rows of one kind, the read of one of them, and the writes."""

    def as_of() -> serializers.Serializer:
        return AsOfSerializer(required=False, help_text="Only where `as_of` was asked.")

    with_moment = type(f"{name}DetailSerializer", (row,), {"as_of": as_of()})
    refused = {
        **_NOT_WRITTEN_UNDER,
        **REFUSED,
        **UNSEEN,
    }
    over = (
        "If-Match is the claim's ETag, which each of its addresses gives; the answer has its new "
        "one. Of a published claim, an editor's; of a draft, a contributor's too."
    )
    acts = {
        "create": extend_schema(
            operation_id=f"claims_{several}_create",
            summary=f"Add one {one} to a claim",
            description=over,
            parameters=[*WRITING, IF_MATCH],
            request=body,
            responses={
                "201": OpenApiResponse(row, "Added; `Location` is its address."),
                "200": OpenApiResponse(row, "What a dry run would have added."),
                **refused,
            },
        ),
        "destroy": extend_schema(
            operation_id=f"claims_{several}_destroy",
            summary=f"Take one {one} from a claim",
            description=over,
            parameters=[*WRITING, IF_MATCH],
            request=None,
            responses={
                "204": OpenApiResponse(description="It is gone."),
                "200": OpenApiResponse(row, "What would be gone: a dry run."),
                **refused,
            },
        ),
    }
    if edited:
        acts["partial_update"] = extend_schema(
            operation_id=f"claims_{several}_partial_update",
            summary=f"Edit one {one} of a claim",
            description=f"Members that are left out stay as they are. {over}",
            parameters=[*WRITING, IF_MATCH],
            request=body,
            responses={
                "200": OpenApiResponse(row, "As it is now, or after a dry run would be."),
                **refused,
            },
        )
    seen = "Of a claim that was never public, for those who see it at the desk."
    return extend_schema_view(
        **acts,
        list=extend_schema(
            operation_id=f"claims_{several}_list",
            summary=f"List a claim's {several}",
            description=seen,
            parameters=[_AS_OF],
            responses={
                200: _rows_of_a_claim(f"{name}List", row(many=True), as_of=as_of()),
                **BAD,
                **_OUT_OF_SIGHT,
            },
        ),
        retrieve=extend_schema(
            operation_id=f"claims_{several}_retrieve",
            summary=f"Read one {one} of a claim",
            description=seen,
            parameters=[_AS_OF],
            responses={200: with_moment, **BAD, **_OUT_OF_SIGHT},
        ),
    )


def history(entries: serializers.BaseSerializer) -> Callable[[Any], Any]:
    """Describe the pages of ledger entries, newest first."""
    return extend_schema(
        summary="Read its history: each entry of the ledger, with what it changed",
        description=(
            "Newest first. It begins with a claim's publication and goes on when the claim was "
            "retracted or merged; a claim that never was public has none."
        ),
        parameters=_CLAIM_PAGING[:2],
        responses={200: page_of("History", entries), **BAD, **MISSING},
    )
