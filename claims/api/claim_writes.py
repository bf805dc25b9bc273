"""Claims, written: drafted, edited, thrown away, and moved from state to state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as CurationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.serializers import Serializer

from claims import curation
from claims.models import Claim

from . import claim_schema as described
from .bodies import body_of
from .claim_batches import Batch, batch_answer
from .claim_bodies import carried_out, read, sent_in
from .claim_members import DRAFT, EDIT, MERGE, MOVE
from .editors_texts import UNPUBLISHED, editors_answer, may_see_drafts
from .parameters import check_names, yes_no
from .permissions import needs
from .selection import Shape
from .views import JSON, ClaimViewSet
from .writes import Writes, claim_tag, refuse_unseen, written

PUBLISH = "claims.publish_claim"
# What the desk asks of whoever does this, too.
NEEDED = {
    "create": "claims.add_claim",
    "batch": "claims.add_claim",
    "partial_update": "claims.change_claim",
    "destroy": "claims.delete_claim",
    "submit_for_review": "claims.change_claim",
    **dict.fromkeys(("publish", "back_to_draft", "set_aside", "retract", "merge"), PUBLISH),
}
ROWS = {"appearances": "claims.add_appearance", "evidence": "claims.add_evidence"}

Step = Callable[..., list[Claim]]


@extend_schema_view(
    list=described.public_list, retrieve=described.retrieve, timeline=described.timeline
)
class WritableClaimViewSet(Writes, ClaimViewSet):
    """Claims: anybody reads what is published, and whoever may writes."""

    def get_permissions(self) -> list[Any]:
        name = NEEDED.get(self.action or "")
        return [needs(name)()] if name else [AllowAny()]

    def out_of_sight(self, request: Request, uid: UUID, name: str, shape: Shape) -> HttpResponse:
        """A draft, to those who may see it; to others it is as if it were not there."""
        if may_see_drafts(request.user):
            drafts = Claim.objects.filter(editorial_state__in=UNPUBLISHED)
            if draft := drafts.with_everything().filter(uid=uid).first():
                return editors_answer(draft, name, shape=shape)
        return super().out_of_sight(request, uid, name, shape)

    @described.create
    def create(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        body = body_of(request)
        refuse_rows(request, [body])
        return written(request, lambda: self._create(request, body))

    @described.batch
    @action(detail=False, methods=["post"])
    def batch(self, request: Request) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        batch = Batch.of(body_of(request))
        refuse_rows(request, batch.bodies)
        return written(request, lambda: batch_answer(request, batch))

    @described.edit
    def partial_update(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        body = body_of(request)
        return written(request, lambda: self._edit(request, uid, body))

    @described.destroy
    def destroy(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        if body_of(request):
            raise ValidationError({"non_field_errors": [_("Send no body.")]})
        return written(request, lambda: self._destroy(request, uid))

    @described.move("Submit a draft for review")
    @action(detail=True, methods=["post"], url_path="submit-for-review")
    def submit_for_review(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, curation.submit_for_review)

    @described.move("Reopen the drafting of a claim in review, or set aside")
    @action(detail=True, methods=["post"], url_path="back-to-draft")
    def back_to_draft(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, curation.back_to_draft)

    @described.move("Publish a claim, or bring a retracted one back with a reason")
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, curation.publish)

    @described.move("Set a draft aside that cannot be tracked, with a reason")
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, curation.set_aside)

    @described.move("Retract a published claim, with a reason")
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, curation.retract)

    @described.merge
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, uid: UUID) -> HttpResponse:
        return self._move(request, uid, _merge, MERGE)

    def _create(self, request: Request, body: dict[str, Any]) -> HttpResponse:
        sent = read([body], DRAFT)
        made = carried_out(sent, actor=request.user.get_username())
        if not made:
            raise ValidationError(sent[0].faults)
        (claim,) = made
        answer = editors_answer(claim, status=HTTPStatus.CREATED)
        answer["Location"] = reverse("claim-detail", [claim.uid], request=request)
        return answer

    def _edit(self, request: Request, uid: UUID, body: dict[str, Any]) -> HttpResponse:
        claim = _seen(request, uid)
        if claim.is_published and not request.user.has_perm(PUBLISH):
            raise PermissionDenied(_("A published claim is an editor's to change."))
        sent = read([body], EDIT)
        made = carried_out(sent, claim, actor=request.user.get_username())
        if not made:
            raise ValidationError(sent[0].faults)
        return editors_answer(made[0])

    def _destroy(self, request: Request, uid: UUID) -> HttpResponse:
        claim = _seen(request, uid)
        if not yes_no(request.query_params, "dry_run"):
            curation.delete_drafts([claim])
            return HttpResponse(status=HTTPStatus.NO_CONTENT, content_type=JSON)
        answer = editors_answer(Claim.objects.with_everything().get(pk=claim.pk))
        curation.delete_drafts([claim])
        return answer

    def _move(
        self, request: Request, uid: UUID, step: Step, members: Serializer = MOVE
    ) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        sent = sent_in(body_of(request), members)
        if sent.faults:
            raise ValidationError(sent.faults)
        return written(request, lambda: self._moved(request, uid, step, sent.values))

    def _moved(
        self, request: Request, uid: UUID, step: Step, values: dict[str, Any]
    ) -> HttpResponse:
        claim = _seen(request, uid)
        change = curation.StateChange(
            claim=claim, revision=claim.revision, reason=values.get("reason", "")
        )
        also = {"into": values.get("into")} if step is _merge else {}
        (moved,) = step([change], actor=request.user.get_username(), **also)
        return editors_answer(moved)


def _merge(
    changes: Sequence[curation.StateChange], *, actor: str, into: UUID | None
) -> list[Claim]:
    """Raises curation's ValidationError."""
    (change,) = changes
    stays = Claim.objects.filter(uid=into).first() if into else None
    if stays is None:
        raise CurationError({"into": _("Name the claim that stays, by its uid.")})
    return [curation.merge(change, into=stays, actor=actor)]


def _seen(request: Request, uid: UUID) -> Claim:
    """The claim to be written over, as its writer has read it; in the public or not.

    What was merged is not led on from here, as a read is: what follows a 308 would write over a
    claim that nobody has read. Raises NotFound, and what `refuse_unseen` does.
    """
    claim = curation.read_for_write(Claim.objects.filter(uid=uid))
    if claim is None:
        raise NotFound(_("There is no claim with this uid."))
    refuse_unseen(request, claim.revision, lambda: claim_tag(uid))
    return claim


def refuse_rows(request: Request, bodies: Sequence[Any]) -> None:
    """Whoever hangs rows on a claim may add such rows. Raises PermissionDenied."""
    for name, permission in ROWS.items():
        sent = any(isinstance(each, dict) and each.get(name) for each in bodies)
        if sent and not request.user.has_perm(permission):
            raise PermissionDenied
