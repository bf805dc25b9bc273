from __future__ import annotations

from django.db import models
from django.db.models import Count

from claims.choices import ClaimKind, Outcome, Progress, Status

from .claim import Claim

Key = tuple[str, ...]  # a value for each of `ClaimCount.SAYS`


class ClaimCountQuerySet(models.QuerySet["ClaimCount"]):
    def kept(self) -> dict[Key, int]:
        """The counts by what they are of, where there is any claim."""
        rows = self.exclude(number=0).values_list(*self.model.SAYS, "number")
        return {tuple(key): number for *key, number in rows}

    def counted(self) -> dict[Key, int]:
        """What should be kept: looks at every published claim."""
        says = self.model.SAYS
        rows = Claim.objects.published().order_by().values_list(*says).annotate(number=Count("pk"))
        return {tuple(key): number for *key, number in rows}


class ClaimCount(models.Model):
    """How many published claims of a kind stand so: a cache of one GROUP BY over all of them.

    Exact in every snapshot, since `claims.curation.counts` moves it in the transaction that moves
    the claims. Its columns are called as the claim's are, so that what filters and groups those
    asks either table.
    """

    SAYS = ("kind", "status", "outcome", "progress")

    kind = models.CharField(max_length=10, choices=ClaimKind)
    status = models.CharField(max_length=16, choices=Status)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    progress = models.CharField(max_length=12, choices=Progress, blank=True)
    # No CHECK that it is not negative: PostgreSQL asks that of the row proposed, a difference.
    number = models.BigIntegerField()

    objects = ClaimCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "status", "outcome", "progress"], name="claimcount_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}, {self.status}"
