"""What the reference tables share: a fixed slug, a revision, and their place in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReferenceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class Reference(models.Model):
    """A row that claims name by its slug. The slug never changes: the ledger's records use it."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    # The ledger entry that last changed this row; NULL: loaded past it, from a fixture.
    ledger_number = models.BigIntegerField(null=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


def by_slug(column: str, rows: models.Manager[Any], slugs: Sequence[str]) -> Q:
    """Those whose `column` names one of `rows`, by its slug."""
    named = rows.filter(slug__in=slugs).order_by().values("pk")
    if len(slugs) == 1:
        # A scalar subquery is looked up first, so that the index with this column leads.
        return Q(**{f"{column}_id": named[:1]})
    return Q(**{f"{column}_id__in": named})
