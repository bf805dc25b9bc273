from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.choices import UploadState

from .constraints import one_of

MAX_ENCODING = 40  # characters of its name


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, account: Any) -> UploadQuerySet:
        return self.filter(account=account)

    def one_of(self, account: Any, uid: UUID) -> Upload | None:
        """An account's own; its permissions, once looked up, are not asked for again."""
        own = self.of(account).filter(uid=uid).first()
        if own:
            own.account = account
        return own

    def without_files(self) -> UploadQuerySet:
        """A file has up to 20 MB: it is only read where it is wanted."""
        return self.defer("content", "refused", "seen")


class Upload(models.Model):
    """A file that somebody brought to be imported, what a check found in it, how far it came.

    The desk's own bookkeeping: outside the ledger, and seen by nobody else.
    """

    uid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    table = models.CharField(_("table"), max_length=20, blank=True)  # empty: as its name says
    encoding = models.CharField(
        _("encoding"), max_length=MAX_ENCODING, blank=True
    )  # empty: as it looks
    # Its texts stand as an export guards them against spreadsheets.
    safe = models.BooleanField(_("guarded against spreadsheets"), default=True)
    content = models.BinaryField()  # packed; empty: it was entered, or thrown away
    size = models.PositiveIntegerField(_("size"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    state = models.CharField(
        _("state"), max_length=10, choices=UploadState.choices, default=UploadState.CHECKED
    )
    moved_at = models.DateTimeField(_("last moved"))
    run = models.PositiveIntegerField(default=0)  # how often it was begun to be entered
    # Rows that a run is through with, each committed, and how many it has in all.
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    # Revisions of what was there already when it was checked, by table and name.
    seen = models.JSONField(default=dict)
    refused = models.BinaryField()  # rows that were not taken, a zip; empty: there are none

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "uid"]
        constraints = [one_of("state", UploadState, "upload")]
        indexes = [
            models.Index(fields=["account", "-uploaded_at"], name="upload_of_account"),
            models.Index(fields=["moved_at"], name="upload_by_instant"),
        ]

    def __str__(self) -> str:
        return self.name
