from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from claims.exchange.columns import CLAIMS, TABLES
from claims.exchange.exports import (
    ON_A_CLAIM,
    Block,
    Extract,
    TooManyRows,
    archive,
    claims_extract,
    csv_blocks,
    ndjson_blocks,
    rows_about,
    rows_with,
    table_extract,
    workbook_blocks,
)
from claims.exchange.vocabularies import Vocabulary
from claims.exchange.whole_files import whole_file
from claims.filter_fields import nearest
from claims.filters import ClaimFilter, questions

FORMATS = ("csv", "ndjson", "xlsx", "zip")


class Command(BaseCommand):
    help = (
        "Write what is public: a table as CSV, in the dialect that import_claims reads, as NDJSON "
        "or as a workbook; or all of them in a zip."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "filters",
            nargs="*",
            metavar="NAME=VALUE",
            help="Only some claims, by the filters of the API: speaker=ada status=pending "
            "as_of=2021-12-31. Of other tables, what hangs on these claims.",
        )
        parser.add_argument("--table", choices=TABLES, default="claims")
        parser.add_argument("--format", choices=FORMATS, help="Otherwise as --output ends, or csv.")
        parser.add_argument(
            "--columns", metavar="NAME,NAME", help="Only these columns, in this order."
        )
        parser.add_argument(
            "--safe",
            choices=("0", "1"),
            default="1",
            help="0: no apostrophe before a text that a spreadsheet would run.",
        )
        parser.add_argument(
            "--bom",
            action="store_true",
            help="Begin a CSV with the mark by which Excel knows UTF-8.",
        )
        parser.add_argument(
            "--vocab",
            action="append",
            choices=Vocabulary.values,
            default=[],
            help="Add what a claim's status is called in this vocabulary.",
        )
        parser.add_argument(
            "--output",
            type=Path,
            help="A file to write, which is there once it is whole; otherwise, print it.",
        )
        parser.add_argument(
            "--site-url",
            default="",
            help="What addresses begin with, such as https://claims.example",
        )

    def handle(self, *, filters: list[str], output: Path | None, **options: Any) -> None:
        asked = _asked(filters)
        ending = output.suffix.lstrip(".") if output else ""
        form = options["format"] or (ending if ending in FORMATS else "csv")
        try:
            blocks, total = _blocks(form, asked, **options)
        except ValueError as error:
            raise CommandError(f"--columns: {error}") from error
        except TooManyRows as error:
            raise CommandError(str(error)) from error
        if output is None and form in ("xlsx", "zip") and sys.stdout.isatty():
            raise CommandError("This is not for a terminal: name a file with --output.")
        with tqdm(
            total=total, unit=" rows", disable=None, leave=False, file=sys.stderr
        ) as progress:
            if output is None:
                self._print(blocks, progress)
                return
            try:
                with whole_file(output) as file:
                    for block in blocks:
                        file.write(block.data)
                        progress.update(block.rows)
            except OSError as error:
                raise CommandError(f"{error.filename or output}: {error.strerror}") from error

    def _print(self, blocks: Iterator[Block], progress: Any) -> None:
        raw = getattr(self.stdout, "buffer", None)  # a terminal's or a pipe's own bytes
        for block in blocks:
            if raw is None:
                self.stdout.write(block.data.decode(), ending="")
            else:
                raw.write(block.data)
            progress.update(block.rows)
        if raw is not None:
            raw.flush()


def _blocks(
    form: str,
    asked: ClaimFilter,
    *,
    table: str,
    columns: str | None,
    safe: str,
    bom: bool,
    vocab: list[str],
    site_url: str,
    **options: Any,
) -> tuple[Iterator[Block], int]:
    """What is to be written, and how many rows that is now. Raises ValueError for bad columns."""
    site_url, is_safe = site_url.rstrip("/"), safe == "1"
    names = None if columns is None else columns.split(",")
    if bom and form != "csv":
        raise CommandError("--bom is for csv only.")
    if vocab and (table != CLAIMS.name or form == "zip"):
        raise CommandError("--vocab is for claims only.")
    if form == "zip":
        if table != CLAIMS.name or names:
            raise CommandError("A zip has every table with all its columns.")
        _refuse_past(asked, "a zip")
        claims = asked.qs if asked.filters else None
        tables = (
            rows_with(claims)
            if claims is not None
            else {name: each.rows() for name, each in TABLES.items()}
        )
        total = sum(rows.count() for rows in tables.values())
        return archive(claims, filters=asked.asked, site_url=site_url, safe=is_safe), total
    extract: Extract
    if table == CLAIMS.name:
        extract = claims_extract(
            asked.qs,
            site_url=site_url,
            as_of=asked.moment.number if asked.moment else None,
            vocabularies=vocab,
            columns=names,
            safe=is_safe,
        )
    else:
        if asked.filters and table not in ON_A_CLAIM:
            raise CommandError(f"Filters are for claims and what hangs on them, not for {table}.")
        _refuse_past(asked, table)
        rows = rows_about(TABLES[table], asked.qs) if asked.filters else None
        extract = table_extract(TABLES[table], rows, site_url=site_url, columns=names, safe=is_safe)
    total = extract.rows.count()
    if form == "xlsx":
        return workbook_blocks(extract), total
    return (ndjson_blocks(extract) if form == "ndjson" else csv_blocks(extract, bom=bom)), total


def _refuse_past(asked: ClaimFilter, what: str) -> None:
    if past := [name for name in ("as_of", "changed") if name in asked.filters]:
        raise CommandError(f"{past[0]}: {what} is exported as it is now.")


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
