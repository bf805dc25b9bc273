"""Claims with all that hangs on them, drawn by chance, a block at a time and each block for itself.

A row is drawn as a plain namespace of its model's columns, and of the rows that it names: making
a model of each would take longer than all else. Primary keys follow from the claim's own, with
gaps, so that no block needs to know of another.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID

from django.db import models

from claims.choices import (
    ClaimKind,
    DueBasis,
    DueMode,
    EvidenceKind,
    LinkType,
    Outcome,
    Progress,
    Stance,
)
from claims.curation.link_order import OF_EARLIER
from claims.dates import FuzzyDate
from claims.models import Appearance, Assessment, Claim, Evidence, Link
from claims.quantities import Quantity

from .reference_rows import DAYS, FIRST_DAY, References
from .vocabulary import DEEDS, HANDFUL, PLACES, RARE, THINGS, UNITS, Book, planted

ACTOR = "benchmark"
BLOCK = 1_000  # claims drawn from one source of chance
EVIDENCE, MUCH_EVIDENCE, OFTEN_MUCH = 3, 8, 1 / 50
LAST_DAY = FIRST_DAY + timedelta(days=DAYS + 180)  # nothing happened after it
UPDATE, VERDICT, CORRECTION, EDIT, RETRACTION, MERGER = range(6)
_ASSESSMENTS = UPDATE, VERDICT, CORRECTION
# Plain texts, which are written faster than members of an enumeration.
_CLAIM_KINDS, _MODES, _BASES, _STANCES, _LINK_TYPES = (
    each.values for each in (ClaimKind, DueMode, DueBasis, Stance, LinkType)
)
_KINDS = [str(EvidenceKind[name]) for name in ("REPORT", "DOCUMENT", "DATA", "SEARCH")]
_UPDATES = [str(Progress[name]) for name in ("NOT_STARTED", "IN_PROGRESS", "STALLED")]
MOST_ASSESSMENTS = 4  # an update on either side of a verdict and its correction


@dataclass(frozen=True)
class Fate:
    """What becomes of a claim once it is published: an entry of the ledger for each step."""

    kind: str
    steps: tuple[int, ...]

    @property
    def entries(self) -> int:
        return 1 + len(self.steps)

    @property
    def leaves(self) -> bool:
        return bool(self.steps) and self.steps[-1] in (RETRACTION, MERGER)


def fates(seed: int, block: int, claims: int) -> list[Fate]:
    """The fates of a block's claims; drawn first, since entries are numbered through all blocks."""
    happens = Random(f"{seed}/{block}/fates").random  # noqa: S311 (reproducible is the point)
    return [_fate(happens, is_first=not position) for position in range(claims)]


def _fate(happens: Any, *, is_first: bool) -> Fate:
    kind = _CLAIM_KINDS[bisect((0.5, 0.8), happens())]
    is_promise = kind == ClaimKind.PROMISE
    steps = [UPDATE] if is_promise and happens() < 0.25 else []
    if happens() < 0.5:
        steps.append(VERDICT)
        if happens() < 0.02:
            steps.append(CORRECTION)
        if is_promise and happens() < 0.05:
            steps.append(UPDATE)
        if happens() < 0.04:
            steps.append(EDIT)
    left = happens()
    if not is_first and left < 0.007:  # into the first of its block, if no other is left
        steps.append(RETRACTION if left < 0.005 else MERGER)
    return Fate(kind, tuple(steps))


@dataclass(frozen=True)
class Drawn:
    """A claim as it was published, with everything, and what followed: a step with its row.

    Its assessments have not been made known to it.
    """

    claim: Any
    steps: list[tuple[int, Any]]


