"""The kept counts: how many published claims there are of each kind and standing.

They are moved here, not by triggers. Every write comes through curation and holds the ledger, so
one statement of differences for a transaction, or a block of an import, is exact, and a savepoint
that rolls back takes its own along. Triggers would say it twice, once for each engine, would be
off while a migration makes SQLite's table anew, and on PostgreSQL would run with each UPDATE of
claims, since one that is handed the rows cannot name columns; most move no count. What comes in
past curation is counted by `count_claims_anew`, and `claims.audit` sees whether all agrees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F

from claims.models import Claim, ClaimCount, Ledger

from .ledger import locked_ledger


def move_counts(before: Iterable[Mapping[str, Any]], after: Iterable[Claim]) -> None:
    """Count claims as they now stand, and no longer as their records `before` say.

    Of claims that are or were in public, those only that they are or were. At most one query.
    """
    moved = Counter(tuple(getattr(claim, name) for name in ClaimCount.SAYS) for claim in after)
    moved.subtract(tuple(record[name] for name in ClaimCount.SAYS) for record in before)
    rows = [(*key, number) for key, number in moved.items() if number]
    if not rows:
        return
    quote = connection.ops.quote_name
    table, number = quote(ClaimCount._meta.db_table), quote("number")
    says = ", ".join(map(quote, ClaimCount.SAYS))
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({says}, {number}) VALUES {', '.join([row] * len(rows))}"  # noqa: S608 (the model's names)
            f" ON CONFLICT ({says}) DO UPDATE SET {number} = {table}.{number} + excluded.{number}",
            [value for values in rows for value in values],
        )


def count_claims_anew() -> int:
    """Put right the kept counts that are not those of the claims; returns how many were not."""
    with locked_ledger():
        kept, counted = ClaimCount.objects.kept(), ClaimCount.objects.counted()
        if differing := {key for key, _number in kept.items() ^ counted.items()}:
            ClaimCount.objects.all().delete()
            ClaimCount.objects.bulk_create(
                ClaimCount(**dict(zip(ClaimCount.SAYS, key, strict=True)), number=number)
                for key, number in counted.items()
            )
            Ledger.objects.update(texts_remade=F("texts_remade") + 1)  # what validators look at
        return len(differing)
