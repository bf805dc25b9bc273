from __future__ import annotations

from typing import Self

from django.db import models

from .claim_document import FinishedTextQuerySet


class SearchTextQuerySet(FinishedTextQuerySet):
    def not_public(self) -> Self:
        """Those of claims without public texts, with which the others are made anew."""
        return self.filter(claim__document=None)


class SearchText(models.Model):
    """What search finds a claim by, in whatever state it is: a cache of `search.search_text`.

    Beside it stand an index on SQLite and a column of PostgreSQL's that no model describes: see
    `claims.search.index`.
    """

    NAMED_THROUGH = {"speaker": ("speaker", "on_behalf_of")}

    claim = models.OneToOneField(
        "Claim", models.CASCADE, primary_key=True, related_name="search_text"
    )
    text = models.TextField()
    format = models.PositiveSmallIntegerField()
    # The ledger's head when it was made. Names changed after it are still to come.
    ledger_number = models.BigIntegerField()

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        indexes = [
            # As of the documents: asked at each start.
            models.Index(fields=["format", "claim"], name="search_text_by_format"),
        ]

    def __str__(self) -> str:
        return f"search text of claim {self.claim_id}"
