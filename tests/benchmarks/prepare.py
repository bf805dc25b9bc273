"""Make the claims of one run in the database of the environment, and say what to ask of them.

    python -m tests.benchmarks.prepare CLAIMS SEED

Prints JSON.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from claims.models import Change, Claim  # noqa: E402

from .made_claims import make_claims  # noqa: E402
from .questions import questions  # noqa: E402


def main(claims: int, seed: int) -> None:
    call_command("migrate", verbosity=0)
    make_claims(claims, seed=seed)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What autovacuum would get to within a minute. Nobody does it for SQLite.
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    json.dump(
        {
            "version": version,
            "claims": Claim.objects.count(),
            "changes": Change.objects.count(),
            "questions": questions(seed=seed),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
