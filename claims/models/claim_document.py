from __future__ import annotations

from django.db import models
from django.db.models import F

# How a text comes to show another row's facts.
NAMED_THROUGH = (
    "speaker",
    "on_behalf_of",
    "source",
    "appearances__source",
    "evidence__source",
    "topics",
    "collections",
)


class ClaimDocumentQuerySet(models.QuerySet["ClaimDocument"]):
    def with_older_names(self) -> ClaimDocumentQuerySet:
        """Texts made before a row that they name was last changed."""
        newer = models.Q()
        for path in NAMED_THROUGH:
            newer |= models.Q(**{f"claim__{path}__ledger_number__gt": F("ledger_number")})
        return self.filter(pk__in=self.model.objects.filter(newer).values("pk"))

    def in_older_format(self, current: int) -> ClaimDocumentQuerySet:
        return self.filter(format__lt=current)


class ClaimDocument(models.Model):
    """The finished public JSON texts of one published claim: a cache of `documents.render`."""

    claim = models.OneToOneField("Claim", models.CASCADE, primary_key=True, related_name="document")
    summary = models.TextField()
    timeline = models.TextField()
    format = models.PositiveSmallIntegerField()
    # The ledger's head when the texts were made. Names changed after it are still to come.
    ledger_number = models.BigIntegerField()

    objects = ClaimDocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"texts of claim {self.claim_id}"
