"""Made claims for an empty database: as many as asked for, the same ones for the same seed.

Speakers are Zipf-distributed, the claims are said over fifteen years, a third have a quantity and
each has three pieces of evidence, or eight. Rows go in by the thousand, past curation's checks,
which would take ten times as long; the records, texts and hashes are made by the functions that
curation has for them. Only salts and the instants of the ledger differ from run to run.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from claims.choices import Operation, Subject
from claims.curation.bulk import insert
from claims.curation.counts import count_claims_anew
from claims.curation.ledger import Entry, append, locked_ledger
from claims.documents import reference_record
from claims.models import Ledger

from . import blocks, loading
from .blocks import Block
from .drawn_claims import ACTOR, BLOCK, fates
from .processes import mapped
from .reference_rows import References, references
from .vocabulary import DEEDS, PLACES, PROSE, THINGS, Book

__all__ = ["ACTOR", "DEEDS", "PLACES", "PROSE", "THINGS", "make_claims"]


def make_claims(number: int, *, seed: int = 1, processes: int = 0) -> None:
    """Fill an empty, migrated database with `number` claims that were published.

    They are made in as many `processes` beside this one; none: in this one.
    """
    with loading.unindexed():
        named = references(seed, number, Book(seed))
        _enter_references(named)
        planned = _plan(seed, number, named.last + 1)
        for made in mapped(blocks.make, planned, processes):
            with locked_ledger():
                head = Ledger.objects.get()
                at = max(timezone.now(), head.at or timezone.now())
                loading.insert(made.rows)
                loading.insert(blocks.changes(made.entries, head, ACTOR, at))
                head.save()
    count_claims_anew()
    with connection.cursor() as cursor:  # the primary keys were given, not drawn
        models = list(apps.get_app_config("claims").get_models(include_auto_created=True))
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _enter_references(named: References) -> None:
    """Speakers, sources, topics and collections, with the entries that curation makes of them."""
    with locked_ledger():
        for rows in named.in_blocks(BLOCK):
            model = type(rows[0])
            insert(model, rows)
            append(
                [
                    Entry(
                        operation=Operation.CREATE,
                        subject=Subject(str(model._meta.model_name)),
                        key=row.slug,
                        record=reference_record(row),
                    )
                    for row in rows
                ],
                actor=ACTOR,
            )


def _plan(seed: int, claims: int, first_entry: int) -> Iterator[Block]:
    for number in range(-(-claims // BLOCK)):
        block = Block(seed, claims, number, first_entry)
        yield block
        first_entry += sum(fate.entries for fate in fates(seed, number, block.size))
