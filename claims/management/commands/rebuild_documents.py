from typing import Any

from django.core.management.base import BaseCommand

from claims import curation


class Command(BaseCommand):
    help = (
        "Render anew the claims' texts that are in an older format, and put right the kept counts "
        "of claims: after an upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        texts = sum(iter(curation.rebuild_documents, 0))
        if texts or options["verbosity"]:
            self.stdout.write(
                f"{texts} claims' texts were in an older format and were rendered anew."
            )
        if counts := curation.count_claims_anew():
            self.stdout.write(f"{counts} kept counts of claims were put right.")
