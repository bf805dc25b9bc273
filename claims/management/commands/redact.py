from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from claims import curation

OUT_OF_REACH = (
    "Out of its reach, and yours to see to: backups made before now, exports and copies that "
    "others hold, logs of servers and proxies."
)
ON_POSTGRESQL = (
    "PostgreSQL keeps the old rows on its disk until it has written the tables anew: run VACUUM "
    "FULL when the site may stand still; archived write-ahead logs and replicas' copies keep them "
    "for as long as you keep those."
)


class Command(BaseCommand):
    help = (
        "Remove a text by law: from the ledger's records, verdicts, rows, public texts, the "
        "admin's log and sessions; all of it, or nothing. The chain still checks. The text is "
        "looked for exactly as given: case, accents and spaces matter, so run it for each "
        "spelling. Whatever contains it is affected: a record is removed as a whole, of other "
        "texts just the part that was asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "text",
            metavar="TEXT",
            help="The text; - reads it from standard input, and so keeps it out of the shell's "
            "history.",
        )
        parser.add_argument(
            "--legal-basis",
            required=True,
            help="On what ground, for everybody to read: at most 300 characters.",
        )
        parser.add_argument(
            "--actor", default="redaction", help="Who does this (default: redaction)."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Do it all, say what came of it, and undo it."
        )

    def handle(
        self, *, text: str, legal_basis: str, actor: str, dry_run: bool, **options: Any
    ) -> None:
        if text == "-":
            text = sys.stdin.read().removesuffix("\n")
        try:
            done = curation.redact(text, legal_basis=legal_basis, actor=actor, dry_run=dry_run)
        except ValidationError as refused:
            faults = (
                [f"{name}: {' '.join(each)}" for name, each in refused.message_dict.items()]
                if hasattr(refused, "error_dict")
                else refused.messages
            )
            for fault in faults:
                self.stderr.write(fault)
            raise CommandError("nothing was removed") from refused
        for where, number in sorted(done.removed.items()):
            self.stdout.write(f"{number:7} {where}")
        if done.entries:
            numbers = ", ".join(map(str, done.entries))
            self.stdout.write(f"Records of these entries: {numbers}")
        if done.alike:
            self.stdout.write(
                f"These slugs, which never change, look like it: {', '.join(done.alike)}"
            )
        if dry_run:
            self.stdout.write("dry run: this would be removed" if done.removed else "not found")
        elif not done.removed:
            self.stdout.write("not found")
        else:
            self.stdout.write("removed")
            self._overwrite_what_was_freed()
            self.stdout.write(OUT_OF_REACH)

    def _overwrite_what_was_freed(self) -> None:
        """The old rows are still in the database's files, where no query sees them."""
        if connection.vendor != "sqlite":
            self.stdout.write(ON_POSTGRESQL)
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, *_pages) = cursor.fetchone()
        except OperationalError:
            busy = True
        if busy:
            self.stdout.write(
                "Others are using the database, so its file still holds the old rows where no "
                "query sees them: stop the server, then run in the sqlite3 shell: "
                "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"
            )
