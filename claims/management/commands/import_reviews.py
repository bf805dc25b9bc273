from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from claims.choices import ClaimKind
from claims.curation import Fate
from claims.exchange.imports import Faults
from claims.exchange.imports.sheets import Unreadable
from claims.exchange.mappings.folder import write_folder
from claims.exchange.reviews import StagedReviews
from claims.management.entering import check_actor, enter, tell_end, tell_faults
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
        check_actor(actor)
        if len(speaker) > 200:
            raise CommandError("--speaker is a name of at most 200 characters.")
        try:
            if base:
                web_address(base)
        except ValidationError as error:
            raise CommandError(f"--base: {error.messages[0]}") from error
        try:
            with StagedReviews(base=base, speaker=speaker.strip(), kind=kind) as reviews:
                with path.open("rb") as stream:
                    reviews.read(str(path), stream)
                self._tell(reviews)
                if not reviews.reviews:
                    raise CommandError("nothing was written: there is no ClaimReview to use")
                if output:
                    self._write(reviews, output)
                report = enter(self, reviews.sheets(), actor=actor, dry_run=dry_run)
                tell_faults(self, reviews.differing)
                report.fates["known", Fate.UNCHANGED] += reviews.known
                tell_end(self, report, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except Unreadable as error:
            self.stderr.write(str(error.fault))
            raise CommandError("nothing was written") from error

    def _write(self, reviews: StagedReviews, folder: Path) -> None:
        faults = Faults()
        folder.mkdir(parents=True, exist_ok=True)
        write_folder(reviews.sheets(), folder, faults)
        tell_faults(self, faults)

    def _tell(self, reviews: StagedReviews) -> None:
        tell_faults(self, reviews.faults)
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

    def _tell_counts(self, title: str, counts: Counter[str]) -> None:
        if counts:
            self.stdout.write(title)
        for name, count in counts.most_common(MOST):
            self.stdout.write(f"  {count} × {name}")
        if len(counts) > MOST:
            self.stdout.write(f"  ... and {len(counts) - MOST} more")
