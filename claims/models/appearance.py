from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .constraints import period_in_order
from .fields import FuzzyDateField
from .texts import prose_field


class Appearance(models.Model):
    """The same speaker saying the same claim again, unchanged (schema.org ``appearance``)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    claim = models.ForeignKey("Claim", models.CASCADE, related_name="appearances")
    said_on = FuzzyDateField(_("said on"))
    said_on_first = models.DateField(editable=False)
    said_on_last = models.DateField(editable=False)
    source = models.ForeignKey("Source", models.PROTECT, verbose_name=_("source"))
    quote = prose_field(_("quote"), 2_000, blank=True)

    class Meta:
        ordering = ["said_on_first", "pk"]
        constraints = [period_in_order("said_on", "appearance")]

    def __str__(self) -> str:
        return f"{self.said_on}"
