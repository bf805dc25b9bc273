"""Assessments: the forms that record them, and the list that only shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curation
from claims.choices import (
    AssessmentCause,
    AssessmentReason,
    ClaimKind,
    DueMode,
    Outcome,
    Progress,
    allowed_outcomes,
    status_label,
)
from claims.curation.rules import standing_verdict
from claims.models import Assessment, Claim, Evidence

from .acts import ActForm, HappenedBeforeSaid
from .fields import FuzzyDateInput
from .history import ReadOnlyAdmin
from .revisions import COUNTERS

_ANY_CAUSE = [("", "---------"), *AssessmentCause.choices]


class EvidenceChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, evidence: Any) -> SafeString:
        return format_html(
            '<span class="evidence"><b>{} · {}</b> {}<br>{}</span>',
            evidence.get_kind_display(),
            evidence.get_stance_display(),
            evidence.summary,
            _origin(evidence),
        )


def _origin(evidence: Evidence) -> SafeString:
    """Where a piece of evidence comes from, and when: its source, a link where it has one."""
    facts = [_("of %(date)s") % {"date": evidence.dated}] if evidence.dated else []
    if evidence.observed:
        facts.append(_("observed: %(quantity)s") % {"quantity": evidence.observed})
    if source := evidence.source:
        if source.published_on:
            facts.insert(0, _("published %(date)s") % {"date": source.published_on})
        name = (
            format_html('<a href="{}" target="_blank" rel="noreferrer">{}</a>', source.url, source)
            if source.url
            else str(source)
        )
        return format_html("{}", format_html_join(", ", "{}", ((each,) for each in (name, *facts))))
    return format_html("{}", ", ".join(facts))


class OutcomeChoice(forms.ChoiceField):
    """Offers what fits the claim; why another outcome does not, curation says better."""

    def valid_value(self, value: Any) -> bool:
        return value in Outcome.values


class Assess(ActForm, HappenedBeforeSaid):
    """What a verdict and an update have in common.

    The words judged are those of the revision seen: a form whose claim moved on is stale, so one
    counter says both.
    """

    permission = "claims.assess_claim"
    needed = ("cause", "rationale", "evidence")

    cause = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Why another entry"),
        choices=_ANY_CAUSE,
        help_text=gettext_lazy(
            "The facts moved on: the earlier one was right then. We were wrong: shown as a "
            "correction."
        ),
    )
    rationale = forms.CharField(
        required=False,
        label=gettext_lazy("Rationale"),
        max_length=4_000,
        widget=AdminTextareaWidget({"rows": 5}),
        help_text=gettext_lazy("How the evidence leads there, so that a stranger can follow."),
    )
    evidence = EvidenceChoice(
        Evidence.objects.none(),
        required=False,
        label=gettext_lazy("Evidence it rests on"),
        widget=forms.CheckboxSelectMultiple,
    )
    happened_on = FuzzyDateInput(
        required=False,
        label=gettext_lazy("Happened on"),
        help_text=gettext_lazy("When it became so; empty when nothing happened."),
        widget=AdminTextInputWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier: list[Assessment] = list(self.row.assessments.all())
        evidence: Any = self.fields["evidence"]
        evidence.queryset = self.row.evidence.select_related("source").filter(
            replaced_by__isnull=True
        )
        cause: Any = self.fields["cause"]
        if self.earlier:
            cause.choices = [each for each in _ANY_CAUSE if each[0] != AssessmentCause.FIRST]
        else:
            del self.fields["cause"]

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        return claim.is_published

    def clean(self) -> dict[str, Any]:
        self.ask_about(self.cleaned_data.get("happened_on"))
        return super().clean()

    def do(self, actor: str) -> str:
        beside = {"evidence", "happened_before_said", *COUNTERS}
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.fields and name not in beside
        }
        (assessment,) = curation.assess(
            [
                curation.AssessmentWrite(
                    claim=self.row,
                    revision=self.revision,
                    words_revision=self.row.words_revision,
                    values=values,
                    evidence=list(self.cleaned_data["evidence"]),
                    happened_before_said=self.cleaned_data["happened_before_said"],
                )
            ],
            actor=actor,
        )
        return _("Recorded: %(what)s.") % {"what": what_it_says(assessment)}


class RecordVerdict(Assess):
    name = "verdict"
    label = gettext_lazy("Record a verdict")

    outcome = OutcomeChoice(label=gettext_lazy("Verdict"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Reason"),
        choices=[("", "---------"), *AssessmentReason.choices],
    )
    progress = forms.ChoiceField(
        required=False,
        label=gettext_lazy("And its progress"),
        choices=[("", "---------"), *Progress.choices],
        help_text=gettext_lazy("Missed, but still being worked on: say so here."),
    )
    corrects = forms.ModelChoiceField(
        Assessment.objects.none(),
        required=False,
        label=gettext_lazy("Corrects"),
        help_text=gettext_lazy("Only where we were wrong."),
    )
    headline = forms.CharField(
        required=False,
        label=gettext_lazy("Headline"),
        max_length=80,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("At most 80 characters: “Signed nine months late”."),
    )
    method = forms.CharField(
        required=False,
        label=gettext_lazy("Method"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("The rule book and its version, if you follow one."),
    )
    field_order = [
        *("outcome", "reason", "progress", "cause", "corrects", "headline", "rationale"),
        *("evidence", "happened_on", "happened_before_said", "method"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim = self.row
        outcome: Any = self.fields["outcome"]
        outcome.choices = [
            (code, label)
            for code, label in allowed_outcomes(claim.kind).items()
            if (code != Outcome.VOID or claim.condition)
            and (code != Outcome.BORNE_OUT_LATE or claim.due_mode == DueMode.BY)
        ]
        if "progress" in self.fields and not NoteProgress.is_for(claim):
            del self.fields["progress"]
        corrects: Any = self.fields["corrects"]
        if self.earlier:
            corrects.queryset = claim.assessments.order_by("-pk")
            corrects.label_from_instance = _what_was_said_when
        else:
            del self.fields["corrects"]
        standing = standing_verdict(self.earlier)
        if self.earlier and not standing:
            # Its first verdict, after updates or a reopening: the facts moved on since.
            self.initial["cause"] = AssessmentCause.DEVELOPMENT
        if standing and standing.words_revision != claim.words_revision:
            self.initial["outcome"] = standing.outcome
            self.initial["cause"] = AssessmentCause.REAFFIRMATION
            self.advice = _(
                "The words were edited since the last verdict: reaffirm it, or judge anew."
            )


class NoteProgress(Assess):
    name = "progress"
    label = gettext_lazy("Note progress")
    advice = gettext_lazy("An update, with a source. It is no verdict, and leaves one standing.")

    progress = forms.ChoiceField(label=gettext_lazy("Progress"), widget=forms.RadioSelect)
    reopens = forms.BooleanField(
        required=False,
        label=gettext_lazy("This reopens the claim: the verdict no longer stands"),
    )
    field_order = [
        *("progress", "reopens", "cause", "rationale", "evidence"),
        *("happened_on", "happened_before_said"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        progress: Any = self.fields["progress"]
        # A promise dropped before any verdict is “not kept”: that is recorded as a verdict.
        progress.choices = [
            each for each in Progress.choices if self.row.closed or each[0] != Progress.DROPPED
        ]
        if not self.row.closed:
            progress.help_text = _("Dropped for good? Record a verdict: not kept, abandoned.")
            del self.fields["reopens"]
        self.fields["rationale"].label = _("What is new, in a sentence")
        self.fields["rationale"].help_text = ""
        if "cause" in self.fields:
            self.initial["cause"] = AssessmentCause.DEVELOPMENT

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        return claim.is_published and claim.kind == ClaimKind.PROMISE

    @classmethod
    def why_not(cls, claim: Claim) -> str:
        if claim.is_published:
            return _("Only a promise has progress.")
        return super().why_not(claim)


def _what_was_said_when(assessment: Assessment) -> str:
    """Tells two entries apart that say the same."""
    when = f"{assessment.recorded_at:%Y-%m-%d}, {assessment.get_cause_display()}"
    return f"{what_it_says(assessment)} ({when})"


def what_it_says(assessment: Assessment) -> str:
    """An assessment in one line: "Not kept, in progress: Signed nine months late"."""
    claim = assessment.claim
    codes = filter(None, (assessment.outcome, assessment.progress))
    words = ", ".join(status_label(claim.kind, code) for code in codes)
    return f"{words}: {assessment.headline}" if assessment.headline else words


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ("says", "claim", "cause", "happened_on", "recorded_at", "decided_by")
    list_filter = ("outcome", "progress", "cause")
    list_select_related = ("claim",)
    search_fields = ("claim__statement", "headline", "decided_by")
    date_hierarchy = None
    fields = (
        *("claim", "says", "reopens", "cause", "corrects", "reason", "headline", "rationale"),
        *("rests_on", "happened_on", "recorded_at", "decided_by", "words_revision", "method"),
    )

    @admin.display(description=gettext_lazy("says"))
    def says(self, assessment: Assessment) -> str:
        return what_it_says(assessment)

    @admin.display(description=gettext_lazy("rests on"))
    def rests_on(self, assessment: Assessment) -> SafeString:
        rows = assessment.evidence.select_related("source")
        return format_html_join("", "<p>{}<br>{}</p>", ((each, _origin(each)) for each in rows))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("claim").order_by("-pk")
