"""The assessments of a claim, as anybody reads them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Assessment
from tests.append_only.rows import warrant
from tests.factories import ACTOR, add_evidence, assess, edit, make_claim, make_draft


def test_the_newest_comes_first_and_says_what_to_name_in_a_write(api):
    claim = make_claim()
    update = assess(claim, progress="in_progress")
    verdict = assess(claim, "borne_out", cause="development")
    edit(claim, values={"statement": "The road will be open to all in 2020."})

    answer = api(f"claims/{claim.uid}/assessments/")

    assert [each["uid"] for each in answer["results"]] == [str(verdict.uid), str(update.uid)]
    assert (answer["uid"], answer["revision"]) == (str(claim.uid), claim.revision)
    assert answer["words_revision"] == 2
    assert [each["words_revision"] for each in answer["results"]] == [1, 1]


def test_each_has_all_that_a_timeline_shows_and_the_facts_beside_it(api):
    claim = make_claim()
    with_headline = assess(claim, progress="stalled", headline="Halted", happened_on="2020-05~")
    assess(claim, "not_borne_out", cause="correction", corrects=with_headline)

    events = api(f"claims/{claim.uid}/timeline/")["events"]
    by_uid = {each["assessment"]["uid"]: each for each in events if each["assessment"]}
    results = api(f"claims/{claim.uid}/assessments/")["results"]

    for each in results:
        event = by_uid[each["uid"]]
        assert each == event["assessment"] | {
            "headline": "Halted" if each["progress"] else "",
            "happened_on": event["date"],
            "recorded_at": event["recorded_at"],
        }
    assert results[1]["happened_on"] == "2020-05~"
    assert results[0]["corrects"] == str(with_headline.uid)


def test_a_redacted_headline_is_null(api):
    claim = make_claim()
    warrant(assess(claim, "borne_out", headline="His home address"), "headline")
    Assessment.objects.update(headline=None)

    (result,) = api(f"claims/{claim.uid}/assessments/")["results"]

    assert result["headline"] is None


def test_a_claim_that_nobody_judged_has_none(api):
    assert api(f"claims/{make_claim().uid}/assessments/")["results"] == []


def test_one_is_read_at_its_own_address(api, problem):
    claim, other = make_claim(), make_claim()
    verdict, elsewhere = assess(claim, "borne_out"), assess(other, "borne_out")

    (result,) = api(f"claims/{claim.uid}/assessments/")["results"]

    assert api(f"claims/{claim.uid}/assessments/{verdict.uid}/") == result
    problem(404, f"claims/{claim.uid}/assessments/{elsewhere.uid}/")
    problem(404, f"claims/{claim.uid}/assessments/{uuid4()}/")
    problem(404, f"claims/{claim.uid}/assessments/1/")


@pytest.fixture(params=["", f"{uuid4()}/"], ids=["all", "one"])
def reading(request):
    return f"assessments/{request.param}"


def test_a_claim_that_is_not_there_or_a_draft_is_not_found(problem, reading):
    problem(404, f"claims/{uuid4()}/{reading}")
    problem(404, f"claims/{make_draft().uid}/{reading}")


def test_those_of_a_retracted_claim_are_gone_with_it(problem, reading):
    claim = make_claim()
    assess(claim, "borne_out")
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="Not theirs.")
    curation.retract([change], actor=ACTOR)

    assert problem(410, f"claims/{claim.uid}/{reading}")["reason"] == "Not theirs."


def test_a_merged_claim_leads_to_the_one_that_survives(client, db, reading):
    claim, survivor = make_claim(), make_claim()
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)

    response = client.get(f"/api/v1/claims/{claim.uid}/{reading}")

    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/api/v1/claims/{survivor.uid}/{reading}"


def test_it_takes_no_parameters(problem, reading):
    problem(400, f"claims/{make_claim().uid}/{reading}", dry_run="true")


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_is_two_queries_however_many_there_are_and_whoever_reads(
    db, client, admin_user, signed_in
):
    claim = make_claim()
    evidence = add_evidence(claim)
    for progress in ("in_progress", "stalled", "in_progress", "done"):
        cause = "development" if claim.progress else "first"
        assess(claim, progress=progress, cause=cause, evidence=[evidence])
    if signed_in:
        client.force_login(admin_user)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/api/v1/claims/{claim.uid}/assessments/")

    timeline, headlines = [query["sql"] for query in captured]
    assert '"timeline"' in timeline
    assert '"headline"' in headlines
    assert len(response.json()["results"]) == 4
    assert "Cookie" not in response.get("Vary", "")


def test_other_methods_are_refused(client, db):
    claim = make_claim()
    verdict = assess(claim, "borne_out")

    for method in ("put", "patch", "delete"):
        answer = getattr(client, method)(f"/api/v1/claims/{claim.uid}/assessments/")
        assert answer.status_code in (401, 405)
    response = client.options(f"/api/v1/claims/{claim.uid}/assessments/{verdict.uid}/")
    assert response.status_code == 200
