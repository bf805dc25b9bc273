"""The speakers, sources, topics and collections that made claims name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from claims.documents import Names, reference_record
from claims.models import Collection, Reference, Source, Speaker, Topic
from claims.models.fields import FuzzyDateField

from .vocabulary import PLACES, PUBLISHERS, Book

FIRST_DAY, DAYS = date(2010, 1, 1), 15 * 365


@dataclass(frozen=True)
class References:
    """All of them, with the primary keys and the ledger entries that they are to have."""

    speakers: Sequence[Speaker]
    sources: Sequence[Source]
    topics: Sequence[Topic]
    collections: Sequence[Collection]
    names: Names
    weights: Sequence[float]  # of the speakers, up to and with each

    def in_blocks(self, most: int) -> Iterator[Sequence[Reference]]:
        """In the order of their entries, each block of one table."""
        for rows in (self.speakers, self.sources, self.topics, self.collections):
            for first in range(0, len(rows), most):
                yield rows[first : first + most]

    @property
    def last(self) -> int:
        """The number of the ledger's entry of the last one."""
        return self.collections[-1].ledger_number or 0


def references(seed: int, claims: int, book: Book) -> References:
    """What so many claims name: a speaker to a hundred of them, a source to twenty."""
    chance = Random(f"{seed}/references")  # noqa: S311 (reproducible is the point)
    speakers = [
        Speaker(slug=f"speaker-{n}", name=f"{chance.choice(PLACES)} Speaker {n}")
        for n in range(max(20, claims // 100))
    ]
    sources = [
        Source(
            slug=f"source-{n}",
            publisher=chance.choice(PUBLISHERS),
            title=book.prose(chance, 9).capitalize(),
            url=f"https://news.example/{n}/{chance.randrange(10**9)}",
            published_on=str(FIRST_DAY + timedelta(days=chance.randrange(DAYS))),
            language="en",
        )
        for n in range(max(20, claims // 20))
    ]
    topics = [Topic(slug=f"topic-{n}", name=f"Topic {n}") for n in range(40)]
    collections = [Collection(slug=f"manifesto-{n}", name=f"Manifesto {n}") for n in range(20)]
    entry = 0
    for rows in (speakers, sources, topics, collections):
        for pk, row in enumerate(rows, start=1):
            entry += 1
            row.pk, row.ledger_number = pk, entry
            for field in row._meta.concrete_fields:
                if isinstance(field, FuzzyDateField):
                    field.pre_save(row, True)  # makes a value of a text, and fills its companions
    facts = [
        {row.slug: reference_record(row) for row in rows}
        for rows in (speakers, sources, topics, collections)
    ]
    return References(
        speakers,
        sources,
        topics,
        collections,
        Names(*facts),
        list(accumulate(1 / rank for rank in range(1, len(speakers) + 1))),
    )
