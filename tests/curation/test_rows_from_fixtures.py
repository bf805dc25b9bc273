import json

import pytest

from claims import curation
from claims.models import Change, Topic
from tests.factories import ACTOR, edit, make_claim, rename

pytestmark = pytest.mark.django_db


def test_rows_that_came_in_past_the_ledger_are_entered_as_they_are():
    topic = Topic.objects.create(slug="roads", name="Roads")

    curation.adopt([topic], actor=ACTOR)

    entry = Change.objects.get()
    topic.refresh_from_db()
    assert (entry.subject, entry.operation, entry.key) == ("topic", "create", "roads")
    assert json.loads(entry.record)["name"] == "Roads"
    assert (topic.revision, topic.ledger_number) == (1, entry.number)


def test_an_adopted_row_is_renamed_like_any_other():
    topic = Topic.objects.create(slug="roads", name="Roads")
    curation.adopt([topic], actor=ACTOR)
    claim = make_claim()
    edit(claim, topics=[topic])

    rename(topic, name="Highways")

    claim.refresh_from_db()
    assert "Highways" in claim.document.summary
