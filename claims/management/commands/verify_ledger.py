from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import audit


class Command(BaseCommand):
    help = (
        "Check the ledger's chain, and that all rows and public texts say what it says. "
        "Stops at the first fault. It shows that nothing was altered since a head that somebody "
        "else holds (--against); without one, only that all of it agrees with itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--against",
            default="",
            metavar="HEAD",
            help="An earlier head that was noted, such as 12.0123456789abcdef: "
            "is it a part of this history?",
        )

    def handle(self, *, against: str, **options: Any) -> None:
        try:
            found = audit.verify(against)
        except ValueError as error:
            raise CommandError(
                "--against is a head as the feed and an export's manifest have it: "
                "12.0123456789abcdef, with 16 to 64 digits behind the point."
            ) from error
        except audit.LedgerFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"{found.entries} entries ({found.redacted} redacted), {found.claims} claims, "
            f"{found.references} other rows and {found.texts} texts are as they should be; "
            f"head {found.head}"
        )
        for number, what in (
            (found.with_older_names, "texts show older names: run manage.py refresh_documents"),
            (found.in_older_format, "texts are in an older format: run rebuild_documents"),
            (found.not_entered, "rows came in past the ledger, from a fixture"),
        ):
            if number:
                self.stdout.write(f"Not checked: {number} {what}.")
