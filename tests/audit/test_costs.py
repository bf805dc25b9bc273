"""What an audit costs: the same queries for each block, however many blocks there are."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import audit
from claims.audit import verification
from claims.models import Change, Topic
from tests.append_only.rows import execute, warrant
from tests.factories import assess, make_claim, make_speaker, make_topic

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'FROM "claims_(\w+)"')
STREAMED = Counter(["change", "claim", "speaker", "source", "topic", "collection"])
SUBJECTS_OF_ENTRIES = Counter({"claim": 1, "speaker": 1, "source": 1, "topic": 1})
STANDINGS_OF_ENTRIES = Counter({"standing": 1})
A_BLOCK_OF_CLAIMS = Counter(
    {
        "topic": 2,  # of the claims; names
        "collection": 1,
        "appearance": 1,
        "evidence": 2,  # of the claims; what the verdicts rest on
        "source": 1,  # names
        "assessment": 1,
        "link": 1,
        "change": 2,  # the last entries; the numbers of all
        "standing": 1,
        "claimdocument": 1,
        "searchtext": 1,
        "speaker": 1,  # names
    }
)
A_BLOCK_OF_REFERENCES = Counter({"change": 1})
KEPT_COUNTS = Counter({"claimcount": 1, "claim": 1})


def queries() -> Counter[str]:
    with CaptureQueriesContext(connection) as captured:
        audit.verify()
    return Counter(TABLE.search(each["sql"])[1] for each in captured)


@pytest.mark.parametrize("claims", [1, 5])
def test_one_block_costs_the_same_however_full_it_is(claims):
    topic = make_topic()
    for _ in range(claims):
        assess(make_claim(topics=[topic]), "borne_out")

    assert queries() == (
        STREAMED
        + SUBJECTS_OF_ENTRIES
        + STANDINGS_OF_ENTRIES
        + Counter({"ledger": 1})
        + KEPT_COUNTS
        + A_BLOCK_OF_CLAIMS
        + Counter({name: 3 * n for name, n in A_BLOCK_OF_REFERENCES.items()})
    )


def test_each_further_block_costs_as_much(monkeypatch):
    monkeypatch.setattr(verification, "BLOCK", 2)
    for _ in range(4):
        make_topic()
    before = queries()
    for _ in range(2):
        make_topic()

    assert Change.objects.count() == Topic.objects.count() == 6
    assert queries() - before == Counter({"topic": 1}) + A_BLOCK_OF_REFERENCES


def test_the_warrants_of_a_block_are_one_query_more():
    for _ in range(3):
        make_topic()
    before = queries()
    for entry in Change.objects.all():
        warrant(entry, "record")
    execute("UPDATE claims_change SET record = NULL, salt = NULL")

    assert queries() - before == Counter({"redaction": 1})


def test_members_come_with_their_organisation():
    for _ in range(3):
        make_speaker(organisation=make_speaker(kind="organisation"))

    assert queries()["speaker"] == STREAMED["speaker"] + 1  # the subjects of the entries
