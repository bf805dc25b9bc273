"""A desk that writes whatever may be written, in an order that chance decides."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from claims import curation
from claims.models import Claim
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    link,
    make_collection,
    make_draft,
    make_revision,
    make_source,
    make_speaker,
    make_topic,
    move,
    rename,
)


class Desk:
    """A desk that writes whatever may be written, chosen by `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.speakers = [make_speaker() for _ in range(3)]
        self.sources = [make_source() for _ in range(3)]
        self.topics = [make_topic() for _ in range(3)]
        self.collections = [make_collection() for _ in range(2)]
        self.words = 0

    def some_words(self) -> str:
        self.words += 1
        return f"Words {self.words}."

    def some(self, rows: list[Any]) -> list[Any]:
        return self.random.sample(rows, self.random.randrange(len(rows) + 1))

    def claim(self) -> Claim:
        return self.random.choice(list(Claim.objects.published()))

    def publish(self) -> None:
        draft = make_draft(
            speaker=self.random.choice(self.speakers),
            source=self.random.choice(self.sources),
            topics=self.some(self.topics),
        )
        move(curation.publish, draft)

    def edit_words(self) -> None:
        edit(self.claim(), values={"statement": self.some_words()})

    def edit_cosmetically(self) -> None:
        edit(self.claim(), values={"quote": self.some_words()}, cosmetic="A typing mistake")

    def sort(self) -> None:
        edit(
            self.claim(),
            topics=self.some(self.topics),
            collections=self.some(self.collections),
        )

    def say_again(self) -> None:
        values = {"said_on": "2020-05", "source": self.random.choice(self.sources)}
        edit(self.claim(), appearances=[curation.RowWrite(values=values)])

    def show(self) -> None:
        add_evidence(self.claim(), source=self.random.choice(self.sources), dated="2020-06")

    def note_progress(self) -> None:
        claim = self.claim()
        further = {"cause": "development"} if claim.assessments.exists() else {}
        reopens = bool(claim.outcome) and self.random.random() < 0.5
        assess(claim, progress="in_progress", reopens=reopens, **further)

    def judge(self) -> None:
        claim = self.claim()
        further = {"cause": "development"} if claim.assessments.exists() else {}
        outcome = "not_borne_out" if claim.outcome == "borne_out" else "borne_out"
        assess(claim, outcome, headline=self.some_words(), **further)

    def link(self) -> None:
        claim, target = self.claim(), self.claim()
        if claim != target and not claim.links.filter(target=target).exists():
            link(claim, target, "contradicts")

    def revise(self) -> None:
        make_revision(self.claim(), source=self.random.choice(self.sources))

    def retract_and_bring_back(self) -> None:
        claim = self.claim()
        move(curation.retract, claim, "It was another person.")
        if self.random.random() < 0.5:
            move(curation.publish, claim, "It was this one.")

    def merge(self) -> None:
        claim, into = self.claim(), self.claim()
        if claim != into:
            change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
            curation.merge(change, into=into, actor=ACTOR)

    def rename(self) -> None:
        row = self.random.choice([*self.speakers, *self.topics, *self.collections])
        rename(row, name=self.some_words())

    def retitle(self) -> None:
        rename(self.random.choice(self.sources), title=self.some_words())


WRITES = [
    Desk.publish,
    Desk.edit_words,
    Desk.edit_cosmetically,
    Desk.sort,
    Desk.say_again,
    Desk.show,
    Desk.note_progress,
    Desk.judge,
    Desk.link,
    Desk.revise,
    Desk.retract_and_bring_back,
    Desk.merge,
    Desk.rename,
    Desk.retitle,
]


def write_at_random(seed: int, number: int) -> Iterator[None]:
    """Every kind of write once, and `number` more; yields after each."""
    desk = Desk(Random(seed))  # noqa: S311 (any sequence will do)
    for _ in range(4):
        desk.publish()
    for write in [*WRITES, *desk.random.choices(WRITES, k=number)]:
        if not Claim.objects.published().exists():
            desk.publish()
        write(desk)
        yield
