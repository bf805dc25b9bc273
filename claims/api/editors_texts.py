"""A claim as its editors read it, published or not: rendered when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from claims import choices
from claims.documents import ChoiceText, ClaimSerializer, Names, record, render, with_member
from claims.documents.serializers import SourceSerializer
from claims.models import Claim

from .conditional import UNCACHED, revision_tag
from .past import JSON
from .selection import PLAIN, Shape

# States that a claim is in before the public ever saw it.
UNPUBLISHED = (
    choices.EditorialState.DRAFT,
    choices.EditorialState.IN_REVIEW,
    choices.EditorialState.SET_ASIDE,
)


class EditorsClaimSerializer(ClaimSerializer):
    """A claim in whatever state it is."""

    source = SourceSerializer(allow_null=True, help_text="Null: not noted yet.")
    published_at = serializers.CharField(allow_null=True, help_text="Null: never.")
    editorial_state = ChoiceText(choices=choices.EditorialState.choices)


def may_see_drafts(user: Any) -> bool:
    """Who sees claims at the desk: whoever may view them, or change them."""
    return bool(user) and (
        user.has_perm("claims.view_claim") or user.has_perm("claims.change_claim")
    )


def editors_text(claim: Claim, name: str) -> str:
    """Its `summary` or `timeline` as `render` gives it. Expects it `with_everything`."""
    return editors_texts([claim], name)[0]


def editors_texts(claims: Sequence[Claim], name: str) -> list[str]:
    """Those of several."""
    records = [record(claim) for claim in claims]
    names = Names.beside(claims, records)
    return [getattr(render(each, names), name) for each in records]


def with_state(text: str, claim: Claim) -> str:
    return with_member(text, "editorial_state", claim.editorial_state)


def editors_answer(
    claim: Claim, name: str = "summary", *, status: int = 200, shape: Shape = PLAIN
) -> HttpResponse:
    """A claim `with_everything` to somebody who may see it, whatever its state."""
    text = shape.of(editors_text(claim, name), {each: getattr(claim, each) for each in shape.reads})
    return HttpResponse(
        with_state(text, claim),
        status=status,
        content_type=JSON,
        # The tag is that of the public text: it stays the claim's own.
        headers={"ETag": revision_tag(claim.revision, text), "Cache-Control": UNCACHED},
    )
