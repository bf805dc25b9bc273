"""Zips of tables, as the export makes them. Nothing is unpacked: members are read in place."""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .files import CSV, NDJSON, ZIP, File
from .manifests import MANIFEST, Manifest, read_manifest
from .sheets import Fault, Unreadable

MAX_DIRECTORY = 1_000_000  # bytes that list the members: they are all in memory at once
MAX_RATIO = 200  # what a large member may grow by
LARGE = 10_000_000

_BEGINNINGS = (b"PK\3\4", b"PK\5\6")
_BLOCK = 1 << 16
_ENCRYPTED = 0x1
# Others unpack without any bound on memory.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What `zipfile` raises, here and there, over an archive that is not whole.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError),
)


def is_archive(file: File) -> bool:
    return file.head().startswith(_BEGINNINGS)


def members(file: File) -> list[File]:
    """The tables in a zip, each read through once: it is whole, and as its manifest says.

    Raises Unreadable where anything is wrong with it.
    """
    try:
        if _directory_bytes(file) > MAX_DIRECTORY:
            raise _unreadable(file.name, _("The archive lists too many files."))
        with file.opened() as stream, zipfile.ZipFile(stream) as archive:
            return _members(archive, file)
    except _DAMAGE as error:
        raise _unreadable(file.name, _("The archive is damaged or was cut short.")) from error


def _members(archive: zipfile.ZipFile, file: File) -> list[File]:
    if not {"[Content_Types].xml", "mimetype"}.isdisjoint(archive.namelist()):
        raise _unreadable(file.name, _("This is a spreadsheet's own format. Save it as CSV UTF-8."))
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = PurePosixPath(info.filename).name
        if info.is_dir() or not _is_ours(info.filename):
            continue
        if why := _unfit(info) or (_("It is in the archive twice.") if name in infos else ""):
            raise _unreadable(f"{file.name}/{name}", why)
        infos[name] = info
    manifest = _manifest(archive, infos.pop(MANIFEST, None), file)
    if missing := next((name for name in manifest.sha256 if name not in infos), None):
        message = _("The manifest names %(name)s, which is missing: the archive was cut short.")
        raise _unreadable(f"{file.name}/{MANIFEST}", message % {"name": missing[:60]})
    if not infos:
        raise _unreadable(file.name, _("The archive holds no CSV or NDJSON file."))
    for name, info in infos.items():
        digest = hashlib.sha256()
        with archive.open(info) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
        if manifest.sha256.get(name, digest.hexdigest()) != digest.hexdigest():
            raise _unreadable(
                f"{file.name}/{name}",
                _(
                    "This is not what the archive's manifest says: it was cut short, or changed "
                    "since. Changed files are imported without their manifest."
                ),
            )
    return [
        File(
            f"{file.name}/{name}",
            PurePosixPath(name),
            partial(_opened, file, info.filename),
            file.safe if manifest.safe is None else manifest.safe,
        )
        for name, info in infos.items()
    ]


def _is_ours(name: str) -> bool:
    """Not a note beside the tables, nor what a Mac leaves there."""
    path = PurePosixPath(name)
    ours = {*CSV, *NDJSON, ZIP} - {".txt"}
    return (path.suffix.lower() in ours or path.name == MANIFEST) and not (
        path.name.startswith(".") or name.startswith("__MACOSX/")
    )


def _unfit(info: zipfile.ZipInfo) -> str:
    if info.filename.lower().endswith(ZIP):
        return _("An archive within an archive is not read: give it by itself.")
    if info.flag_bits & _ENCRYPTED:
        return _("It is encrypted: pack it without a password.")
    if info.compress_type not in _METHODS:
        return _("It is packed in a way that is not read here: use the usual one, Deflate.")
    if info.file_size > max(LARGE, MAX_RATIO * info.compress_size):
        return _("It would grow to %(times)d times its size: this is no table.") % {
            "times": info.file_size // max(info.compress_size, 1)
        }
    return ""


def _manifest(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, file: File) -> Manifest:
    if info is None:
        return Manifest()
    with archive.open(info) as member:
        try:
            return read_manifest(member)
        except ValueError as error:
            raise _unreadable(f"{file.name}/{MANIFEST}", str(error)) from error


def _directory_bytes(file: File) -> int:
    """The size of the list of members, as the end of the archive has it (PKWARE's APPNOTE 4.3)."""
    with file.opened() as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - (1 << 16) - 200))
        tail = stream.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0:
        return 0
    directory: int
    (directory,) = struct.unpack_from("<L", tail, end + 12)
    if end >= 76 and tail[end - 20 :].startswith(b"PK\6\7"):  # ZIP64 has it once more
        (directory,) = struct.unpack_from("<Q", tail, end - 76 + 40)
    return directory


@contextmanager
def _opened(file: File, name: str) -> Iterator[BinaryIO]:
    with file.opened() as stream, zipfile.ZipFile(stream) as archive, archive.open(name) as member:
        yield member  # type: ignore[misc]


def _unreadable(name: str, message: str) -> Unreadable:
    return Unreadable(Fault(name, 1, "", message))
