"""What a write over HTTP costs, each query named: no more over a claim that has much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from tests.api.writing import send
from tests.curation.test_query_counts import (
    PLACE_IN_THE_LEDGER,
    READ_THE_CLAIM_AGAIN,
    READ_WITH_EVERYTHING,
    RECORD_AND_RENDER,
    TAKE_THE_LEDGER,
)
from tests.factories import add_evidence, edit, link, make_claim, make_source, make_topic

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "(?:claims|django|auth)_(\w+)"')
KEY = {"Idempotency_Key": "8e03978e"}

WHO_IS_IT = Counter(
    {
        "select session": 1,
        "select user": 1,
        "select permission": 1,  # their own, and their role's
    }
)
MAY_GO_ON_WRITING = Counter(
    {
        "update allowance": 1,
        "select allowance": 1,  # none yet
        "insert allowance": 1,
        "delete allowance": 1,  # those that say nothing any more
    }
)
ONCE_FOR_A_KEY = Counter(
    {
        "select idempotencykey": 1,  # was it answered?
        "delete idempotencykey": 1,  # those that are older than a day
        "insert idempotencykey": 1,
    }
)
# The claim's row is held against If-Match, and not read again by curation under the same lock.
LOCK = TAKE_THE_LEDGER
READ_ALL_ROWS = READ_WITH_EVERYTHING + Counter({"select claim": 1})  # that it is linked to
OVER_WHAT_WAS_READ = Counter({"update claim": 1})
AS_IT_STANDS_NOW = Counter({"select claimdocument": 1})  # the answer's text, and its tag
OVER_A_CLAIM = (
    WHO_IS_IT
    + MAY_GO_ON_WRITING
    + ONCE_FOR_A_KEY
    + LOCK
    + READ_ALL_ROWS
    + OVER_WHAT_WAS_READ
    + RECORD_AND_RENDER
    + AS_IT_STANDS_NOW
)
# After the write, for the record: what it changed.
READ_AGAIN = READ_THE_CLAIM_AGAIN + PLACE_IN_THE_LEDGER
READ_EVIDENCE_AGAIN = READ_AGAIN + Counter({"select evidence": 1})
READ_APPEARANCES_AGAIN = READ_AGAIN + Counter({"select appearance": 1})
ITS_SOURCE = Counter({"select source": 1})  # by the slug in the body
SOURCE_IN_THE_ANSWER = Counter({"select source": 1})


def queries(call: Callable[[], Any]) -> Counter[str]:
    """How often each table is read or written; savepoints are no queries."""
    with CaptureQueriesContext(connection) as captured:
        response = call()
    assert response.status_code < 300, response.content
    found: Counter[str] = Counter()
    for sql in (each["sql"] for each in captured):
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            found[f"{sql.split()[0].lower()} {TABLE.search(sql)[1]}"] += 1
    return found


def claim_with_rows(source, number):
    claim = make_claim()
    evidence = {"kind": "report", "summary": "It is open.", "source": source}
    said = {"said_on": "2020-02", "source": source}
    edit(
        claim,
        evidence=[curation.RowWrite(values=evidence) for _ in range(number)],
        appearances=[curation.RowWrite(values=said) for _ in range(number)],
    )
    add_evidence(claim, replaces=claim.evidence.first())
    for _ in range(2):
        link(claim, make_claim(), "repeats")
    return claim


@pytest.fixture(scope="module")
def daily(rows_for_all):
    return rows_for_all(lambda: make_source(slug="daily"))


@pytest.fixture(scope="module", params=[2, 50])
def claim_for_all(request, rows_for_all, daily):
    return rows_for_all(lambda: claim_with_rows(daily, request.param))


@pytest.fixture
def claim(claim_for_all):
    """A published claim with so many rows of each kind, and one of them replaced."""
    return deepcopy(claim_for_all)


@pytest.fixture
def cost(editor, claim):
    """What a write under the claim's address costs."""

    def of(method, kind, row=None, body=None):
        path = f"claims/{claim.uid}/{kind}/" + (f"{row.uid}/" if row else "")
        return queries(lambda: send(editor, method, path, body, seen="*", **KEY))

    return of


def test_adding_evidence(cost, claim):
    body = {"kind": "report", "summary": "It is open.", "source": "daily"}

    assert cost("post", "evidence", None, body) == (
        OVER_A_CLAIM
        + READ_EVIDENCE_AGAIN
        + ITS_SOURCE
        + Counter({"insert evidence": 1})
        + SOURCE_IN_THE_ANSWER
        + Counter({"select evidence": 1})  # is its uid taken?
    )


