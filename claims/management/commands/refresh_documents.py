from typing import Any

from django.core.management.base import BaseCommand

from claims import curation


class Command(BaseCommand):
    help = "Render anew the claims' texts that show older names: a timer's job."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = sum(iter(curation.refresh_documents, 0))
        self.stdout.write(f"{texts} claims' texts had older names and were rendered anew.")
