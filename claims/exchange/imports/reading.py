"""Whatever files somebody brings, as sheets of our tables.

Headers are checked at once; rows are read as they are asked for, so memory does not grow with a
file. Nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from claims.exchange.columns import TABLES, Table
from claims.filter_fields import nearest

from .archives import is_archive, members
from .csv_rows import open_csv
from .encodings import encoding_of
from .files import NDJSON, ZIP, File, file_at, foreign, in_folder, uploaded
from .json_rows import begins_as_json, open_ndjson
from .sheets import Faults, Sheet, Unreadable


def open_sheets(
    given: Iterable[Path | BinaryIO],
    faults: Faults,
    *,
    table: str = "",
    encoding: str = "",
    safe: bool = True,
) -> list[Sheet]:
    """The sheets of files, of the files of folders and zips, and of uploads (streams that seek).

    Those whose rows others name come first. A file's stem names its table, unless `table` does.
    `encoding` is obeyed where a file does not begin with another's mark; without it a file is in
    UTF-8, or what its mark says. With `safe`, the texts of a CSV file stand as `cells.guarded`
    made them; a manifest that came with it knows better.

    What is wrong goes to `faults`, and that file has no rows. Rows raise Unreadable where they
    cannot be told apart any more. Raises OSError where a path cannot be read.
    """
    sheets = []
    for file in _files(given, faults, safe):
        sheet = _sheet(file, table, encoding, faults)
        if sheet:
            sheets.append(sheet)
        elif missing := TABLES.get(table or file.path.stem):
            sheets.append(Sheet(missing, file.name, rows=(), whole=False))
    order = list(TABLES)
    return sorted(sheets, key=lambda sheet: order.index(sheet.table.name))


def _files(given: Iterable[Path | BinaryIO], faults: Faults, safe: bool) -> Iterator[File]:
    for each in given:
        if not isinstance(each, Path):
            files = [uploaded(each, safe=safe)]
        elif each.is_dir():
            files = in_folder(each, faults, safe=safe)
        else:
            files = [file_at(each, safe=safe)]
        for file in files:
            if is_archive(file):
                try:
                    yield from members(file)
                except Unreadable as unreadable:
                    faults.note(unreadable.fault)
            elif file.suffix == ZIP:
                faults.add(file.name, 1, "", _("This is no zip archive, or it was cut short."))
            else:
                yield file


def _table(file: File, name: str, faults: Faults) -> Table | None:
    stem = name or file.path.stem
    if stem not in TABLES:
        faults.add(
            file.name,
            1,
            "",
            _(
                "There is no table “%(name)s”; a file is named after one of: %(tables)s. "
                "For another name, say which table it is."
            )
            % {"name": stem[:60], "tables": ", ".join(TABLES)}
            + nearest(stem[:60], TABLES),
        )
    return TABLES.get(stem)


def _sheet(file: File, name: str, asked: str, faults: Faults) -> Sheet | None:
    head = file.head()
    if why := foreign(head):
        faults.add(file.name, 1, "", why)
        return None
    table = _table(file, name, faults)
    if table is None:
        return None
    try:
        encoding = encoding_of(head, asked)
    except ValueError as error:
        faults.add(file.name, 1, "", str(error))
        return None
    if file.suffix in NDJSON or begins_as_json(head):
        return open_ndjson(table, file, encoding)
    return open_csv(table, file, encoding, faults)
