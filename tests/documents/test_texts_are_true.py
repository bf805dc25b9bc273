"""After any sequence of writes, what is stored is what the facts render to."""

from __future__ import annotations

import json

import pytest

from claims.documents import Names, record, render
from claims.models import Change, Claim, ClaimDocument
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


def check_texts() -> None:
    published = Claim.objects.with_everything().published()
    records = {claim.pk: record(claim) for claim in published}
    names = Names.of(list(records.values()))
    stored = {each.pk: (each.summary, each.timeline) for each in ClaimDocument.objects.all()}
    assert stored == {
        pk: (texts.summary, texts.timeline)
        for pk, texts in ((pk, render(facts, names)) for pk, facts in records.items())
    }
    for claim in published:
        newest = Change.objects.get(number=claim.ledger_number)
        assert newest == Change.objects.filter(key=claim.uid).latest("number")
        assert json.loads(newest.record) == records[claim.pk] | {
            "reason": json.loads(newest.record)["reason"]
        }


@pytest.mark.parametrize("seed", range(3))
def test_stored_texts_are_what_the_facts_render_to(seed):
    for _write in write_at_random(seed, 20):
        check_texts()
