"""CSV files into the tables: all of them, or nothing. Every write goes through curation.

Files are read first; then, in one transaction, their rows are created, changed or left as they
are, table after table in the order in which they name each other. A fault does not stop the
import from looking for more.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from claims import curation
from claims.curation import Fate
from claims.filter_fields import nearest

from .columns import TABLES, Table
from .csv_files import Fault, Faults, File, Row, read_file
from .csv_names import names_in, with_rows_for_names
from .csv_run import Run, key_of
from .csv_tables import WRITERS

BATCH = 250  # rows a call to curation


class ImportRefused(Exception):
    """Nothing was written. `faults` are the first of `count`."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(_("Faults: %(count)d") % {"count": faults.count})
        self.faults: list[Fault] = faults.told
        self.count = faults.count


def import_files(
    paths: Iterable[Path], *, actor: str, table: str = "", dry_run: bool = False
) -> Counter[Fate]:
    """Import files, and the files of folders; returns how many rows met each fate.

    A file's stem names its table, unless `table` does. Raises `ImportRefused`, and OSError where
    a file cannot be read.
    """
    faults = Faults()
    files = []
    for named, path in _tables_of(paths, table, faults):
        with path.open("rb") as stream:
            files.append(read_file(named, str(path), stream, faults))
    run = Run(faults, actor)
    with curation.locked_ledger():
        for file in files:
            _take(run, file)
        if faults.count:
            raise ImportRefused(faults)
        if dry_run:
            transaction.set_rollback(True)
    return run.fates


def _tables_of(paths: Iterable[Path], name: str, faults: Faults) -> list[tuple[Table, Path]]:
    """Each file with its table, those first whose rows others name."""
    found = []
    for path in paths:
        inside = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not inside:
            faults.add(str(path), 1, "", _("The folder holds no CSV file."))
        for file in inside:
            stem = name or file.stem
            if stem in TABLES:
                found.append((TABLES[stem], file))
            else:
                faults.add(
                    str(file),
                    1,
                    "",
                    _(
                        "There is no table “%(name)s”; a file is named after one of: %(tables)s. "
                        "For another name, give --table."
                    )
                    % {"name": stem, "tables": ", ".join(TABLES)}
                    + nearest(stem, TABLES),
                )
    order = list(TABLES)
    return sorted(found, key=lambda each: order.index(each[0].name))


def _take(run: Run, file: File) -> None:
    if file.rows is None:
        run.unread.add(file.table.model)
        return
    for row in file.rows:
        if row.faulty:
            run.pass_over(file, row)
    write = WRITERS[file.table.name]
    pending = deque(row for row in file.rows if not row.faulty)
    to_come = {key_of(row) for row in pending} - {None}
    while pending:
        batch = _next_batch(file, pending, to_come)
        if batch:
            to_come.difference_update(key_of(row) for row in batch)
            write(run, file, with_rows_for_names(run, file, batch))
        else:
            to_come.clear()  # they wait for each other, so they had better be there already


def _next_batch(file: File, pending: deque[Row], to_come: Collection[Any]) -> list[Row]:
    """Take rows from `pending`, in their order, but none that names one still to come.

    Links and assessments, which curation takes one by one, are taken one a claim.
    """
    batch: list[Row] = []
    put_off: list[Row] = []
    claims: set[UUID] = set()  # whose further rows stay behind
    one_a_claim = file.table.name in ("links", "assessments")
    among_themselves = [each for each in file.columns if each.names is file.table.model]
    while pending and len(batch) < BATCH:
        row = pending.popleft()
        claim = row.values.get("claim")
        waits = any(
            name in to_come and name != key_of(row)
            for column in among_themselves
            for name in names_in(row, column)
        )
        stays = waits or claim in claims
        (put_off if stays else batch).append(row)
        if claim and one_a_claim:
            claims.add(claim)
    pending.extendleft(reversed(put_off))
    return batch
