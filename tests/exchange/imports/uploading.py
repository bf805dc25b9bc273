"""Files as they are brought over HTTP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from claims.exchange.imports import uploads
from claims.models import Upload
from tests.exchange.desk import FILES
from tests.factories import make_account


def zipped(files: Mapping[str, str] = FILES) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for table, text in files.items():
            archive.writestr(f"{table}.csv", text)
    return packed.getvalue()


def unzipped(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def bring(
    content: str | bytes | Mapping[str, str],
    name: str = "",
    *,
    role: str = "editor",
    account: Any = None,
    **options: Any,
) -> Upload:
    """A file of one table, or the tables of a zip, checked for an account with a role."""
    if isinstance(content, Mapping):
        content, name = zipped(content), name or "desk.zip"
    content = content.encode() if isinstance(content, str) else content
    return uploads.check_upload(
        account or make_account(role), content, name=name, **({"safe": True} | options)
    )


def enter(upload: Upload, **options: Any) -> list[uploads.Step]:
    """Enter it to its end; the steps."""
    return list(uploads.enter_upload(upload, **options))


def counts(upload: Upload) -> dict[str, dict[str, int]]:
    """What becomes of the rows of each table, without what is 0."""
    return {
        each["table"]: {name: n for name, n in each.items() if name != "table" and n}
        for each in upload.report["tables"]
    }


def stored(upload: Upload) -> Upload:
    """As the database has it."""
    return Upload.objects.get(pk=upload.pk)
