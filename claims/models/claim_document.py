from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Self

from django.db import models
from django.db.models import F


class FinishedTextQuerySet(models.QuerySet[Any]):
    """Texts made of claims. Their model says in `NAMED_THROUGH` how one comes to show another
    row's facts, by the model of that row."""

    def with_older_names(self) -> Self:
        """Texts made before a row that they name was last changed. Looks at every text."""
        newer = models.Q()
        for path in chain(*self.model.NAMED_THROUGH.values()):
            newer |= models.Q(**{f"claim__{path}__ledger_number__gt": F("ledger_number")})
        return self.filter(pk__in=self.model.objects.filter(newer).values("pk")).order_by("pk")

    def with_older_names_of(self, rows: Sequence[models.Model]) -> Self:
        """Those of them that name one of `rows`, all of one model; found by its indexes."""
        through = self.model.NAMED_THROUGH.get(str(type(rows[0])._meta.model_name), ())
        if not through:
            return self.none()
        naming = [
            self.model.objects.filter(
                **{
                    f"claim__{path}__in": rows,
                    f"claim__{path}__ledger_number__gt": F("ledger_number"),
                }
            ).values("pk")
            for path in through
        ]
        return self.filter(pk__in=naming[0].union(*naming[1:])).order_by("pk")

    def in_older_format(self, current: int) -> Self:
        """Those first that are first in the index, which a block then leaves for the next."""
        return self.filter(format__lt=current).order_by("format", "pk")


class ClaimDocument(models.Model):
    """The finished public JSON texts of one published claim: a cache of `documents.render`."""

    NAMED_THROUGH = {
        "speaker": ("speaker", "on_behalf_of"),
        "source": ("source", "appearances__source", "evidence__source"),
        "topic": ("topics",),
        "collection": ("collections",),
    }

    claim = models.OneToOneField("Claim", models.CASCADE, primary_key=True, related_name="document")
    summary = models.TextField()
    timeline = models.TextField()
    format = models.PositiveSmallIntegerField()
    # The ledger's head when the texts were made. Names changed after it are still to come.
    ledger_number = models.BigIntegerField()

    objects = FinishedTextQuerySet.as_manager()

    class Meta:
        indexes = [
            # Are there texts in an older format? Asked at each start, of every claim.
            models.Index(fields=["format", "claim"], name="document_by_format"),
        ]

    def __str__(self) -> str:
        return f"texts of claim {self.claim_id}"
