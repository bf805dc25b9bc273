from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .texts import prose_field


class TaskQuerySet(models.QuerySet["Task"]):
    def get_by_natural_key(self, uid: str) -> Task:
        return self.get(claim__uid=uid)


class Task(models.Model):
    """The desk's private slip on a claim: outside ledger, revision and every public text."""

    claim = models.OneToOneField("Claim", models.CASCADE, related_name="task")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,  # NULL: anybody's
        blank=True,
        verbose_name=_("assignee"),
    )
    # NULL: no day set.
    review_on = models.DateField(_("look again on"), null=True, blank=True, db_index=True)
    note = prose_field(_("note"), 2_000, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = [models.F("review_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"Task on {self.claim}"

    def natural_key(self) -> tuple[str]:
        return self.claim.natural_key()

    natural_key.dependencies = ["claims.claim"]  # type: ignore[attr-defined]
