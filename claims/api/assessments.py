"""The assessments of one claim: to be read by anybody, and recorded by an editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.reverse import reverse
from rest_framework.viewsets import ViewSet

from claims import curation
from claims.documents import as_json
from claims.filter_fields import nearest
from claims.models import Assessment, Claim, Evidence, read_all_that_hangs_on

from . import schema
from .bodies import said_in
from .conditional import revision_tag
from .named import refused_together
from .parameters import check_names
from .permissions import needs_to_write
from .serializers import AssessmentWriteSerializer
from .views import JSON, claim_to_write, not_public
from .writes import Writes, claim_tag, refuse_unseen, tag_now, written

# Members of a body that are no columns of the assessment.
BESIDE = {"words_revision", "evidence", "happened_before_said"}


class AssessmentViewSet(Writes, ViewSet):
    permission_classes = [needs_to_write("claims.assess_claim")]

    @schema.assessment_list
    def list(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ())
        try:
            assessments = assessments_of(uid)
        except Claim.DoesNotExist:
            return not_public(request, uid)
        return _tagged(assessments, assessments["revision"])

    @schema.assessment_detail
    def retrieve(self, request: Request, uid: UUID, assessment: UUID) -> HttpResponse:
        check_names(request.query_params, ())
        try:
            assessments = assessments_of(uid)
        except Claim.DoesNotExist:
            return not_public(request, uid)
        return _tagged(_one(assessments, assessment), assessments["revision"])

    @schema.assessment_create
    def create(self, request: Request, uid: UUID) -> HttpResponse:
        check_names(request.query_params, ("dry_run",))
        said = said_in(request, AssessmentWriteSerializer)
        return written(request, lambda: self._record(request, uid, said))

    def _record(self, request: Request, uid: UUID, said: dict[str, Any]) -> HttpResponse:
        claim = claim_to_write(request, uid)
        refuse_unseen(request, claim.revision, lambda: claim_tag(uid))
        recorded = _record(claim, said, request.user.get_username())
        address = reverse("assessment-detail", [uid, recorded.uid], request=request)
        return HttpResponse(
            as_json(_reading(_events(json.loads(recorded.claim.document.timeline)), recorded)),
            status=201,
            content_type=JSON,
            headers={"Location": address, "ETag": tag_now(recorded.claim)},
        )


def assessments_of(uid: UUID) -> dict[str, Any]:
    """A published claim's assessments, newest first, as its finished timeline has them.

    Two queries: a timeline has no headlines by that name. Raises `Claim.DoesNotExist`.
    """
    published = Claim.objects.published().values_list("document__timeline", "words_revision")
    text, words_revision = published.get(uid=uid)
    timeline = json.loads(text)
    events = _events(timeline)
    assessments = Assessment.objects.filter(claim__uid=uid).order_by("-pk").only("uid", "headline")
    return {
        "uid": timeline["uid"],
        "revision": timeline["revision"],
        "words_revision": words_revision,
        "results": [
            _reading(events, each)
            for each in assessments
            if str(each.uid) in events  # another may have come since the text was read
        ],
    }


def _events(timeline: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The assessments on a timeline, by their uids."""
    return {each["assessment"]["uid"]: each for each in timeline["events"] if each["assessment"]}


def _reading(events: Mapping[str, Mapping[str, Any]], assessment: Assessment) -> dict[str, Any]:
    event = events[str(assessment.uid)]
    return {
        **event["assessment"],
        "headline": assessment.headline,
        "happened_on": event["date"],
        "recorded_at": event["recorded_at"],
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
        revision=claim.revision,
        words_revision=said.get("words_revision"),
        values=values,
        evidence=evidence,
        happened_before_said=said.get("happened_before_said", False),
    )
    (assessment,) = refused_together(faults, lambda: curation.assess([write], actor=actor))
    return assessment


def _evidence(claim: Claim, uids: list[UUID]) -> tuple[list[Evidence], dict[str, list[str]]]:
    read_all_that_hangs_on([claim])
    there = {each.uid: each for each in claim.evidence.all()}
    unknown = [
        _("This claim has no evidence “%(uid)s”.%(nearest)s")
        % {"uid": uid, "nearest": nearest(str(uid), map(str, there))}
        for uid in uids
        if uid not in there
    ]
    known = [there[uid] for uid in uids if uid in there]
    return known, {"evidence": unknown} if unknown else {}


def _tagged(value: Any, revision: int) -> HttpResponse:
    text = as_json(value)
    return HttpResponse(text, content_type=JSON, headers={"ETag": revision_tag(revision, text)})
