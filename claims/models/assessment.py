from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import AssessmentCause, AssessmentReason, Outcome, Progress

from .constraints import one_of, period_in_order
from .evidence import Evidence
from .fields import FuzzyDateField, period_edge
from .texts import prose_field


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def corrections(self) -> AssessmentQuerySet:
        """Those that say an earlier one was wrong."""
        return self.filter(cause=AssessmentCause.CORRECTION)

    def new_verdicts(self) -> AssessmentQuerySet:
        """Those that gave an outcome anew: what reaffirms the one before it is no news."""
        return self.exclude(outcome="").exclude(cause=AssessmentCause.REAFFIRMATION)


class Assessment(models.Model):
    """One dated entry on a claim: a verdict, an update, or both. Rows are only ever inserted.

    The newest row with an outcome, or with `reopens`, decides what stands.
    """

    REDACTABLE = {"headline": "headline", "rationale": "rationale"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("Claim", models.PROTECT, related_name="assessments")
    # The words it judged; older than the claim's: the verdict is stale.
    words_revision = models.PositiveIntegerField(editable=False)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    progress = models.CharField(_("progress"), max_length=12, choices=Progress, blank=True)
    # Clears the standing outcome: a mere update leaves it standing.
    reopens = models.BooleanField(_("reopens the claim"), default=False)
    cause = models.CharField(_("cause"), max_length=13, choices=AssessmentCause)
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,  # NULL unless the cause is a correction
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    reason = models.CharField(_("reason"), max_length=13, choices=AssessmentReason, blank=True)
    # NULL in either text: redacted.
    headline = models.CharField(
        _("headline"),
        max_length=80,
        blank=True,
        null=True,
        default="",
        help_text="Signed nine months late",
    )
    rationale = prose_field(_("rationale"), 4_000, null=True)
    happened_on = FuzzyDateField(
        _("happened on"),
        null=True,
        blank=True,
        help_text=_("When it became so; empty when nothing happened."),
    )
    happened_on_first = period_edge()
    happened_on_last = period_edge()
    recorded_at = models.DateTimeField(editable=False)
    decided_by = models.CharField(max_length=150, editable=False)
    method = models.CharField(
        _("method"), max_length=200, blank=True, help_text=_("The rule book and its version.")
    )
    evidence: models.ManyToManyField[Evidence, AssessmentEvidence] = models.ManyToManyField(
        Evidence, through="AssessmentEvidence", related_name="assessments"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("outcome", Outcome, "assessment", blank=True),
            one_of("progress", Progress, "assessment", blank=True),
            one_of("cause", AssessmentCause, "assessment"),
            one_of("reason", AssessmentReason, "assessment", blank=True),
            period_in_order("happened_on", "assessment"),
            models.CheckConstraint(
                condition=~Q(outcome="") | ~Q(progress=""), name="assessment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(reopens=False) | (Q(outcome="") & ~Q(progress="")),
                name="assessment_reopens_with_progress",
            ),
            models.CheckConstraint(
                condition=Q(cause=AssessmentCause.CORRECTION, corrects__isnull=False)
                | (~Q(cause=AssessmentCause.CORRECTION) & Q(corrects__isnull=True)),
                name="assessment_correction_corrects",
            ),
        ]
        indexes = [
            # judged_from, judged_to.
            models.Index(fields=["recorded_at"], name="assessment_by_instant"),
            # The feed of corrections: few among many.
            models.Index(
                fields=["id"],
                name="assessment_corrections",
                condition=Q(cause=AssessmentCause.CORRECTION),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or " + ".join(filter(None, (self.outcome, self.progress)))


class AssessmentEvidence(models.Model):
    """The evidence an assessment rests on. Rows are only ever inserted."""

    REDACTABLE: dict[str, str] = {}

    assessment = models.ForeignKey("Assessment", models.PROTECT)
    evidence = models.ForeignKey("Evidence", models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "evidence"], name="assessment_cites_evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} rests on {self.evidence_id}"
