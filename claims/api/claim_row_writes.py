"""Evidence, appearances and links are written under their claim, over what was read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.serializers import Serializer

from claims import curation
from claims.curation.claims import EDITABLE_STATES
from claims.documents import as_json, record
from claims.models import Appearance, Claim, Evidence, Link, Source, read_all_that_hangs_on

from .bodies import body_of, said_in
from .errors import Conflict
from .named import refused_together, with_rows
from .parameters import check_names, yes_no
from .permissions import as_at_the_desk
from .row_bodies import AppearanceWriteSerializer, EvidenceWriteSerializer, LinkWriteSerializer
from .views import JSON, claim_to_write
from .writes import Writes, claim_tag, refuse_unseen, tag_now, written


class ClaimRowWrites(Writes):
    """Rows of one kind are added to a claim, and taken from it, as a role may at the desk."""

    action: str
    kind: ClassVar[str]
    model: ClassVar[Any]
    body: ClassVar[type[Serializer]]
    also_needs: ClassVar[tuple[str, ...]] = ()
    one_of: Callable[..., dict[str, Any]]

    def get_permissions(self) -> list[Any]:
        return as_at_the_desk(self.action, str(self.model._meta.model_name), *self.also_needs)

    def destroy(self, request: Request, uid: UUID, row: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        if body_of(request):
            raise ValidationError({"non_field_errors": [_("A DELETE has no body.")]})

        def remove(claim: Claim) -> HttpResponse:
            doomed = self._row(claim, row)
            answer = HttpResponse(status=204, content_type=JSON)
            if yes_no(request.query_params, "dry_run"):  # of what would be gone
                now = Claim.objects.with_everything().get(pk=claim.pk)
                answer = self._read_back(request, now, record(now), row, 200)
            now = self._remove(claim, doomed, request.user.get_username())
            answer["ETag"] = tag_now(now)
            return answer

        return self._over(request, uid, remove)

    def _over(
        self, request: Request, uid: UUID, write: Callable[[Claim], HttpResponse]
    ) -> HttpResponse:
        """What `write` answers, over the claim as its writer has read it."""
        return written(request, lambda: self._under_the_lock(request, uid, write))

    def _under_the_lock(
        self, request: Request, uid: UUID, write: Callable[[Claim], HttpResponse]
    ) -> HttpResponse:
        claim = claim_to_write(request, uid)
        if claim.is_published and not request.user.has_perm("claims.publish_claim"):
            raise PermissionDenied(_("A published claim is an editor's to change."))
        if claim.editorial_state not in EDITABLE_STATES:
            raise Conflict(
                _("A claim that is “%(state)s” is not edited.")
                % {"state": claim.get_editorial_state_display()}
            )
        refuse_unseen(request, claim.revision, lambda: claim_tag(uid))
        return write(claim)

    def _row(self, claim: Claim, uid: UUID) -> Any:
        read_all_that_hangs_on([claim])
        for row in getattr(claim, self.kind).all():
            if row.uid == uid:
                return row
        raise NotFound(_("There is nothing with this uid under this claim."))

    def _remove(self, claim: Claim, row: Any, actor: str) -> Claim:
        raise NotImplementedError

    def _read_back(
        self, request: Request, claim: Claim, facts: Mapping[str, Any], row: UUID, status: int
    ) -> HttpResponse:
        """The row as it is read out of its claim's record, and the claim's ETag now."""
        headers = {"ETag": tag_now(claim)}
        if status == 201:
            address = f"claim-{self.kind}-one"
            headers["Location"] = reverse(address, [facts["uid"], row], request=request)
        text = as_json(self.one_of(facts, str(row)))
        return HttpResponse(text, status=status, content_type=JSON, headers=headers)


class EditedRows(ClaimRowWrites):
    """Rows that are changed too, unless an assessment rests on them."""

    also_needs = ("claims.change_claim",)

    def create(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, self.body)

        def add(claim: Claim) -> HttpResponse:
            row = uuid4()
            now = self._write(request, claim, said, uid=row)
            return self._read_back(request, now, record(now), row, 201)

        return self._over(request, uid, add)

    def partial_update(self, request: Request, uid: UUID, row: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, self.body)

        def change(claim: Claim) -> HttpResponse:
            now = self._write(request, claim, said, row=self._row(claim, row))
            return self._read_back(request, now, record(now), row, 200)

        return self._over(request, uid, change)

    def _write(self, request: Request, claim: Claim, said: dict[str, Any], **which: Any) -> Claim:
        values, faults = with_rows(said, **self.named(claim))
        write = curation.RowWrite(values=values, **which)
        actor = request.user.get_username()
        return refused_together(faults, lambda: self._curate(claim, write, actor))

    def named(self, claim: Claim) -> dict[str, QuerySet[Any]]:
        """Where the rows are that members of a body name."""
        return {"source": Source.objects.all()}

    def _remove(self, claim: Claim, row: Any, actor: str) -> Claim:
        return self._curate(claim, curation.RowWrite(row=row, remove=True), actor)

    def _curate(self, claim: Claim, row: curation.RowWrite, actor: str) -> Claim:
        rows: Any = {self.kind: [row]}
        write = curation.ClaimWrite(claim=claim, revision=claim.revision, **rows)
        (done,) = curation.write_claims([write], actor=actor)
        return done.claim


class EvidenceWrites(EditedRows):
    model = Evidence
    body = EvidenceWriteSerializer

    def named(self, claim: Claim) -> dict[str, QuerySet[Any]]:
        return super().named(claim) | {"replaces": claim.evidence.all()}


class AppearanceWrites(EditedRows):
    model = Appearance
    body = AppearanceWriteSerializer


class LinkWrites(ClaimRowWrites):
    model = Link
    body = LinkWriteSerializer

    def create(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, self.body, partial=False)

        def add(claim: Claim) -> HttpResponse:
            values, faults = with_rows(said, claim=Claim.objects.all())
            if faults:
                raise ValidationError(faults)
            write = curation.LinkWrite(
                claim=claim, revision=claim.revision, type=said["type"], target=values["claim"]
            )
            actor = request.user.get_username()
            (link,) = refused_together(
                {}, lambda: curation.link([write], actor=actor), {"target": "claim"}
            )
            return self._read_back(request, link.claim, record(link.claim), link.uid, 201)

        return self._over(request, uid, add)

    def _remove(self, claim: Claim, row: Any, actor: str) -> Claim:
        (now,) = curation.unlink([row], [claim.revision], actor=actor)
        return now
