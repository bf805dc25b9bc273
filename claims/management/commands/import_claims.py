from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.curation import Fate
from claims.exchange.columns import TABLES
from claims.exchange.csv_import import ImportRefused, import_files


class Command(BaseCommand):
    help = (
        "Enter CSV files in the dialect of the export: all of them, or nothing. A file is named "
        f"after its table, one of: {', '.join(TABLES)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="A file, or a folder of them."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Do it all, say what came of it, and undo it."
        )
        parser.add_argument(
            "--table", choices=TABLES, default="", help="The table, whatever the file is named."
        )
        parser.add_argument(
            "--actor", default="import", help="Who does this, for the ledger (default: import)."
        )

    def handle(
        self, *, paths: list[Path], dry_run: bool, table: str, actor: str, **options: Any
    ) -> None:
        if not 0 < len(actor) <= 150:
            raise CommandError("--actor is a name of at most 150 characters.")
        try:
            fates = import_files(paths, actor=actor, table=table, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except ImportRefused as refusal:
            for fault in refusal.faults:
                self.stderr.write(str(fault))
            if more := refusal.count - len(refusal.faults):
                self.stderr.write(f"... and {more} more")
            raise CommandError("nothing was written") from refusal
        counts = ", ".join(f"{fates[fate]} {fate}" for fate in Fate)
        self.stdout.write(f"dry run: {counts}" if dry_run else counts)
