"""What a detail answers where there is no published claim."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from tests.factories import ACTOR, make_claim, make_draft


@pytest.fixture(params=["/", "/timeline/", "/assessments/", ".jsonld"])
def reading(request):
    return request.param


@pytest.fixture
def following(client, db):
    """Go where a claim's address leads: each status on the way, and the last answer."""

    def follow(path):
        statuses = []
        while True:
            response = client.get(path)
            statuses.append(response.status_code)
            if response.status_code != 308:
                return statuses, response
            assert len(statuses) < 5, "it goes round"
            path = response["Location"].removeprefix("http://testserver")

    return follow


def state_change(claim, reason="A mistake of ours."):
    claim.refresh_from_db()
    return curation.StateChange(claim=claim, revision=claim.revision, reason=reason)


def test_an_unknown_claim_is_not_found(problem, reading):
    problem(404, f"claims/{uuid4()}{reading}")


def test_a_draft_is_not_found(problem, reading):
    problem(404, f"claims/{make_draft().uid}{reading}")


def test_a_malformed_uid_is_not_found(problem, reading):
    problem(404, f"claims/1{reading}")


def test_a_retracted_claim_is_gone_and_says_why(problem, reading):
    claim = make_claim()
    curation.retract([state_change(claim)], actor=ACTOR)

    gone = problem(410, f"claims/{claim.uid}{reading}")

    assert gone["reason"] == "A mistake of ours."
    assert gone["uid"] == str(claim.uid)


def test_a_merged_claim_leads_to_the_one_that_survives(client, db, reading):
    claim, survivor = make_claim(), make_claim()
    curation.merge(state_change(claim), into=survivor, actor=ACTOR)

    response = client.get(f"/api/v1/claims/{claim.uid}{reading}")

    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/api/v1/claims/{survivor.uid}{reading}"


@pytest.mark.parametrize(
    "asked",
    ["/?vocab=politifact", "/?as_of={now}", "/timeline/?chain=true", ".jsonld?as_of={now}"],
)
def test_what_was_asked_of_a_merged_claim_is_asked_of_the_survivor(following, api, asked):
    claim, survivor = make_claim(), make_claim()
    curation.merge(state_change(claim), into=survivor, actor=ACTOR)
    asked = asked.format(now=api("changes/")["head"])

    statuses, answer = following(f"/api/v1/claims/{claim.uid}{asked}")

    assert statuses == [308, 200]
    assert answer.request["QUERY_STRING"] == asked.partition("?")[2]
    assert str(survivor.uid) in answer.content.decode()


def test_a_chain_of_merges_leads_on_to_the_last(following, reading):
    first, second, last = make_claim(), make_claim(), make_claim()
    curation.merge(state_change(first), into=second, actor=ACTOR)
    curation.merge(state_change(second), into=last, actor=ACTOR)

    statuses, answer = following(f"/api/v1/claims/{first.uid}{reading}")

    assert statuses == [308, 308, 200]
    assert answer.request["PATH_INFO"] == f"/api/v1/claims/{last.uid}{reading}"


def test_a_chain_of_merges_that_ends_in_a_retraction_is_gone(following, reading):
    first, second = make_claim(), make_claim()
    curation.merge(state_change(first), into=second, actor=ACTOR)
    curation.retract([state_change(second)], actor=ACTOR)

    assert following(f"/api/v1/claims/{first.uid}{reading}")[0] == [308, 410]


def test_merges_do_not_go_round(db):
    first, second = make_claim(), make_claim()
    curation.merge(state_change(first), into=second, actor=ACTOR)

    with pytest.raises(ValidationError):
        curation.merge(state_change(second), into=first, actor=ACTOR)
    with pytest.raises(ValidationError):
        curation.publish([state_change(first)], actor=ACTOR)


def test_the_history_stays_where_it_is(api):
    retracted, merged, survivor = make_claim(), make_claim(), make_claim()
    curation.retract([state_change(retracted)], actor=ACTOR)
    curation.merge(state_change(merged), into=survivor, actor=ACTOR)

    for claim, did in ((retracted, "retract"), (merged, "merge")):
        assert api(f"claims/{claim.uid}/history/")["results"][0]["operation"] == did


def test_claims_out_of_sight_leave_the_list(api):
    retracted, merged, survivor = make_claim(), make_claim(), make_claim()
    curation.retract([state_change(retracted)], actor=ACTOR)
    curation.merge(state_change(merged), into=survivor, actor=ACTOR)

    assert [each["uid"] for each in api("claims/")["results"]] == [str(survivor.uid)]
