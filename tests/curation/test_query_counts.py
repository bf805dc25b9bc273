"""What a write costs: twenty claims cost what one does, but for an UPDATE of each."""

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
from claims.models import Claim, Topic
from tests.factories import (
    ACTOR,
    add_evidence,
    judged,
    make_claim,
    make_dossier,
    make_topic,
    move,
    over,
    said_again,
    shown,
)

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "claims_(\w+)"')

# Rows are read as they stand under the lock; after the write only those that it changed.
READ_WITH_EVERYTHING = Counter(
    {
        "select claim": 1,  # with its speaker, their organisation, and its source
        "select topic": 1,
        "select collection": 1,
        "select appearance": 1,  # with their sources
        "select evidence": 1,  # likewise
        "select assessment": 1,
        "select link": 1,
    }
)
RECORD_AND_RENDER = Counter(
    {
        "update ledger": 1,  # over the head that was read with the lock
        "insert change": 1,
        "insert claimdocument": 1,  # with names that were read with the claims
    }
)
FOUND_BY_OTHER_WORDS = Counter({"insert searchtext": 1})
PLACE_IN_THE_LEDGER = Counter({"update claim": 1})  # beside the claim's own columns
READ_THE_CLAIM_AGAIN = Counter({"select claim": 1})  # nothing that hangs on it was written
# Uids that are taken: of claims, appearances, evidence and assessments.
LOOK_FOR_NAMES = Counter(
    {"select claim": 1, "select appearance": 1, "select evidence": 1, "select assessment": 1}
)
TAKE_THE_LEDGER = Counter({"select ledger": 1})


def queries(call: Callable[[], Any]) -> Counter[str]:
    """How often each table is read or written; savepoints are no queries."""
    with CaptureQueriesContext(connection) as captured:
        call()
    found: Counter[str] = Counter()
    for sql in (each["sql"] for each in captured):
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            table = TABLE.search(sql)
            found[f"{sql.split()[0].lower()} {table[1]}" if table else "draw keys"] += 1
    return found


def own_updates(claims: list[Claim]) -> Counter[str]:
    return Counter({"update claim": len(claims)})


def claims_with_evidence(number):
    claims = [make_claim() for _ in range(number)]
    for claim in claims:
        add_evidence(claim)
    return claims


@pytest.fixture(scope="module", params=[1, 20])
def claims_for_all(request, rows_for_all):
    return rows_for_all(lambda: claims_with_evidence(request.param))


@pytest.fixture
def claims(claims_for_all):
    """Published claims with a piece of evidence each, as they stand."""
    return deepcopy(claims_for_all)


def test_edits(claims):
    writes = [
        curation.ClaimWrite(claim=each, revision=each.revision, values={"quote": "Open."})
        for each in claims
    ]

    assert queries(lambda: curation.write_claims(writes, actor=ACTOR)) == (
        TAKE_THE_LEDGER
        + READ_WITH_EVERYTHING
        + own_updates(claims)
        + READ_THE_CLAIM_AGAIN
        + RECORD_AND_RENDER
        + PLACE_IN_THE_LEDGER
        + FOUND_BY_OTHER_WORDS
    )


def test_edits_that_change_nothing(claims):
    writes = [
        curation.ClaimWrite(claim=each, revision=each.revision, values={"quote": ""})
        for each in claims
    ]

    assert queries(lambda: curation.write_claims(writes, actor=ACTOR)) == (
        TAKE_THE_LEDGER + READ_WITH_EVERYTHING
    )


def test_publishing(claims):
    for each in claims:
        move(curation.retract, each, "It was another person.")
    changes = [
        curation.StateChange(claim=each, revision=each.revision, reason="It was this one.")
        for each in claims
    ]

    assert queries(lambda: curation.publish(changes, actor=ACTOR)) == (
        TAKE_THE_LEDGER
        + READ_WITH_EVERYTHING
        + own_updates(claims)
        + RECORD_AND_RENDER
        + FOUND_BY_OTHER_WORDS  # what search has of a claim out of sight may have an older name
        + Counter({"insert standing": 1, "insert claimcount": 1})
    )


def test_verdicts(claims):
    writes = [
        curation.AssessmentWrite(
            claim=each,
            revision=each.revision,
            words_revision=1,
            values={"outcome": "borne_out", "rationale": "It says so."},
            evidence=[each.evidence.get()],
        )
        for each in claims
    ]

    assert queries(lambda: curation.assess(writes, actor=ACTOR)) == (
        TAKE_THE_LEDGER
        + READ_WITH_EVERYTHING
        + Counter({"insert assessment": 1, "insert assessmentevidence": 1})
        + own_updates(claims)  # what stands, and its place in the ledger
        + RECORD_AND_RENDER
        + Counter({"update standing": 1, "insert standing": 1, "insert claimcount": 1})
    )


@pytest.mark.parametrize("number", [1, 10])
def test_new_claims_with_all_that_comes_with_them(number):
    """On PostgreSQL more than a few rows go by COPY, in as many statements."""
    dossiers = [whole_dossier() for _ in range(number)]

    assert queries(lambda: curation.check_dossiers(dossiers)) == LOOK_FOR_NAMES
    assert queries(lambda: curation.enter_dossiers(dossiers, actor=ACTOR)) == (
        TAKE_THE_LEDGER
        + LOOK_FOR_NAMES
        + Counter({"select speaker": 1, "select source": 1, "select topic": 1})  # as they are now
        + Counter({"draw keys": 4})  # of claims, appearances, evidence and assessments
        + Counter({"select ledger": 1, "insert change": 1, "update ledger": 1})
        + Counter({"insert claim": 1, "insert claim_topics": 1, "insert appearance": 1})
        + Counter({"insert evidence": 1, "insert assessment": 1, "insert assessmentevidence": 1})
        + Counter({"insert standing": 1, "insert claimcount": 1})
        + Counter({"insert claimdocument": 1, "insert searchtext": 1})
    )


@pytest.mark.parametrize("number", [1, 20])
def test_dossiers_that_say_what_is_there(number):
    dossiers = [whole_dossier() for _ in range(number)]
    curation.enter_dossiers(dossiers, actor=ACTOR)
    again = [over(each) for each in dossiers]
    read = LOOK_FOR_NAMES - Counter({"select claim": 1}) + READ_WITH_EVERYTHING
    read += Counter({"select evidence": 1})  # what is cited

    assert queries(lambda: curation.check_dossiers(again)) == read
    assert queries(lambda: curation.enter_dossiers(again, actor=ACTOR)) == (
        TAKE_THE_LEDGER
        + Counter({"select ledger": 1})  # whether names that were kept are still those
        + read
        + Counter({"select speaker": 1, "select source": 1, "select topic": 1})
    )


def whole_dossier():
    evidence = shown()
    return make_dossier(
        topics=[make_topic()],
        appearances=[said_again()],
        evidence=[evidence],
        assessments=[judged("borne_out", evidence)],
    )


def test_a_rename_that_no_text_shows(claims):
    topic = make_topic()
    write = curation.ReferenceWrite(model=Topic, row=topic, revision=1, values={"name": "New"})

    assert queries(lambda: curation.write_reference([write], actor=ACTOR)) == Counter(
        {
            "select ledger": 1,
            "select topic": 1,
            "update topic": 1,  # its columns, its place in the ledger
            "insert change": 1,
            "update ledger": 1,
            "select claimdocument": 1,  # texts with older names: none
        }
    )
