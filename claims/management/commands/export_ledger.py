from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.ledger_export import LEDGER, MANIFEST, LedgerBroken, export_ledger


class Command(BaseCommand):
    help = (
        f"Write the ledger as {LEDGER}, an entry a line, with its rows, SHA-256 and head in "
        f"{MANIFEST}. Anybody can check them with the script that the site serves as "
        "/static/claims/verify_ledger.py."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output",
            type=Path,
            required=True,
            metavar="FOLDER",
            help="The folder for both files; it is made, and older files in it are replaced.",
        )

    def handle(self, *, output: Path, **options: Any) -> None:
        try:
            manifest = export_ledger(output)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except LedgerBroken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{manifest['rows']} entries; head {manifest['head']}")
