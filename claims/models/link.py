from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import LinkType

from .constraints import one_of


class Link(models.Model):
    """One claim's relation to another: `claim` revises, repeats, … `target`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey("Claim", models.CASCADE, related_name="links")
    type = models.CharField(_("type"), max_length=11, choices=LinkType)
    target = models.ForeignKey(
        "Claim", models.PROTECT, related_name="linked_from", verbose_name=_("other claim")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("type", LinkType, "link"),
            models.UniqueConstraint(fields=["type", "claim", "target"], name="link_once"),
            models.CheckConstraint(condition=~Q(claim=F("target")), name="link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.target_id}"
