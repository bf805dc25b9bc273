"""What the commands that bring rows in have in common: a bar, the faults, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from claims.exchange.imports import Faults, ImportRefused, Report, Sheet, import_sheets, summary
from claims.exchange.imports.report import Progress


def check_actor(actor: str) -> None:
    """Raises CommandError for a name that the ledger has no room for."""
    if not 0 < len(actor) <= 150:
        raise CommandError("--actor is a name of at most 150 characters.")


def enter(
    command: BaseCommand, sheets: Iterable[Sheet], *, dry_run: bool, **options: Any
) -> Report:
    """`import_sheets`, with its faults told. Raises CommandError where it is refused."""
    came = ("read", 0, 0)

    def note(*words: Any) -> None:
        nonlocal came
        came = words
        show(*words)

    try:
        with shown_progress() as show:
            report = import_sheets(sheets, dry_run=dry_run, progress=note, **options)
    except (KeyboardInterrupt, DatabaseError) as error:
        doing, done, of = came
        why = f" ({error})" if str(error) else ""
        raise CommandError(
            f"cut off{why} when {done} of {of} rows were {doing}: run it again to finish it"
        ) from error
    except ImportRefused as refusal:
        _tell(command, refusal.report, how_read=True)
        raise CommandError("nothing was written") from refusal
    _tell(command, report, how_read=dry_run)
    return report


def tell_end(command: BaseCommand, report: Report, *, dry_run: bool) -> None:
    """What became of the rows, or would; its last line counts them."""
    if dry_run:
        for difference in report.differences:
            command.stdout.write(str(difference))
    command.stdout.write(f"dry run: {summary(report)}" if dry_run else summary(report))


def _tell(command: BaseCommand, report: Report, *, how_read: bool) -> None:
    if how_read:
        for note in report.notes:
            command.stdout.write(note)
    tell_faults(command, report.faults)
    tell_faults(command, report.conflicts)


def tell_faults(command: BaseCommand, faults: Faults) -> None:
    for fault in sorted(faults.told, key=lambda fault: (fault.file, fault.line)):
        command.stderr.write(str(fault))
    if more := faults.count - len(faults.told):
        command.stderr.write(f"... and {more} more")


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on standard error, for a terminal only."""
    with tqdm(unit=" rows", disable=None, leave=False) as bar:

        def show(doing: str, done: int, of: int) -> None:
            bar.set_description(doing, refresh=False)
            bar.total = of
            bar.update(done - bar.n)

        yield show
