"""How many queries a read costs, each named."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Ledger
from tests.factories import assess, edit, make_claim, make_revision, make_speaker, make_topic

pytestmark = pytest.mark.django_db


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return [query["sql"] for query in captured]


def five_claims():
    topic = make_topic(slug="roads")
    for _number in range(5):
        claim = make_claim(topics=[topic])
    return claim


@pytest.fixture(scope="module")
def claim_for_all(rows_for_all):
    return rows_for_all(five_claims)


@pytest.fixture
def claim(claim_for_all):
    return deepcopy(claim_for_all)


def test_a_list_is_one_query(client, claim):
    (page_with_head,) = queries(client, "claims/?topic=roads&closed=false&kind=promise")

    assert "claims_claimdocument" in page_with_head
    assert "claims_ledger" in page_with_head


def test_a_list_that_runs_out_of_due_claims_is_two(client, claim):
    due, undated = queries(client, "claims/?ordering=due")

    assert '"due_last" IS NOT NULL' in due
    assert '"due_last" IS NULL' in undated


def test_a_detail_is_one_query(client, claim):
    (text,) = queries(client, f"claims/{claim.uid}/")

    assert '"summary"' in text


def test_a_timeline_is_one_query(client, claim):
    (text,) = queries(client, f"claims/{claim.uid}/timeline/")

    assert '"timeline"' in text


def test_other_vocabularies_cost_no_query(client, claim):
    assert len(queries(client, "claims/?vocab=politifact,metaculus")) == 1
    assert len(queries(client, f"claims/{claim.uid}/?vocab=politifact,metaculus")) == 1


def test_a_claim_in_the_words_of_schema_org_is_two(client, claim):
    assess(claim, "borne_out")

    record, names = queries(client, f"claims/{claim.uid}.jsonld")

    assert "claims_change" in record
    assert "claims_change" in names


def test_a_permalink_is_three_and_one_for_its_tag(client, claim):
    number = Ledger.objects.get().number

    place, tag, record, names = queries(client, f"claims/{claim.uid}/at/{number}/timeline/")

    assert "claims_redaction" in tag
    assert '"at"' in place
    assert "claims_change" in record
    assert "claims_change" in names


def test_the_timeline_of_a_chain_is_one_query_behind_that_for_its_tag_however_long_it_is(
    client, claim
):
    for _number in range(4):
        claim = make_revision(claim)

    tag, chain = queries(client, f"claims/{claim.uid}/timeline/?chain=true")

    assert "claims_ledger" in tag
    assert "WITH RECURSIVE" in chain
    assert '"timeline"' in chain


def test_a_page_of_changes_is_one_query(client, claim):
    (entries_with_head,) = queries(client, "changes/")

    assert "claims_change" in entries_with_head
    assert "claims_ledger" in entries_with_head


def test_a_page_of_corrections_is_one_query_however_many_there_are(client, claim):
    wrong = assess(claim, "borne_out")
    for outcome in ("not_borne_out", "partly_borne_out", "borne_out"):
        wrong = assess(claim, outcome, cause="correction", corrects=wrong)

    (page_with_head,) = queries(client, "corrections/?topic=roads&kind=promise")

    assert "claims_assessment" in page_with_head
    assert "claims_ledger" in page_with_head


def test_a_page_of_speakers_is_two_queries_however_many_there_are(client, claim):
    for _number in range(10):
        make_speaker(organisation=make_speaker(kind="organisation"))

    page_with_head, rows_with_organisation = queries(client, "speakers/")

    assert "claims_ledger" in page_with_head
    assert "JOIN" in rows_with_organisation


def test_a_history_that_fits_on_a_page_is_one_query(client, claim):
    edit(claim, values={"quote": "We will."})

    (entries_with_head,) = queries(client, f"claims/{claim.uid}/history/")

    assert "claims_change" in entries_with_head
    assert "claims_ledger" in entries_with_head


def test_a_page_of_a_longer_one_is_two_queries_however_long_it_is(client, claim):
    for number in range(10):
        edit(claim, values={"quote": f"We will ({number})."})

    entries_with_head, what_they_are_compared_with = queries(
        client, f"claims/{claim.uid}/history/?page_size=5"
    )

    assert "claims_ledger" in entries_with_head
    assert "LIMIT 2" in what_they_are_compared_with


@pytest.mark.parametrize("name", ["verdicts", "corrections", "claims"])
def test_a_page_of_a_feed_is_three_queries_behind_that_for_its_tag_however_many_there_are(
    client, claim, name
):
    wrong = assess(claim, "borne_out")
    for outcome in ("not_borne_out", "partly_borne_out", "borne_out"):
        wrong = assess(claim, outcome, cause="correction", corrects=wrong)

    tag, claims_asked_for, page, first_entry = queries(client, f"{name}.atom?topic=roads")

    assert "claims_ledger" in tag
    assert "claims_topic" in claims_asked_for
    assert '"summary"' in page
    assert "LIMIT 51" in page
    assert '"hash"' in first_entry


def test_a_calendar_is_two_queries_behind_that_for_its_tag_however_many_are_due(client, claim):
    for _number in range(4):
        make_revision(claim)

    tag, due, revisions = queries(client, "calendar.ics?topic=roads&overdue=true")

    assert "claims_ledger" in tag
    assert '"summary"' in due
    assert "claims_link" in revisions
