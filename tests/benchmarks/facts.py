"""What there is in the database of the environment, and what to ask of it.

    python -m tests.benchmarks.facts SEED

Prints JSON. Claims that were made before a migration, or before a text got another format, are
brought up first.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from claims.models import Change, Claim  # noqa: E402

from .every_filter import every_filter  # noqa: E402
from .questions import questions  # noqa: E402


def main(seed: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("rebuild_documents", verbosity=0)
    with connection.cursor() as cursor:
        asked = (
            "SHOW server_version"
            if connection.vendor == "postgresql"
            else "SELECT sqlite_version()"
        )
        cursor.execute(asked)
        (version,) = cursor.fetchone()
    json.dump(
        {
            "version": version,
            "claims": Claim.objects.count(),
            "changes": Change.objects.count(),
            "questions": questions(seed=seed),
            "filters": every_filter(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
