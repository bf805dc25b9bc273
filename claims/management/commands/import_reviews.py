from __future__ import annotations

import csv
from argparse import ArgumentParser
from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from claims.choices import ClaimKind
from claims.curation import Fate
from claims.exchange.csv_import import ImportRefused, import_files
from claims.exchange.imports.sheets import Faults, Sheet, Unreadable
from claims.exchange.reviews import StagedReviews
from claims.models.texts import web_address

MOST = 50  # kinds of what was not used, told one by one


class Command(BaseCommand):
    help = (
        "Enter fact-checks of other desks, from a JSON file of schema.org's ClaimReview: one or "
        "many of them, JSON lines, or a DataFeed. Their claims are drafted, with each review as "
        "evidence; what is there already is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE", help="A .json, .jsonld or .ndjson.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Do it all, say what came of it, and undo it."
        )
        parser.add_argument(
            "--output", type=Path, metavar="FOLDER", help="Keep the rows here, as CSV files."
        )
        parser.add_argument(
            "--actor", default="import", help="Who does this, for the ledger (default: import)."
        )
        parser.add_argument(
            "--base", default="", metavar="URL", help="What relative addresses are relative to."
        )
        parser.add_argument(
            "--speaker", default="", help="Who made the claims whose review names nobody."
        )
        parser.add_argument(
            "--kind",
            choices=ClaimKind.values,
            default=ClaimKind.ASSERTION,
            help="What the claims come in as (default: assertion).",
        )

    def handle(
        self,
        *,
        path: Path,
        dry_run: bool,
        output: Path | None,
        actor: str,
        base: str,
        speaker: str,
        kind: str,
        **options: Any,
    ) -> None:
        if not 0 < len(actor) <= 150:
            raise CommandError("--actor is a name of at most 150 characters.")
        if len(speaker) > 200:
            raise CommandError("--speaker is a name of at most 200 characters.")
        try:
            if base:
                web_address(base)
        except ValidationError as error:
            raise CommandError(f"--base: {error.messages[0]}") from error
        try:
            with (
                StagedReviews(base=base, speaker=speaker.strip(), kind=kind) as reviews,
                TemporaryDirectory() as folder,
            ):
                with path.open("rb") as stream:
                    reviews.read(str(path), stream)
                self._tell(reviews)
                if not reviews.reviews:
                    raise CommandError("nothing was written: there is no ClaimReview to use")
                fates = self._enter(reviews, output or Path(folder), actor, dry_run)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except Unreadable as error:
            self.stderr.write(str(error.fault))
            raise CommandError("nothing was written") from error
        counts = ", ".join(f"{fates[fate]} {fate}" for fate in Fate)
        self.stdout.write(f"dry run: {counts}" if dry_run else counts)

    def _enter(
        self, reviews: StagedReviews, folder: Path, actor: str, dry_run: bool
    ) -> Counter[Fate]:
        folder.mkdir(parents=True, exist_ok=True)
        lines = {}
        for sheet in reviews.sheets():
            file = folder / f"{sheet.table.name}.csv"
            lines[str(file)] = _write(sheet, file)
        self._tell_faults(reviews.differing)
        try:
            fates = import_files([Path(file) for file in lines], actor=actor, dry_run=dry_run)
        except ImportRefused as refusal:
            for fault in refusal.faults:
                element = lines[fault.file][fault.line]
                self.stderr.write(f"{fault} ({reviews.name}, element {element})")
            raise CommandError("nothing was written") from refusal
        fates[Fate.UNCHANGED] += reviews.known
        return fates

    def _tell(self, reviews: StagedReviews) -> None:
        self._tell_faults(reviews.faults)
        self._tell_counts("Elements without a ClaimReview, by type:", reviews.others)
        self._tell_counts("Properties that have no place here:", reviews.unused)
        self._tell_counts(
            "Ratings that point nowhere we know, and came in as context:", reviews.unmapped
        )
        for count, what in (
            (reviews.undated, "claims without a day: they have the month of the review, marked ?"),
            (reviews.cut, "ratings of more than 200 characters: whole in the summary"),
            (reviews.repeated, "reviews that were in the file before: left out"),
        ):
            if count:
                self.stdout.write(f"{count} {what}")
        self.stdout.write(f"{reviews.reviews} reviews used, {reviews.faults.count} not")

    def _tell_faults(self, faults: Faults) -> None:
        for fault in faults.told:
            self.stderr.write(str(fault))
        if more := faults.count - len(faults.told):
            self.stderr.write(f"... and {more} more")

    def _tell_counts(self, title: str, counts: Counter[str]) -> None:
        if counts:
            self.stdout.write(title)
        for name, count in counts.most_common(MOST):
            self.stdout.write(f"  {count} × {name}")
        if len(counts) > MOST:
            self.stdout.write(f"  ... and {len(counts) - MOST} more")


def _write(sheet: Sheet, file: Path) -> array[int]:
    """Write rows as CSV. Returns the number of the element that each line came from."""
    elements = array("q", [0, 0])  # there is no line 0, and the first is the header
    names: list[str] = []
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        for row in sheet.rows:
            if not names:
                names = list(row.cells)
                writer.writerow(names)
            cells = [row.cells.get(name, "") for name in names]
            writer.writerow(cells)
            elements.extend([row.line] * (1 + sum(cell.count("\n") for cell in cells)))
        if not names:
            writer.writerow(_keys(sheet))
    return elements


def _keys(sheet: Sheet) -> Iterable[str]:
    """A header for no rows at all."""
    return [
        column.name
        for column in sheet.table.columns
        if column.name in sheet.table.keys or column.required
    ]
