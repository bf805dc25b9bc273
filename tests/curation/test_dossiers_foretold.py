"""However dossiers are split into calls, what a check foretells is what is there afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import audit, curation
from claims.models import Claim
from tests.factories import (
    ACTOR,
    judged,
    make_dossier,
    make_source,
    make_speaker,
    make_topic,
    over,
    said_again,
    shown,
)

pytestmark = pytest.mark.django_db

SAYS = (
    *("statement", "quote", "kind", "said_on", "due", "speaker", "source", "external_id"),
    *("editorial_state", "revision", "words_revision", "outcome", "progress", "status", "stale"),
)
START = datetime(2021, 1, 1, tzinfo=UTC)


def row(claim):
    return {name: getattr(claim, name) for name in SAYS}


class Maker:
    """Dossiers made by chance: some at fault, some said again with changes."""

    def __init__(self, random):
        self.random = random
        self.speakers = [make_speaker() for _ in range(2)]
        self.sources = [make_source() for _ in range(2)]
        self.topics = [make_topic() for _ in range(2)]

    def some(self, rows):
        return self.random.sample(rows, self.random.randrange(len(rows) + 1))

    def dossier(self):
        random = self.random
        evidence = [
            shown(source=random.choice(self.sources), dated=f"2020-0{day}")
            for day in self.some([3, 1, 2])
        ]
        words = random.randrange(1, 4)
        state = random.choice(["", "in_review", "published", "published", "published"])
        return make_dossier(
            values={
                "speaker": random.choice(self.speakers),
                "source": random.choice([*self.sources, *self.sources]),
                "kind": random.choice(["promise", "promise", "promise", "hope"]),
            },
            topics=random.choice([None, self.some(self.topics)]),
            words_revision=words,
            state=state,
            appearances=[said_again(source=random.choice(self.sources)) for _ in self.some([1, 2])],
            evidence=evidence,
            assessments=self.history(evidence, words) if evidence and state == "published" else [],
        )

    def history(self, evidence, words):
        made = []
        for day in range(self.random.randrange(4)):
            values = {"cause": "development"} if made else {}
            progress = self.random.choice(["", "in_progress", "stalled"])
            outcome = self.random.choice(["", "borne_out", "partly_borne_out"])
            judged_words = self.random.randrange(1, words + 1)
            made.append(
                judged(
                    outcome,
                    self.random.choice(evidence),
                    values=values | {"progress": progress},
                    recorded_at=START + timedelta(days=day),
                    words_revision=judged_words,
                )
            )
        return made

    def said_otherwise(self, dossier):
        evidence = [*dossier.evidence, shown(source=self.sources[0])]
        return over(
            dossier,
            values={"quote": self.random.choice(["", "It will.", "Yes."])},
            topics=self.some(self.topics),
            state=self.random.choice(["", "in_review", "published"]),
            evidence=self.random.choice([dossier.evidence, evidence]),
        )


def enter_in_calls(random, dossiers):
    """All of them, in calls of chance size; first check each call: what it says of each."""
    foretold, rest = [], list(dossiers)
    while rest:
        size = random.randrange(1, len(rest) + 1)
        block, rest = rest[:size], rest[size:]
        before = list(Claim.objects.order_by("pk").values())
        checked = curation.check_dossiers(block)
        assert list(Claim.objects.order_by("pk").values()) == before
        if faulty := [at for at, each in enumerate(checked) if each.faults]:
            with pytest.raises(curation.DossiersRefused) as refused:
                curation.enter_dossiers(block, actor=ACTOR)
            assert list(refused.value.by_item) == faulty
            block = [each for at, each in enumerate(block) if at not in faulty]
            checked = [each for at, each in enumerate(checked) if at not in faulty]
        entered = curation.enter_dossiers(block, actor=ACTOR)
        for one, other in zip(checked, entered, strict=True):
            assert one.fates == other.fates
            assert one.changes.keys() == other.changes.keys()
            stands = Claim.objects.get(pk=other.claim.pk)
            assert row(one.claim) == row(other.claim) == row(stands)
        foretold += block
    return foretold


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_a_check_foretells_what_is_entered(random):
    with transaction.atomic():
        maker = Maker(random)
        entered = enter_in_calls(random, [maker.dossier() for _ in range(5)])
        enter_in_calls(random, [maker.said_otherwise(each) for each in entered])
        audit.verify()
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_the_split_makes_no_difference(random):
    """But for the primary keys, the numbers and the instants of now."""
    with transaction.atomic():
        maker = Maker(random)
        dossiers = [maker.dossier() for _ in range(4)]
        found = []
        for size in (1, 4):
            with transaction.atomic():
                for at in range(0, 4, size):
                    block = dossiers[at : at + size]
                    checked = curation.check_dossiers(block)
                    good = [d for d, each in zip(block, checked, strict=True) if not each.faults]
                    curation.enter_dossiers([replace(each) for each in good], actor=ACTOR)
                found.append([row(each) for each in Claim.objects.order_by("uid")])
                transaction.set_rollback(True)
        assert found[0] == found[1]
        transaction.set_rollback(True)
