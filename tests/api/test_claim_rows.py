"""The evidence, appearances and links of a claim, as anybody reads them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Claim, Ledger, instant
from tests.factories import (
    ACTOR,
    add_evidence,
    link,
    make_claim,
    make_draft,
    make_source,
    move,
    rename,
    say_again,
)

NOBODY = "09f58d45-0004-4778-9229-92230c5a6f10"  # a uid that nothing has
KINDS = ("evidence", "appearances", "links")


def with_one_of_each():
    claim = make_claim()
    rows = add_evidence(claim), say_again(claim), link(claim, make_claim(), "repeats")
    return claim, dict(zip(KINDS, rows, strict=True))


def test_evidence_is_listed_with_its_source_and_what_it_replaces(api):
    claim = make_claim()
    source = make_source(slug="daily", publisher="The Daily")
    first = add_evidence(claim, summary="Half of it is open.", source=source, dated="2020-11")
    nothing = add_evidence(claim, kind="search", summary="Looked in the gazette.", stance="context")

    answer = api(f"claims/{claim.uid}/evidence/")

    assert [each["uid"] for each in answer["results"]] == [str(first.uid), str(nothing.uid)]
    assert answer["results"][0] == {
        "uid": str(first.uid),
        "kind": "report",
        "stance": "supports",
        "summary": "Half of it is open.",
        "dated": "2020-11",
        "observed": None,
        "original_rating": "",
        "source": api("sources/daily/"),
        "replaces": None,
        "recorded_at": instant(first.recorded_at),
    }
    assert answer["results"][1]["source"] is None


def test_an_appearance_says_when_where_and_in_which_words(api):
    claim = make_claim()
    again = say_again(claim, source=make_source(slug="weekly"))

    assert api(f"claims/{claim.uid}/appearances/")["results"] == [
        {
            "uid": str(again.uid),
            "said_on": "2020-03",
            "quote": "As I said.",
            "source": api("sources/weekly/"),
            "recorded_at": instant(again.recorded_at),
        }
    ]


def test_a_link_names_the_other_claim(api):
    claim, other = make_claim(), make_claim()
    made = link(claim, other, "contradicts")

    assert api(f"claims/{claim.uid}/links/")["results"] == [
        {"uid": str(made.uid), "type": "contradicts", "claim": str(other.uid)}
    ]
    assert api(f"claims/{other.uid}/links/")["results"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_says_what_to_name_in_a_write(api, kind):
    claim, _rows = with_one_of_each()
    claim = Claim.objects.get(pk=claim.pk)

    answer = api(f"claims/{claim.uid}/{kind}/")

    told = (answer["uid"], answer["revision"], answer["words_revision"])
    assert told == (str(claim.uid), claim.revision, claim.words_revision)


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_read_at_its_own_address(api, problem, kind):
    claim, rows = with_one_of_each()
    _other, others = with_one_of_each()

    (result,) = api(f"claims/{claim.uid}/{kind}/")["results"]

    assert api(f"claims/{claim.uid}/{kind}/{rows[kind].uid}/") == result
    problem(404, f"claims/{claim.uid}/{kind}/{others[kind].uid}/")
    problem(404, f"claims/{claim.uid}/{kind}/{uuid4()}/")
    problem(404, f"claims/{claim.uid}/{kind}/1/")


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_read_as_of_the_past(api, problem, kind):
    claim = make_claim()
    before = Ledger.objects.get().cursor
    add_evidence(claim, source=make_source(slug="daily", publisher="The Daily"))
    say_again(claim, source=claim.evidence.get().source)
    link(claim, make_claim(), "repeats")
    then, now = Ledger.objects.get().cursor, api(f"claims/{claim.uid}/{kind}/")["results"]
    rename(claim.evidence.get().source, publisher="The Weekly")
    move(curation.retract, claim, "It was another person.")

    told = api(f"claims/{claim.uid}/{kind}/", as_of=then)

    assert told["results"] == now
    assert told["as_of"]["cursor"] == then
    assert api(f"claims/{claim.uid}/{kind}/", as_of=before)["results"] == []
    (row,) = now
    one = api(f"claims/{claim.uid}/{kind}/{row['uid']}/", as_of=then)
    assert one.pop("as_of")["cursor"] == then
    assert one == row
    problem(404, f"claims/{claim.uid}/{kind}/{row['uid']}/", as_of=before)


@pytest.fixture(params=[f"{kind}/{row}" for kind in KINDS for row in ("", f"{NOBODY}/")])
def reading(request):
    return request.param


def test_a_claim_that_is_not_there_or_a_draft_is_not_found(problem, reading):
    problem(404, f"claims/{uuid4()}/{reading}")
    problem(404, f"claims/{make_draft().uid}/{reading}")


def test_those_of_a_retracted_claim_are_gone_with_it(problem, reading):
    claim = make_claim()
    move(curation.retract, claim, "Not theirs.")

    assert problem(410, f"claims/{claim.uid}/{reading}")["reason"] == "Not theirs."


def test_a_merged_claim_leads_to_the_one_that_survives(client, db, reading):
    claim, survivor = make_claim(), make_claim()
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)

    for asked in ("", f"?as_of={Ledger.objects.get().cursor}"):
        response = client.get(f"/api/v1/claims/{claim.uid}/{reading}{asked}")
        assert response.status_code == 308
        there = f"http://testserver/api/v1/claims/{survivor.uid}/{reading}{asked}"
        assert response["Location"] == there


def test_other_parameters_are_refused(problem, reading):
    problem(400, f"claims/{make_claim().uid}/{reading}", page_size="1")


@pytest.mark.django_db
def test_it_is_two_queries_however_many_there_are(client):
    claim = make_claim()
    for _number in range(4):
        add_evidence(claim)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/api/v1/claims/{claim.uid}/evidence/")

    record, sources = [query["sql"] for query in captured]
    assert '"record"' in record
    assert '"claims_source"' in sources
    assert len(response.json()["results"]) == 4
