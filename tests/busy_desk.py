"""A desk that writes by the block, in an order that chance decides: thousands of writes, soon.

Each block is one call of curation's. The finished texts are not made meanwhile: nothing that is
asked of such a desk reads them before `make_texts` does.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from claims import curation
from claims.curation import settlement
from claims.curation.redaction import subjects
from claims.models import Claim, ClaimDocument, Collection, Ledger, Source, Speaker, Topic
from tests.curation.redaction.desk import redact
from tests.factories import ACTOR, make_collection, make_source, make_speaker, make_topic

REFERENCES = (Speaker, Source, Topic, Collection)
OUTCOMES = ("borne_out", "partly_borne_out", "not_borne_out")


class BusyDesk:
    """Every row is read anew for each block, so the database may go back in time between two."""

    def __init__(self, random: Random, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
        self.random, self.block, self.words = random, block, 0
        self.monkeypatch = monkeypatch
        self.let_texts_be()
        for make in (make_speaker, make_source, make_topic, make_collection):
            for _number in range(12):
                make()
        self.publish()

    def let_texts_be(self) -> None:
        self.monkeypatch.setattr(settlement, "_write_public_texts", lambda claims, head: None)
        for module in (settlement, subjects):
            self.monkeypatch.setattr(module, "write_documents_again", lambda texts: 0)
        ClaimDocument.objects.all().delete()

    def make_texts(self) -> None:
        self.monkeypatch.undo()
        settlement.write_documents(list(Claim.objects.with_everything().published()))

    def write(self) -> None:
        """A block of writes of one kind."""
        self.random.choice(BLOCKS)(self)

    def write_until(self, number: int) -> None:
        while Ledger.objects.get().number < number:
            self.write()

    def some_words(self) -> str:
        self.words += 1
        return f"Words {self.words}, a “quoted” one, žluťoučký and 道."

    def some(self, model: type[Any], most: int = 1) -> list[Any]:
        rows = list(model.objects.order_by("pk"))
        return self.random.sample(rows, self.random.randint(min(1, most), most))

    def one(self, model: type[Any]) -> Any:
        return self.some(model)[0]

    def claims(self, most: int | None = None) -> list[Claim]:
        pks = list(Claim.objects.published().order_by("pk").values_list("pk", flat=True))
        number = min(most or self.random.randint(1, self.block), len(pks))
        chosen = self.random.sample(pks, number)
        related = Claim.objects.select_related("verdict").prefetch_related("assessments", "links")
        return list(related.filter(pk__in=chosen))

    def edit(self, write: Callable[[], dict[str, Any]]) -> None:
        curation.write_claims(
            [
                curation.ClaimWrite(claim=claim, revision=claim.revision, **write())
                for claim in self.claims()
            ],
            actor=ACTOR,
        )

    def move(self, step: Any, claims: list[Claim], reason: str = "") -> None:
        changes = [
            curation.StateChange(claim=claim, revision=claim.revision, reason=reason)
            for claim in claims
        ]
        step(changes, actor=ACTOR)

    def publish(self) -> None:
        speaker, source = self.one(Speaker), self.one(Source)
        due = {"due": "2020", "due_mode": "by", "due_basis": "stated"}
        written = curation.write_claims(
            [
                curation.ClaimWrite(
                    values={
                        "statement": self.some_words(),
                        "kind": "promise",
                        "said_on": "2020-01-15",
                        "speaker": speaker,
                        "source": source,
                        **due,
                    },
                    topics=self.some(Topic, 2),
                )
                for _number in range(self.block // 4)
            ],
            actor=ACTOR,
        )
        self.move(curation.publish, [each.claim for each in written])

    def edit_words(self) -> None:
        self.edit(lambda: {"values": {"statement": self.some_words(), "due": "2021-Q2"}})

    def edit_cosmetically(self) -> None:
        self.edit(lambda: {"values": {"quote": self.some_words()}, "cosmetic": "A typing mistake"})

    def sort(self) -> None:
        topics, collections = self.some(Topic, 3), self.some(Collection, 2)
        self.edit(lambda: {"topics": topics, "collections": collections})

    def say_again(self) -> None:
        values = {"said_on": "2020-05", "source": self.one(Source)}
        self.edit(lambda: {"appearances": [curation.RowWrite(values=values)]})

    def show(self) -> None:
        values = {"kind": "report", "stance": "supports", "source": self.one(Source)}
        self.edit(
            lambda: {"evidence": [curation.RowWrite(values=values | {"summary": "It was opened."})]}
        )

    def assess(self) -> None:
        """Verdicts, updates, corrections and reopenings, each on evidence of its own."""
        evidence = curation.RowWrite(
            values={
                "kind": "report",
                "stance": "context",
                "summary": "It says.",
                "source": self.one(Source),
            }
        )
        shown = curation.write_claims(
            [
                curation.ClaimWrite(claim=claim, revision=claim.revision, evidence=[evidence])
                for claim in self.claims()
            ],
            actor=ACTOR,
        )
        curation.assess([self._assessment(each.claim) for each in shown], actor=ACTOR)

    def _assessment(self, claim: Claim) -> curation.AssessmentWrite:
        earlier = list(claim.assessments.all())
        others = [each for each in OUTCOMES if each != claim.outcome]
        values: dict[str, Any] = {"rationale": self.some_words()}
        if earlier and claim.verdict and self.random.random() < 0.3:
            values |= {"cause": "correction", "corrects": claim.verdict}
            values |= {"outcome": self.random.choice(others), "headline": self.some_words()[:80]}
        elif self.random.random() < 0.3:
            values |= {"cause": "development" if earlier else "first", "progress": "in_progress"}
            values |= {"reopens": bool(claim.outcome) and self.random.random() < 0.5}
        else:
            values |= {"cause": "development" if earlier else "first"}
            values |= {"outcome": self.random.choice(others)}
        return curation.AssessmentWrite(
            claim=claim,
            revision=claim.revision,
            words_revision=claim.words_revision,
            values=values,
            evidence=[max(claim.evidence.all(), key=lambda each: each.pk)],
        )

    def reaffirm(self) -> None:
        for claim in Claim.objects.published().filter(stale=True).order_by("pk")[:3]:
            curation.reaffirm(claim, revision=claim.revision, rationale="Still.", actor=ACTOR)

    def link(self) -> None:
        claims = self.claims(self.block // 4)
        curation.link(
            [
                curation.LinkWrite(
                    claim=claim, revision=claim.revision, type="contradicts", target=target
                )
                for claim, target in pairwise(claims)
                if target.pk not in {each.target_id for each in claim.links.all()}
            ],
            actor=ACTOR,
        )

    def unlink(self) -> None:
        links = [each.links.all()[0] for each in self.claims() if each.links.all()]
        curation.unlink(links, [each.claim.revision for each in links], actor=ACTOR)

    def retract(self) -> None:
        self.move(curation.retract, self.claims(self.block // 10), "It was another person.")

    def bring_back(self) -> None:
        retracted = Claim.objects.filter(editorial_state="retracted").order_by("pk")
        self.move(curation.publish, list(retracted[: self.block // 10]), "It was this one.")

    def merge(self) -> None:
        into, *duplicates = self.claims(4)
        for claim in duplicates:
            change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
            into = curation.merge(change, into=into, actor=ACTOR) and into

    def rename(self) -> None:
        model = self.random.choice(REFERENCES)
        name = "title" if model is Source else "name"
        curation.write_reference(
            [
                curation.ReferenceWrite(
                    model=model, row=row, revision=row.revision, values={name: self.some_words()}
                )
                for row in self.some(model, 12)
            ],
            actor=ACTOR,
        )

    def redact(self) -> None:
        """A text of a claim and a speaker's name, here and in earlier entries. It looks into all
        tables, which takes its time, so it is no block among the others."""
        (claim,) = self.claims(1)
        for text in (claim.statement, claim.speaker.name):
            redact(text)


BLOCKS = [
    *(BusyDesk.publish, BusyDesk.retract, BusyDesk.bring_back, BusyDesk.merge),
    *(BusyDesk.edit_words, BusyDesk.edit_cosmetically, BusyDesk.sort) * 2,
    *(BusyDesk.say_again, BusyDesk.show, BusyDesk.link, BusyDesk.unlink),
    *(BusyDesk.assess,) * 3,
    *(BusyDesk.rename, BusyDesk.reaffirm),
]
