from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.columns import TABLES
from claims.exchange.csv_export import claims_csv, table_csv
from claims.filter_fields import nearest
from claims.filters import ClaimFilter, questions


class Command(BaseCommand):
    help = "Write what is public of a table as CSV, in the dialect that import_claims reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "filters",
            nargs="*",
            metavar="NAME=VALUE",
            help="Only some claims, by the filters of the API: speaker=ada status=pending",
        )
        parser.add_argument("--table", choices=TABLES, default="claims")
        parser.add_argument("--output", type=Path, help="A file to write; otherwise, print it.")
        parser.add_argument(
            "--site-url",
            default="",
            help="What the url column begins with, such as https://claims.example",
        )

    def handle(
        self,
        *,
        filters: list[str],
        table: str,
        output: Path | None,
        site_url: str,
        **options: Any,
    ) -> None:
        if filters and table != "claims":
            raise CommandError("Filters are for claims only.")
        site_url = site_url.rstrip("/")
        if table == "claims":
            asked = _asked(filters)
            number = asked.moment.number if asked.moment else None
            texts = claims_csv(asked.qs, site_url=site_url, as_of=number)
        else:
            texts = table_csv(table, site_url=site_url)
        if output is None:
            for text in texts:
                self.stdout.write(text, ending="")
            return
        with output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(texts)


def _asked(words: list[str]) -> ClaimFilter:
    """The filters that `name=value` words name."""
    data: dict[str, str] = {}
    for each in words:
        name, equals, value = each.partition("=")
        if not equals:
            raise CommandError(f"{each}: write a filter as name=value.")
        if name in data:
            raise CommandError(f"{name}: give it once, with commas between values.")
        data[name] = value
        if name not in questions():
            raise CommandError(
                f"{name}: there is no such filter; there are: {', '.join(questions())}."
                + nearest(name, questions())
            )
    asked = ClaimFilter(data)
    if faults := asked.errors or asked.unknown_names():
        name, messages = next(iter(faults.items()))
        raise CommandError(f"{name}: {' '.join(messages)}")
    return asked