class Chance:
    """Draws the claims of one block, in one order."""

    def __init__(self, seed: int, block: int, claims: int, refs: References, book: Book) -> None:
        self.chance = Random(f"{seed}/{block}")  # noqa: S311 (reproducible is the point)
        self.random = self.chance.random
        self.first = block * BLOCK
        self.rare = {(2 * n + 1) * claims // (2 * HANDFUL) for n in range(HANDFUL)}
        self.refs, self.book = refs, book

    def drawn(self, fates: Sequence[Fate]) -> Iterator[Drawn]:
        earlier = None  # a claim that stays
        for number, fate in enumerate(fates, start=self.first):
            made = self.one(number, fate, earlier)
            yield made
            if not fate.leaves:
                earlier = made.claim

    def one(self, number: int, fate: Fate, earlier: Any) -> Drawn:
        link_type = self.pick(_LINK_TYPES) if earlier and self.happens(0.05) else ""
        claim = self.claim(number, fate.kind, earlier if link_type in OF_EARLIER else None)
        if link_type in (LinkType.REVISES, LinkType.WITHDRAWS):
            claim.speaker = earlier.speaker
        elif link_type == LinkType.REPEATS and claim.speaker is earlier.speaker:
            claim.speaker = self.other(claim.speaker)
        pieces = MUCH_EVIDENCE if self.happens(OFTEN_MUCH) else EVIDENCE
        evidence = [self.evidence(claim, position) for position in range(pieces)]
        evidence.sort(key=lambda row: (row.dated.first, row.id))
        claim._prefetched_objects_cache = {
            "topics": self.topics(),
            "collections": [self.pick(self.refs.collections)] if self.happens(0.5) else [],
            "appearances": [self.appearance(claim)] if self.happens(0.1) else [],
            "evidence": evidence,
            "assessments": [],
            "links": [self.link(claim, link_type, earlier)] if link_type else [],
        }
        return Drawn(claim, list(self.steps(claim, fate.steps, earlier)))

    def claim(self, number: int, kind: str, after: Any) -> Any:
        said = self.day() if after is None else self.later(after.said_on.first, 300, LAST_SAID)
        quantity = self.quantity() if self.happens(1 / 3) else None
        thing = f"{self.pick(THINGS)} of {self.pick(PLACES)}"
        extra = planted(self.chance)
        if number in self.rare:
            extra.append(RARE)
        texts = ["", "", ""]
        if extra:
            texts[int(self.random() * 3)] = f" with regard to {' and '.join(extra)}"
        row = new(
            Claim,
            id=number + 1,
            uid=self.uid(),
            revision=2,
            statement=f"The {thing} will be {self.pick(DEEDS)}, {self.prose(12)}{texts[0]}.",
            quote=f"{self.prose(30).capitalize()}{texts[1]}.",
            quote_language="en",
            speaker=self.zipf(),
            speaker_role="Head of the regional administration",
            on_behalf_of=self.pick(self.refs.speakers[:20]) if self.happens(0.2) else None,
            source=self.pick(self.refs.sources),
            kind=kind,
            condition=self.prose(10).capitalize() + "." if self.happens(0.2) else "",
            measure=f"What the {thing} serves" if quantity else "",
            criteria=f"Borne out when {self.prose(20)}{texts[2]}.",
            editorial_state="published",
            extra={},
            published_at=self.recorded(said),
        )
        fill(row, Claim, said_on=day_of(said), quantity=quantity)
        if kind == ClaimKind.ASSERTION:
            if self.happens(0.9):
                fill(row, Claim, refers_to=FuzzyDate.parse(f"{said.year - int(self.random() * 3)}"))
        elif self.happens(0.9):
            fill(row, Claim, due=self.due(said))
            row.due_mode = _MODES[bisect((0.8, 0.9), self.random())]
            row.due_basis = _BASES[bisect((0.6, 0.8, 0.9), self.random())]
        return row

    def due(self, said: date) -> FuzzyDate:
        last = self.later(said, 4 * 365, date.max)
        form = bisect((0.4, 0.6, 0.7, 0.9), self.random())
        return _period(last.year, last.month, last.day, form)

    def quantity(self) -> Quantity:
        forms = "approx {} {}", "gt {} {}", "eq {} {}", "gte {} {} increase on 2010"
        return Quantity.parse(
            self.pick(forms).format(2 + int(self.random() * 4_998), self.pick(UNITS))
        )

    def appearance(self, claim: Any) -> Any:
        row = new(
            Appearance,
            id=claim.id,
            uid=self.uid(),
            claim=claim,
            source=self.pick(self.refs.sources),
            quote=self.prose(20),
            recorded_at=self.recorded(claim.said_on.last),
        )
        return fill(row, Appearance, said_on=self.after(claim.said_on.first))

    def evidence(self, claim: Any, position: int) -> Any:
        # The first one always has a source, for an update to rest on.
        kind = self.pick(_KINDS) if position else _KINDS[0]
        row = new(
            Evidence,
            id=(claim.id - 1) * MUCH_EVIDENCE + position + 1,
            uid=self.uid(),
            claim=claim,
            source=None if kind == EvidenceKind.SEARCH else self.pick(self.refs.sources),
            kind=kind,
            stance=self.pick(_STANCES),
            summary=self.prose(25).capitalize() + ".",
            recorded_at=self.recorded(claim.said_on.last),
        )
        if claim.quantity and position == 1:
            fill(row, Evidence, observed=self.quantity())
        return fill(row, Evidence, dated=self.after(claim.said_on.first))

    def link(self, claim: Any, link_type: str, target: Any) -> Any:
        return new(Link, id=claim.id, uid=self.uid(), claim=claim, type=link_type, target=target)

    def steps(self, claim: Any, steps: Sequence[int], earlier: Any) -> Iterator[tuple[int, Any]]:
        since = claim.published_at
        assessments: list[Any] = []
        for step in steps:
            if step in _ASSESSMENTS:
                assessment = self.assessment(claim, step, assessments, since)
                assessments.append(assessment)
                since = assessment.recorded_at
                yield step, assessment
            elif step == EDIT:
                yield step, f"{claim.criteria} That is to say {self.prose(8)}."
            else:
                yield step, earlier if step == MERGER else None

    def assessment(self, claim: Any, step: int, earlier: Sequence[Any], since: datetime) -> Any:
        day = since.date()
        columns: dict[str, Any] = {"cause": "development" if earlier else "first"}
        if step == UPDATE:
            columns["progress"] = self.pick(_UPDATES)
            happened = self.later(day, 300, LAST_DAY)
        else:
            wrong = earlier[-1] if step == CORRECTION else None
            outcome, happened = self.outcome(claim, day, but=wrong and wrong.outcome)
            vague = outcome == Outcome.UNVERIFIABLE
            columns |= {"outcome": outcome, "reason": "vague" if vague else ""}
            if wrong:
                columns |= {"cause": "correction", "corrects": wrong, "corrects_id": wrong.id}
        row = new(
            Assessment,
            **columns,
            id=(claim.id - 1) * MOST_ASSESSMENTS + len(earlier) + 1,
            uid=self.uid(),
            claim=claim,
            words_revision=claim.words_revision,
            headline=self.prose(6)[:80].strip().capitalize(),
            rationale=self.prose(50).capitalize() + ".",
            recorded_at=max(self.recorded(happened), since + timedelta(hours=1)),
            decided_by=ACTOR,
        )
        evidence = claim._prefetched_objects_cache["evidence"]
        cited = [each for each in evidence if each.kind != EvidenceKind.SEARCH][:2]
        row._prefetched_objects_cache = {"evidence": cited}
        return fill(row, Assessment, happened_on=self.said_of(happened))

    def outcome(self, claim: Any, day: date, but: str | None) -> tuple[str, date]:
        """An outcome that fits the claim, other than `but`, and the day of it, after `day`."""
        by = claim.due.last if claim.due and claim.due_mode == DueMode.BY else None
        likely = {"partly_borne_out": 2, "not_borne_out": 4, "unverifiable": 1}
        if by is None or day < by:
            likely["borne_out"] = 5
        if by and by < LAST_DAY - timedelta(days=62):
            likely["borne_out_late"] = 2
        if claim.condition and claim.kind != ClaimKind.ASSERTION:
            likely["void"] = 1
        likely.pop(but or "", None)
        (outcome,) = self.chance.choices(list(likely), list(likely.values()))
        if outcome == Outcome.BORNE_OUT_LATE:
            # In another month at least.
            return outcome, self.later(max(day, by + timedelta(days=31)), 300, LAST_DAY)
        bound = min(by, LAST_DAY) if by and outcome == Outcome.BORNE_OUT else LAST_DAY
        return outcome, self.later(day, 600, bound)

    # What everything is drawn with.

    def zipf(self) -> Any:
        weights = self.refs.weights
        return self.refs.speakers[bisect(weights, self.random() * weights[-1])]

    def other(self, speaker: Any) -> Any:
        return self.refs.speakers[speaker.pk % len(self.refs.speakers)]

    def topics(self) -> list[Any]:
        """One to three, in the order of their names or not."""
        topics, step = self.refs.topics, 1 + int(self.random() * 13)
        first = int(self.random() * len(topics))
        return [topics[(first + n * step) % len(topics)] for n in range(1 + int(self.random() * 3))]

    def uid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=int(self.random() * DAYS))

    def later(self, day: date, days: int, last: date) -> date:
        """A day within so many of another, and not after the last."""
        return min(day + timedelta(days=1 + int(self.random() * days)), last)

    def after(self, day: date) -> FuzzyDate:
        return self.said_of(self.later(day, 3 * 365, LAST_DAY))

    def said_of(self, day: date) -> FuzzyDate:
        return _period(day.year, day.month, day.day, 3 if self.happens(0.3) else 4)

    def recorded(self, day: date) -> datetime:
        seconds = timedelta(microseconds=int(self.random() * 30 * 24 * 3600 * 10**6))
        return datetime.combine(day, time(), UTC) + seconds

    def prose(self, words: int) -> str:
        return self.book.prose(self.chance, words)

    def pick(self, several: Sequence[Any]) -> Any:
        return several[int(self.random() * len(several))]

    def happens(self, probability: float) -> bool:
        return self.random() < probability


LAST_SAID = FIRST_DAY + timedelta(days=DAYS - 1)


@cache
def _period(year: int, month: int, day: int, form: int) -> FuzzyDate:
    """The year, quarter, half, month or day that a day is in."""
    quarter, half = (month + 2) // 3, (month + 5) // 6
    ends = "", f"-Q{quarter}", f"-H{half}", f"-{month:02}", f"-{month:02}-{day:02}"
    return FuzzyDate.parse(f"{year}{ends[form]}")


def day_of(day: date) -> FuzzyDate:
    return _period(day.year, day.month, day.day, 4)


def new(model: type[models.Model], **columns: Any) -> Any:
    """A row of the model with these columns, the others as they are by default."""
    return Row(**{**_defaults(model), **columns})


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    fields = model._meta.concrete_fields
    return dict.fromkeys(field.attname for field in fields) | {
        field.name: None if field.has_default() and callable(field.default) else field.get_default()
        for field in fields
    }


def fill(row: Any, model: type[models.Model], **values: Any) -> Any:
    """Set dates and quantities, each with the columns beside it."""
    for name, value in values.items():
        vars(row).update(_field(model, name).with_companions(value))
    return row


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)
