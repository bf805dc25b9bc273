"""The assessments of one claim: to be read by anybody, and recorded by an editor."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as CurationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.viewsets import ViewSet

from claims import curation
from claims.choices import EditorialState
from claims.documents import as_json
from claims.filter_fields import nearest
from claims.models import Assessment, Claim, Evidence

from . import schema
from .bodies import JsonParser, body_of, unknown_members
from .parameters import check_names, yes_no
from .permissions import MayAssess
from .serializers import AssessmentWriteSerializer
from .views import JSON, not_public

GONE = (EditorialState.RETRACTED, EditorialState.MERGED)
# Members of a body that are no columns of the assessment.
BESIDE = {"revision", "words_revision", "evidence", "happened_before_said"}


class AssessmentViewSet(ViewSet):
    authentication_classes = (SessionAuthentication,)
    parser_classes = (JsonParser,)

    def get_permissions(self) -> list[Any]:
        """Anybody reads."""
        return [] if self.request.method in SAFE_METHODS else [MayAssess()]

    def perform_authentication(self, request: Request) -> None:
        """A session is looked at where somebody writes; a read is the same for all."""
        if request.method not in SAFE_METHODS:
            super().perform_authentication(request)

    @schema.assessment_list
    def list(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ())
        try:
            return _json(assessments_of(uid))
        except Claim.DoesNotExist:
            return not_public(request, uid)

    @schema.assessment_detail
    def retrieve(self, request: Request, uid: UUID, assessment: UUID) -> HttpResponse:
        check_names(request.query_params, ())
        try:
            return _json(_one(assessments_of(uid), assessment))
        except Claim.DoesNotExist:
            return not_public(request, uid)

    @schema.assessment_create
    def create(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        dry_run = yes_no(request.query_params, "dry_run")
        body = body_of(request)
        said = AssessmentWriteSerializer(data=body, partial=True)
        faults = unknown_members(body, said.fields)
        if not said.is_valid() or faults:
            raise ValidationError({**said.errors, **faults})
        with curation.locked_ledger():
            claim = Claim.objects.exclude(editorial_state__in=GONE).filter(uid=uid).first()
            if claim is None:
                return not_public(request, uid)
            recorded = _record(claim, said.validated_data, request.user.get_username())
            answer = _one(assessments_of(uid), recorded.uid)
            if dry_run:
                transaction.set_rollback(True)
        if dry_run:
            return _json(answer)
        address = reverse("assessment-detail", [uid, recorded.uid], request=request)
        return _json(answer, status=201, headers={"Location": address})


def assessments_of(uid: UUID) -> dict[str, Any]:
    """A published claim's assessments, newest first, as its finished timeline has them.

    Two queries: a timeline has no headlines by that name. Raises `Claim.DoesNotExist`.
    """
    published = Claim.objects.published().values_list("document__timeline", "words_revision")
    text, words_revision = published.get(uid=uid)
    timeline = json.loads(text)
    events = {each["assessment"]["uid"]: each for each in timeline["events"] if each["assessment"]}
    headlines = Assessment.objects.filter(claim__uid=uid).order_by("-pk")
    return {
        "uid": timeline["uid"],
        "revision": timeline["revision"],
        "words_revision": words_revision,
        "results": [
            {
                **event["assessment"],
                "headline": headline,
                "happened_on": event["date"],
                "recorded_at": event["recorded_at"],
            }
            for each, headline in headlines.values_list("uid", "headline")
            if (event := events.get(str(each)))  # another may have come since the text was read
        ],
    }


def _one(reading: dict[str, Any], uid: UUID) -> dict[str, Any]:
    for each in reading["results"]:
        if each["uid"] == str(uid):
            return dict(each)
    raise NotFound(_("This claim has no assessment with this uid."))


def _record(claim: Claim, said: dict[str, Any], actor: str) -> Assessment:
    """Hand it to curation; what a uid fails to name is said along with what curation says."""
    evidence, faults = _evidence(claim, said.get("evidence", []))
    values = {name: value for name, value in said.items() if name not in BESIDE}
    if corrects := values.get("corrects"):
        values["corrects"] = Assessment.objects.filter(uid=corrects).first()
        if values["corrects"] is None:
            faults["corrects"] = [_("There is no assessment “%(uid)s”.") % {"uid": corrects}]
    write = curation.AssessmentWrite(
        claim=claim,
        revision=said.get("revision"),
        words_revision=said.get("words_revision"),
        values=values,
        evidence=evidence,
        happened_before_said=said.get("happened_before_said", False),
    )
    try:
        (assessment,) = curation.assess([write], actor=actor)
    except CurationError as refusal:
        if not faults or not hasattr(refusal, "error_dict"):
            raise
        raise ValidationError({**refusal.message_dict, **faults}) from refusal
    if faults:
        raise ValidationError(faults)
    return assessment


def _evidence(claim: Claim, uids: list[UUID]) -> tuple[list[Evidence], dict[str, list[str]]]:
    there = {each.uid: each for each in claim.evidence.all()}
    unknown = [
        _("This claim has no evidence “%(uid)s”.%(nearest)s")
        % {"uid": uid, "nearest": nearest(str(uid), map(str, there))}
        for uid in uids
        if uid not in there
    ]
    known = [there[uid] for uid in uids if uid in there]
    return known, {"evidence": unknown} if unknown else {}


def _json(value: Any, **more: Any) -> HttpResponse:
    return HttpResponse(as_json(value), content_type=JSON, **more)