def test_replacing_evidence(cost, claim):
    replaced = claim.evidence.all()[1]
    body = {"kind": "report", "summary": "It is open.", "source": "daily"}
    body["replaces"] = str(replaced.uid)

    assert cost("post", "evidence", None, body) == (
        OVER_A_CLAIM
        + READ_EVIDENCE_AGAIN
        + ITS_SOURCE
        + Counter({"insert evidence": 1})
        + SOURCE_IN_THE_ANSWER
        + Counter({"select evidence": 1})  # is its uid taken?
        + Counter({"select evidence": 1})  # what it replaces
    )


def test_editing_evidence(cost, claim):
    row = claim.evidence.all()[1]

    assert cost("patch", "evidence", row, {"summary": "Otherwise."}) == (
        OVER_A_CLAIM
        + READ_EVIDENCE_AGAIN
        + SOURCE_IN_THE_ANSWER
        + Counter({"update evidence": 2})  # what it replaces is let go first
    )


def test_taking_evidence_away(cost, claim):
    row = claim.evidence.all()[1]

    assert cost("delete", "evidence", row) == (
        OVER_A_CLAIM
        + READ_EVIDENCE_AGAIN
        + Counter({"select evidence": 1, "select assessmentevidence": 1})  # what hangs on it
        + Counter({"delete evidence": 1})
    )


def test_adding_an_appearance(cost, claim):
    body = {"said_on": "2020-03", "source": "daily"}

    assert cost("post", "appearances", None, body) == (
        OVER_A_CLAIM
        + READ_APPEARANCES_AGAIN
        + ITS_SOURCE
        + Counter({"insert appearance": 1})
        + SOURCE_IN_THE_ANSWER
        + Counter({"select appearance": 1})  # is its uid taken?
    )


def test_editing_an_appearance(cost, claim):
    row = claim.appearances.first()

    assert cost("patch", "appearances", row, {"quote": "Otherwise."}) == (
        OVER_A_CLAIM
        + READ_APPEARANCES_AGAIN
        + SOURCE_IN_THE_ANSWER
        + Counter({"update appearance": 1})
    )


def test_taking_an_appearance_away(cost, claim):
    row = claim.appearances.first()

    assert cost("delete", "appearances", row) == (
        OVER_A_CLAIM + READ_APPEARANCES_AGAIN + Counter({"delete appearance": 1})
    )


def test_linking(cost, claim):
    body = {"type": "contradicts", "claim": str(make_claim().uid)}

    assert cost("post", "links", None, body) == (
        OVER_A_CLAIM
        + Counter({"select claim": 2})  # the other one: by its uid, and under the lock
        + Counter({"insert link": 1})
    )


def test_taking_a_link_away(cost, claim):
    assert cost("delete", "links", claim.links.first()) == (
        OVER_A_CLAIM + Counter({"delete link": 1})
    )


# Rows that claims name

OVER_A_ROW = WHO_IS_IT + MAY_GO_ON_WRITING + ONCE_FOR_A_KEY + LOCK
LEDGER = Counter({"insert change": 1, "update ledger": 1})


def test_adding_a_topic(editor):
    found = queries(lambda: send(editor, "post", "topics/", {"name": "Roads"}, **KEY))

    assert found == OVER_A_ROW + LEDGER + Counter(
        {
            "select topic": 1,  # is its slug taken?
            "insert topic": 1,
        }
    )


def test_adding_a_source(editor):
    body = {"publisher": "The Daily", "title": "Road", "url": "https://daily.example/road"}

    found = queries(lambda: send(editor, "post", "sources/", body, **KEY))

    assert found == OVER_A_ROW + LEDGER + Counter(
        {"select source": 2, "insert source": 1}  # its slug, its address
    )


@pytest.mark.parametrize("claims", [1, 50])
def test_renaming_a_topic(editor, claims):
    topic = make_topic(slug="roads")
    for _ in range(claims):
        make_claim(topics=[topic])

    found = queries(
        lambda: send(editor, "patch", "topics/roads/", {"name": "Streets"}, seen="*", **KEY)
    )

    made_anew = Counter(
        {
            "select claim": 1,
            "select topic": 1,
            "select collection": 1,
            "select appearance": 1,
            "select evidence": 1,
            "select assessment": 1,
            "select link": 1,
            "select ledger": 1,  # the head that the texts are made at
            "insert claimdocument": 1,
        }
    )
    assert found == OVER_A_ROW + LEDGER + made_anew + Counter(
        {
            "select topic": 2,  # for its revision, and under curation's lock
            "update topic": 1,  # over that revision, with its place in the ledger
            "select claimdocument": 1,  # whose texts show the old name
            "update ledger": 1,  # how often texts were made anew
            "insert searchtext": 1,
        }
    )
