"""What a detail answers where there is no published claim."""

from uuid import uuid4

import pytest

from claims import curation
from tests.factories import ACTOR, make_claim, make_draft


@pytest.fixture(params=["", "timeline/"])
def reading(request):
    return request.param


def state_change(claim, reason="A mistake of ours."):
    return curation.StateChange(claim=claim, revision=claim.revision, reason=reason)


def test_an_unknown_claim_is_not_found(problem, reading):
    problem(404, f"claims/{uuid4()}/{reading}")


def test_a_draft_is_not_found(problem, reading):
    problem(404, f"claims/{make_draft().uid}/{reading}")


def test_a_malformed_uid_is_not_found(problem, reading):
    problem(404, f"claims/1/{reading}")


def test_a_retracted_claim_is_gone_and_says_why(problem, reading):
    claim = make_claim()
    curation.retract([state_change(claim)], actor=ACTOR)

    gone = problem(410, f"claims/{claim.uid}/{reading}")

    assert gone["reason"] == "A mistake of ours."
    assert gone["uid"] == str(claim.uid)


def test_a_merged_claim_leads_to_the_one_that_survives(client, db, reading):
    claim, survivor = make_claim(), make_claim()
    curation.merge(state_change(claim), into=survivor, actor=ACTOR)

    response = client.get(f"/api/v1/claims/{claim.uid}/{reading}")

    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/api/v1/claims/{survivor.uid}/{reading}"


def test_claims_out_of_sight_leave_the_list(api):
    retracted, merged, survivor = make_claim(), make_claim(), make_claim()
    curation.retract([state_change(retracted)], actor=ACTOR)
    curation.merge(state_change(merged), into=survivor, actor=ACTOR)

    assert [each["uid"] for each in api("claims/")["results"]] == [str(survivor.uid)]
