"""Files as they are given: paths, the files of folders, uploads; and what is none of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .encodings import HEAD
from .manifests import MANIFEST, read_manifest
from .sheets import Faults

CSV = (".csv", ".tsv", ".txt")
NDJSON = (".ndjson", ".jsonl")
ZIP = ".zip"


@dataclass(frozen=True)
class File:
    """Bytes with a name, that can be read from their start as often as it takes."""

    name: str  # what faults call it
    path: PurePath  # names its table and its form; nothing is ever looked up or written there
    opened: Callable[[], AbstractContextManager[BinaryIO]]
    safe: bool = True  # its texts stand as `cells.guarded` made them, if it is CSV

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def head(self) -> bytes:
        with self.opened() as stream:
            return stream.read(HEAD)


def file_at(path: Path, *, safe: bool) -> File:
    return File(str(path), path, lambda: path.open("rb"), safe)


def uploaded(stream: BinaryIO, *, safe: bool) -> File:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        stream.seek(0)
        yield stream

    path = PurePath(str(getattr(stream, "name", "") or "upload"))
    return File(path.name, path, opened, safe)


def in_folder(folder: Path, faults: Faults, *, safe: bool) -> list[File]:
    """The files of a folder that may be tables, in the order of their names.

    Where it was an archive, its manifest knows whether they are safe. It is not held against
    files that somebody edited.
    """
    ours = {*CSV, *NDJSON, ZIP} - {".txt"}  # which would rather be a note beside them
    inside = sorted(each for each in folder.iterdir() if each.suffix.lower() in ours)
    if not inside:
        faults.add(str(folder), 1, "", _("The folder holds no CSV, NDJSON or zip file."))
    told = folder / MANIFEST
    if told.exists():
        try:
            with told.open("rb") as stream:
                manifest = read_manifest(stream)
        except ValueError as error:
            faults.add(str(told), 1, "", str(error))
        else:
            safe = safe if manifest.safe is None else manifest.safe
    return [file_at(path, safe=safe) for path in inside]


def foreign(head: bytes) -> str:
    """Why a file that begins with `head` is not one of ours, and what to do; empty: it may be."""
    for beginning, what, remedy in _FOREIGN:
        if head.startswith(beginning):
            return _("This is %(what)s. %(remedy)s") % {"what": what(), "remedy": remedy()}
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return _("This is a web page or XML, saved in place of the file: fetch the file itself.")
    return ""


def _save_as_csv() -> str:
    return _("Save it as CSV UTF-8.")


def _unpack() -> str:
    return _("Unpack it, or pack the files as a zip.")


_FOREIGN: tuple[tuple[bytes, Callable[[], str], Callable[[], str]], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", lambda: _("a spreadsheet's own format"), _save_as_csv),
    (b"PAR1", lambda: _("a Parquet file"), _save_as_csv),
    (b"SQLite format 3\0", lambda: _("a SQLite database"), _save_as_csv),
    (b"%PDF", lambda: _("a PDF document"), lambda: _("Copy its table into a CSV file.")),
    (b"{\\rtf", lambda: _("a text processor's own format"), _save_as_csv),
    (b"\x1f\x8b", lambda: _("a gzip archive"), _unpack),
    (b"BZh", lambda: _("a bzip2 archive"), _unpack),
    (b"\xfd7zXZ\0", lambda: _("an xz archive"), _unpack),
    (b"\x28\xb5\x2f\xfd", lambda: _("a Zstandard archive"), _unpack),
    (b"7z\xbc\xaf\x27\x1c", lambda: _("a 7-Zip archive"), _unpack),
    (b"Rar!\x1a\x07", lambda: _("a RAR archive"), _unpack),
    (b"\x89PNG", lambda: _("an image"), lambda: _("Copy its table into a CSV file.")),
    (b"\xff\xd8\xff", lambda: _("an image"), lambda: _("Copy its table into a CSV file.")),
)
