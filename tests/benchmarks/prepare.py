"""Make claims in the empty database of the environment, in as many processes as there are cores.

python -m tests.benchmarks.prepare CLAIMS SEED
"""

import os
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from .drawn_claims import BLOCK  # noqa: E402
from .made_claims import make_claims  # noqa: E402

# Of SQLite: a file that is half made is thrown away, and its unique keys are in no order.
LOADING = "synchronous = OFF", "journal_mode = OFF", "cache_size = -500000"


def main(claims: int, seed: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for pragma in LOADING:
                cursor.execute(f"PRAGMA {pragma}")
        call_command("migrate", verbosity=0)
        processes = (os.cpu_count() or 1) if claims > BLOCK else 0
        make_claims(claims, seed=seed, processes=processes)
        if connection.vendor == "postgresql":
            # What autovacuum would get to within a minute. Nobody does it for SQLite.
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
