from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.columns import TABLES
from claims.exchange.imports import Faults, open_sheets
from claims.management.entering import check_actor, enter, tell_end


class Command(BaseCommand):
    help = (
        "Enter files in the dialect of the export. All rows are checked first, and nothing is "
        "written while one is at fault; then they are entered in blocks, so that the desk can be "
        "used meanwhile. Run it again to finish what was cut off. A file is named after its table, "
        f"one of: {', '.join(TABLES)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="CSV, NDJSON, the zip of an export, or a folder of them.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would become of each row."
        )
        parser.add_argument(
            "--keep-going", action="store_true", help="Enter the rows that are well."
        )
        parser.add_argument(
            "--refused",
            type=Path,
            metavar="FOLDER",
            help="Where the other rows are written, with the reasons, to be mended and imported.",
        )
        parser.add_argument(
            "--table", choices=TABLES, default="", help="The table, whatever the file is named."
        )
        parser.add_argument(
            "--encoding", default="", help="Of files that are not UTF-8, such as cp1252."
        )
        parser.add_argument(
            "--safe",
            choices=("0", "1"),
            default="1",
            help="0: the files were exported with safe=0, so no apostrophe was put before texts.",
        )
        parser.add_argument(
            "--actor", default="import", help="Who does this, for the ledger (default: import)."
        )

    def handle(
        self,
        *,
        paths: list[Path],
        dry_run: bool,
        keep_going: bool,
        refused: Path | None,
        table: str,
        encoding: str,
        safe: str,
        actor: str,
        **options: Any,
    ) -> None:
        check_actor(actor)
        faults = Faults()
        try:
            report = enter(
                self,
                open_sheets(paths, faults, table=table, encoding=encoding, safe=safe == "1"),
                faults=faults,
                actor=actor,
                dry_run=dry_run,
                keep_going=keep_going,
                refused=refused,
            )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        tell_end(self, report, dry_run=dry_run)
