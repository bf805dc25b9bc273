"""Zips that are sent while they are made."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # that a zip can say


def member(name: str, at: datetime | None) -> zipfile.ZipInfo:
    """A compressed file of a zip, which says that it was made `at`."""
    info = zipfile.ZipInfo(name, at.timetuple()[:6] if at else FIRST_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


class Sent(io.RawIOBase):
    """A stream that a zip is written to, and that is emptied as it grows. It has no way back."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)
