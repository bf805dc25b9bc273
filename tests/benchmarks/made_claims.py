"""Made claims for an empty database: as many as asked for, the same ones for the same seed.

Speakers are Zipf-distributed, the claims are said over fifteen years, a third have a quantity and
each has three pieces of evidence. Rows go in by the thousand, past curation's checks, which would
take five times as long; the ledger's entries, the texts and the reference rows are made by
curation itself. Only salts and the instants of the ledger differ from run to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, count, cycle, islice
from random import Random
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models

from claims import curation
from claims.choices import (
    AssessmentCause,
    AssessmentReason,
    ClaimKind,
    DueBasis,
    DueMode,
    EditorialState,
    EvidenceKind,
    LinkType,
    Operation,
    Outcome,
    Progress,
    Stance,
    Subject,
)
from claims.curation.ledger import Entry, append, locked_ledger
from claims.curation.rules import facts_differ
from claims.curation.settlement import BLOCK, write_documents
from claims.dates import FuzzyDate
from claims.documents import record
from claims.models import (
    Appearance,
    Assessment,
    Claim,
    Collection,
    Evidence,
    Link,
    Source,
    Speaker,
    Standing,
    Topic,
)
from claims.quantities import Quantity

ACTOR = "benchmark"
FIRST_DAY, DAYS = date(2010, 1, 1), 15 * 365
ROWS = 1_000  # claims a transaction

PLACES = ("Northport", "Eastbridge", "Hollow Cray", "Middlemarsh", "Anders Vale", "Lowfield")
THINGS = (
    "ring road",
    "district hospital",
    "water treatment plant",
    "teacher training scheme",
    "regional airport",
    "flood barrier",
    "tram line",
    "housing programme",
    "broadband network",
    "pension reform",
)
DEEDS = ("opened", "funded", "finished", "handed over", "put out to tender", "doubled")
PUBLISHERS = ("The Daily", "Morning Post", "Regional Gazette", "Official Journal", "News Agency")
UNITS = ("people", "percent", "EUR", "km", "units of hardware", "homes", "MW")
PROSE = (
    "according to the plan that the council adopted in the spring session, the work is to be paid "
    "for from the budget of the region and from a loan, and the ministry will publish figures on "
    "what was built, what it cost and who carried it out once every quarter of the year, "
)
WORDS = PROSE.split()


def make_claims(number: int, *, seed: int = 1) -> None:
    """Fill an empty, migrated database with `number` published claims."""
    made = _MadeClaims(Random(seed), number)  # noqa: S311 (reproducible is the point)
    claims = iter(made)
    while block := list(islice(claims, ROWS)):
        with locked_ledger():
            _write(block)
    curation.count_claims_anew()
    with connection.cursor() as cursor:  # the primary keys were given, not drawn
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [Claim, Appearance, Evidence, Assessment, Link]
        ):
            cursor.execute(statement)


@dataclass(frozen=True)
class _Made:
    """A claim with everything, not yet written. Its assessments have not been made known to it."""

    claim: Claim
    topics: list[Topic]
    collections: list[Collection]
    appearances: list[Appearance]
    evidence: list[Evidence]
    links: list[Link]
    assessments: list[Assessment]
    cited: dict[int, list[Evidence]]  # by the assessment's primary key


def _write(block: Sequence[_Made]) -> None:
    history = [(made.claim, *each) for made in block for each in _history(made)]
    changes = append([entry for _claim, _stood, entry in history], actor=ACTOR)
    standings: list[Standing] = []
    for (claim, stood, _entry), change in zip(history, changes, strict=True):
        claim.ledger_number = change.number
        if standings and standings[-1].claim == claim:
            standings[-1].until = change.number
        standings.append(Standing(claim=claim, number=change.number, **stood))
    claims = [made.claim for made in block]
    Claim.objects.bulk_create(claims)
    Appearance.objects.bulk_create(row for made in block for row in made.appearances)
    Evidence.objects.bulk_create(row for made in block for row in made.evidence)
    Link.objects.bulk_create(row for made in block for row in made.links)
    Assessment.objects.bulk_create(row for made in block for row in made.assessments)
    Standing.objects.bulk_create(standings)
    Claim.topics.through.objects.bulk_create(
        Claim.topics.through(claim=made.claim, topic=topic)
        for made in block
        for topic in made.topics
    )
    Claim.collections.through.objects.bulk_create(
        Claim.collections.through(claim=made.claim, collection=collection)
        for made in block
        for collection in made.collections
    )
    Assessment.evidence.through.objects.bulk_create(
        Assessment.evidence.through(assessment=assessment, evidence=evidence)
        for made in block
        for assessment in made.assessments
        for evidence in made.cited[assessment.pk]
    )
    write_documents(claims)


def _history(made: _Made) -> Iterator[tuple[dict[str, Any], Entry]]:
    """The entries that curation would have appended, publication, then each assessment; with
    each, how the claim stood from it on."""
    claim, known = made.claim, list[Assessment]()
    _hold(
        claim,
        topics=made.topics,
        collections=made.collections,
        appearances=made.appearances,
        evidence=made.evidence,
        links=made.links,
        assessments=known,
    )
    before = record(claim)
    yield _stood(claim), _entry(claim, Operation.PUBLISH, before)
    for assessment in made.assessments:
        _hold(assessment, evidence=made.cited[assessment.pk])
        known.append(assessment)
        claim.revision += 1
        claim.outcome = assessment.outcome or claim.outcome
        claim.progress = assessment.progress
        claim.status = claim.outcome or claim.progress
        claim.verdict = assessment if assessment.outcome else claim.verdict
        after = record(claim)
        differing = facts_differ(before, after)
        yield _stood(claim), _entry(claim, Operation.ASSESS, after, assessment.cause, differing)
        before = after


def _stood(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in Standing.SAYS}


def _entry(
    claim: Claim,
    operation: Operation,
    facts: dict[str, Any],
    cause: str = "",
    fields_changed: Sequence[str] = (),
) -> Entry:
    return Entry(
        operation=operation,
        cause=cause,
        subject=Subject.CLAIM,
        key=str(claim.uid),
        fields_changed=fields_changed,
        record=facts | {"reason": ""},
    )


def _hold(row: models.Model, **related: list[Any]) -> None:
    """Let ``row.evidence.all()`` and its like give these rows, as after a prefetch."""
    row._prefetched_objects_cache = related  # type: ignore[attr-defined]


class _MadeClaims:
    """Draws claims from one source of chance, in one order."""

    def __init__(self, chance: Random, number: int) -> None:
        self.chance = chance
        self.number = number
        self.pks = {model: count(1) for model in (Claim, Appearance, Evidence, Assessment, Link)}
        self.speakers = _written(Speaker, self._speakers(max(20, number // 100)))
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.speakers) + 1)))
        self.sources = _written(Source, self._sources(max(20, number // 20)))
        self.topics = _written(
            Topic, ({"slug": f"topic-{n}", "name": f"Topic {n}"} for n in range(40))
        )
        self.collections = _written(
            Collection, ({"slug": f"manifesto-{n}", "name": f"Manifesto {n}"} for n in range(20))
        )

    def _speakers(self, number: int) -> Iterator[dict[str, Any]]:
        for n in range(number):
            yield {"slug": f"speaker-{n}", "name": f"{self.pick(PLACES)} Speaker {n}"}

    def _sources(self, number: int) -> Iterator[dict[str, Any]]:
        for n in range(number):
            yield {
                "slug": f"source-{n}",
                "publisher": self.pick(PUBLISHERS),
                "title": self.prose(9),
                "url": f"https://news.example/{n}/{self.chance.randrange(10**9)}",
                "published_on": str(self.day()),
                "language": "en",
            }

    def __iter__(self) -> Iterator[_Made]:
        earlier: Claim | None = None
        for _number in range(self.number):
            made = self.made(earlier)
            yield made
            earlier = made.claim

    def made(self, earlier: Claim | None) -> _Made:
        claim = self.claim()
        evidence = sorted(
            (self.evidence(claim, position) for position in range(3)),
            key=lambda row: (row.dated.first, row.pk),
        )
        assessments = list(self.assessments(claim))
        return _Made(
            claim,
            self.chance.sample(self.topics, self.chance.randrange(1, 4)),
            self.chance.sample(self.collections, self.chance.randrange(2)),
            [self.appearance(claim)] if self.happens(0.1) else [],
            evidence,
            [self.link(claim, earlier)] if earlier and self.happens(0.05) else [],
            assessments,
            {
                each.pk: [row for row in evidence if row.kind != EvidenceKind.SEARCH][:2]
                for each in assessments
            },
        )

    def claim(self) -> Claim:
        said = self.day()
        kind = self.chance.choices(list(ClaimKind), [5, 3, 2])[0]
        (speaker,) = self.chance.choices(self.speakers, cum_weights=self.weights)
        quantity = self.quantity() if self.happens(1 / 3) else None
        thing = f"{self.pick(THINGS)} of {self.pick(PLACES)}"
        claim = Claim(
            **self.named(Claim),
            revision=2,
            statement=f"The {thing} will be {self.pick(DEEDS)}, {self.prose(12)}.",
            quote=f"“{self.prose(30).capitalize()}.”",
            quote_language="en",
            speaker=speaker,
            speaker_role="Head of the regional administration",
            on_behalf_of=self.pick(self.speakers[:20]) if self.happens(0.2) else None,
            source=self.pick(self.sources),
            said_on=FuzzyDate.parse(str(said)),
            kind=kind,
            condition=self.prose(10).capitalize() + "." if self.happens(0.2) else "",
            quantity=quantity,
            measure=f"What the {thing} serves" if quantity else "",
            criteria=f"Borne out when {self.prose(20)}.",
            editorial_state=EditorialState.PUBLISHED,
            published_at=self.recorded(said),
        )
        if kind == ClaimKind.ASSERTION:
            claim.refers_to = FuzzyDate.parse(f"{said:%Y}")
        elif self.happens(0.9):
            claim.due = self.due(said)
            (claim.due_mode,) = self.chance.choices(list(DueMode), [8, 1, 1])
            (claim.due_basis,) = self.chance.choices(list(DueBasis), [6, 2, 1, 1])
        return claim

    def due(self, said: date) -> FuzzyDate:
        last = said + timedelta(days=self.chance.randrange(1, 4 * 365))
        forms = "{:%Y}", "{:%Y}-Q{quarter}", "{:%Y}-H{half}", "{:%Y-%m}", "{:%Y-%m-%d}"
        (form,) = self.chance.choices(forms, [4, 2, 1, 2, 1])
        text = form.format(last, quarter=(last.month + 2) // 3, half=(last.month + 5) // 6)
        return FuzzyDate.parse(text)

    def quantity(self) -> Quantity:
        value, unit = self.chance.randrange(2, 5_000), self.pick(UNITS)
        forms = "approx {} {}", "gt {} {}", "eq {} {}", "gte {} {} increase on 2010"
        return Quantity.parse(self.pick(forms).format(value, unit))

    def appearance(self, claim: Claim) -> Appearance:
        return Appearance(
            **self.named(Appearance),
            claim=claim,
            said_on=self.after(claim),
            source=self.pick(self.sources),
            quote=self.prose(20),
            recorded_at=self.recorded(claim.said_on.last or FIRST_DAY),
        )

    def evidence(self, claim: Claim, position: int) -> Evidence:
        # The first one always has a source, for an update to rest on.
        kinds = EvidenceKind.REPORT, EvidenceKind.DOCUMENT, EvidenceKind.DATA, EvidenceKind.SEARCH
        kind = self.pick(kinds) if position else EvidenceKind.REPORT
        return Evidence(
            **self.named(Evidence),
            claim=claim,
            source=None if kind == EvidenceKind.SEARCH else self.pick(self.sources),
            kind=kind,
            stance=self.pick(list(Stance)),
            summary=self.prose(25).capitalize() + ".",
            dated=self.after(claim),
            observed=self.quantity() if claim.quantity and position == 1 else None,
            recorded_at=self.recorded(claim.said_on.last or FIRST_DAY),
        )

    def link(self, claim: Claim, earlier: Claim) -> Link:
        return Link(**self.named(Link), claim=claim, type=self.pick(list(LinkType)), target=earlier)

    def assessments(self, claim: Claim) -> Iterator[Assessment]:
        """None yet, updates, a verdict, or a verdict between two updates."""
        is_promise = claim.kind == ClaimKind.PROMISE
        judged = self.happens(0.5)
        cause = AssessmentCause.FIRST
        if is_promise and self.happens(0.25):
            yield self.assessment(claim, cause, progress=self.update())
            cause = AssessmentCause.DEVELOPMENT
        if judged:
            yield self.assessment(claim, cause, **self.verdict(claim))
            if is_promise and self.happens(0.05):
                cause = AssessmentCause.DEVELOPMENT
                yield self.assessment(claim, cause, progress=self.update())

    def assessment(self, claim: Claim, cause: str, **columns: Any) -> Assessment:
        happened = self.after(claim)
        return Assessment(
            **self.named(Assessment),
            claim=claim,
            words_revision=claim.words_revision,
            cause=cause,
            headline=self.prose(6).capitalize(),
            rationale=self.prose(50).capitalize() + ".",
            happened_on=happened,
            recorded_at=self.recorded(happened.last or FIRST_DAY),
            decided_by=ACTOR,
            **columns,
        )

    def update(self) -> str:
        return self.pick((Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.STALLED))

    def verdict(self, claim: Claim) -> dict[str, str]:
        outcomes = {
            Outcome.BORNE_OUT: 5,
            Outcome.PARTLY_BORNE_OUT: 2,
            Outcome.NOT_BORNE_OUT: 4,
            Outcome.UNVERIFIABLE: 1,
        }
        if claim.due_mode == DueMode.BY:
            outcomes[Outcome.BORNE_OUT_LATE] = 2
        if claim.condition and claim.kind != ClaimKind.ASSERTION:
            outcomes[Outcome.VOID] = 1
        (outcome,) = self.chance.choices(list(outcomes), list(outcomes.values()))
        vague = outcome == Outcome.UNVERIFIABLE
        return {"outcome": outcome, "reason": AssessmentReason.VAGUE if vague else ""}

    def named(self, model: type[models.Model]) -> dict[str, Any]:
        """The next primary key of the model, and a public name."""
        return {
            "pk": next(self.pks[model]),
            "uid": UUID(int=self.chance.getrandbits(128), version=4),
        }

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))

    def after(self, claim: Claim) -> FuzzyDate:
        day = claim.said_on.first + timedelta(days=self.chance.randrange(1, 3 * 365))
        return FuzzyDate.parse(f"{day:%Y-%m}" if self.happens(0.3) else str(day))

    def recorded(self, day: date) -> datetime:
        seconds = timedelta(microseconds=self.chance.randrange(1, 30 * 24 * 3600 * 10**6))
        return datetime.combine(day, time(), UTC) + seconds

    def prose(self, words: int) -> str:
        start = self.chance.randrange(len(WORDS))
        return " ".join(islice(cycle(WORDS), start, start + words))

    def pick(self, several: Sequence[Any]) -> Any:
        return several[int(self.chance.random() * len(several))]

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability


def _written(model: type[Any], rows: Iterator[dict[str, Any]]) -> list[Any]:
    """Reference rows, entered by curation in its own blocks."""
    found: list[Any] = []
    while block := list(islice(rows, BLOCK)):
        writes = [curation.ReferenceWrite(model=model, values=values) for values in block]
        found += [row for row, _fate in curation.write_reference(writes, actor=ACTOR)]
    return found
