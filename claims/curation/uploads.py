"""Files that are brought to be imported: kept, taken up by one run at a time, thrown away.

Not under the ledger's lock: no row of the field is written here, and a run says how far it came
after each of its transactions, so never further than was committed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import UploadState
from claims.models import Upload

from .guard import WrongState

FILE_KEPT = timedelta(days=1)  # after its last move
REPORT_KEPT = timedelta(days=30)
MOST_UPLOADS = 50  # of an account that are kept
STALLED = timedelta(minutes=2)  # without a move: its run has died


def keep_upload(account: Any, **columns: Any) -> Upload:
    """Keep a file that was checked; what is past its time goes, and the account's oldest."""
    now = timezone.now()
    _throw_old_ones_away()
    upload = Upload.objects.create(account=account, uploaded_at=now, moved_at=now, **columns)
    newest = Upload.objects.of(account).order_by("-uploaded_at").values_list("pk", flat=True)
    Upload.objects.of(account).filter(_idle()).exclude(pk__in=list(newest[:MOST_UPLOADS])).delete()
    return upload


def begin_upload(upload: Upload) -> None:
    """Take it up to be entered; `upload.run` then says which run this is.

    Raises `WrongState` where another run is at it, or it was entered or thrown away.
    """
    took = Upload.objects.filter(_idle(), pk=upload.pk, state__in=_OPEN).update(
        state=UploadState.ENTERING, run=F("run") + 1, moved_at=timezone.now()
    )
    upload.refresh_from_db(fields=["state", "run", "done", "of", "moved_at"])
    if not took:
        raise WrongState(why_not_entered(upload))


def move_upload(upload: Upload, **columns: Any) -> None:
    """Note how far a run has come, or how it ended.

    Raises `WrongState` where the upload was thrown away, or taken up by another run, meanwhile.
    """
    columns["moved_at"] = timezone.now()
    if columns.get("state") == UploadState.ENTERED:
        columns["content"] = b""
    at_it = Upload.objects.filter(pk=upload.pk, run=upload.run, state=UploadState.ENTERING)
    if not at_it.update(**columns):
        raise WrongState(_("The file was thrown away, or taken up again elsewhere."))
    for name, value in columns.items():
        setattr(upload, name, value)


def throw_upload_away(upload: Upload) -> None:
    """A run that is at it stops after its block; what it entered stays."""
    Upload.objects.filter(pk=upload.pk).delete()


def is_stalled(upload: Upload) -> bool:
    """Is it being entered, by a run that seems to have died?"""
    return upload.state == UploadState.ENTERING and upload.moved_at < timezone.now() - STALLED


def why_not_entered(upload: Upload) -> str:
    """Why an upload is not taken up."""
    if upload.state == UploadState.ENTERED:
        return _("It was entered already.")
    if upload.state == UploadState.EXPIRED:
        return _("The file was thrown away after a day: upload it again.")
    return _("It is being entered at this moment: ask again when it is through.")


_OPEN = (UploadState.CHECKED, UploadState.CUT_OFF, UploadState.ENTERING)


def _idle() -> Q:
    """No run is at it."""
    stalled = Q(moved_at__lt=timezone.now() - STALLED)
    return ~Q(state=UploadState.ENTERING) | stalled


def _throw_old_ones_away() -> None:
    now = timezone.now()
    Upload.objects.filter(moved_at__lt=now - REPORT_KEPT).delete()
    old = Upload.objects.filter(moved_at__lt=now - FILE_KEPT)
    old.filter(state=UploadState.ENTERED).exclude(refused=b"").update(refused=b"")
    old.filter(state__in=_OPEN).update(state=UploadState.EXPIRED, content=b"", refused=b"")
