"""“Reaffirm”: one click for a verdict that still fits, after the words it judged were edited."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curation
from claims.choices import Subject
from claims.curation.claims import IMMATERIAL
from claims.curation.reaffirmation import in_force
from claims.diffs import differences
from claims.models import Assessment, Change, Claim

from .acts import ActForm, HappenedBeforeSaid
from .assessments import what_it_says
from .differences import Line, lines


class Reaffirm(ActForm, HappenedBeforeSaid):
    name = "reaffirm"
    label = gettext_lazy("Reaffirm")
    advice = gettext_lazy(
        "The verdict is recorded again, on the words as they are now and on the same evidence. "
        "Where it no longer fits, record a new one."
    )
    permission = "claims.assess_claim"
    needed = ("rationale",)

    rationale = forms.CharField(
        required=False,
        label=gettext_lazy("Rationale"),
        max_length=4_000,
        widget=AdminTextareaWidget({"rows": 6}),
    )
    field_order = ["rationale", "happened_before_said"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "reaffirm_%s"  # it may share a page with the form for a verdict
        self.verdict = self.row.verdict if self.row.stale else None
        if self.verdict:
            self.initial["rationale"] = self.verdict.rationale or ""
            self.ask_about(self.verdict.happened_on)

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        return claim.is_published and claim.stale

    @classmethod
    def why_not(cls, claim: Claim) -> str:
        if claim.is_published:
            return _("No verdict on this claim is stale: there is nothing to reaffirm.")
        return super().why_not(claim)

    @property
    def says(self) -> str:
        return what_it_says(self.verdict) if self.verdict else ""

    @property
    def evidence(self) -> Any:
        """What it will rest on."""
        return in_force(self.verdict.evidence.all(), self.row) if self.verdict else []

    @property
    def edited(self) -> list[Line]:
        return edited_since(self.verdict, self.row) if self.verdict else []

    def do(self, actor: str) -> str:
        assessment = curation.reaffirm(
            self.row,
            revision=self.revision,
            rationale=self.cleaned_data["rationale"],
            happened_before_said=self.cleaned_data["happened_before_said"],
            actor=actor,
        )
        return _("Reaffirmed: %(what)s.") % {"what": what_it_says(assessment)}


def edited_since(verdict: Assessment, claim: Claim) -> list[Line]:
    """What was edited of the claim's own words since `verdict`, word by word.

    Nothing where a record of then or now was redacted.
    """
    entries = Change.objects.filter(subject=Subject.CLAIM, key=str(claim.uid)).order_by("number")
    # Its own: a record is made after the assessment, and holds the words.
    judged = entries.filter(at__gte=verdict.recorded_at).first()
    newest = entries.last()
    if not (judged and judged.record and newest and newest.record):
        return []
    then, now = json.loads(judged.record), json.loads(newest.record)
    if then.get("words_revision") != verdict.words_revision:
        return []
    columns = {each.name for each in Claim._meta.fields if each.editable} - IMMATERIAL
    return lines(
        [each for each in differences(then, now) if each.field in columns], kind=claim.kind
    )
