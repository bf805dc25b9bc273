from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import EvidenceKind, Stance

from .constraints import one_of, period_in_order
from .fields import FuzzyDateField, QuantityField, period_edge
from .texts import prose_field


class Evidence(models.Model):
    """What a source shows about a claim. Once an assessment cites it, it is never edited."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    claim = models.ForeignKey("Claim", models.CASCADE, related_name="evidence")
    # NULL only for a search that found nothing: its summary says where and when.
    source = models.ForeignKey(
        "Source", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    stance = models.CharField(_("stance"), max_length=11, choices=Stance, default=Stance.CONTEXT)
    summary = prose_field(_("summary"), 2_000)
    dated = FuzzyDateField(
        _("dated"), null=True, blank=True, help_text=_("When what it shows was so.")
    )
    dated_first = period_edge()
    dated_last = period_edge()
    observed = QuantityField(_("observed quantity"), null=True, blank=True)
    observed_value = models.DecimalField(max_digits=24, decimal_places=6, null=True, editable=False)
    observed_unit = models.CharField(max_length=60, blank=True, editable=False)
    original_rating = models.CharField(
        _("original rating"),
        max_length=200,
        blank=True,
        help_text=_("Another desk's verdict, in its own words."),
    )
    # The cited row that this one stands in for; NULL for a row of its own.
    replaces = models.OneToOneField(
        "self",
        # One write, or a draft thrown away, may take both; the foreign key holds at the commit.
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    class Meta:
        # Said in full: left to themselves, the engines put NULL at opposite ends of a record.
        ordering = [F("dated_first").asc(nulls_last=True), "pk"]
        verbose_name_plural = _("evidence")
        constraints = [
            one_of("kind", EvidenceKind, "evidence"),
            one_of("stance", Stance, "evidence"),
            period_in_order("dated", "evidence"),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.SEARCH) | Q(source__isnull=False),
                name="evidence_has_source",
            ),
            models.CheckConstraint(
                condition=Q(original_rating="") | Q(kind=EvidenceKind.FACT_CHECK),
                name="evidence_rating_of_fact_check",
            ),
        ]

    def __str__(self) -> str:
        return self.summary
