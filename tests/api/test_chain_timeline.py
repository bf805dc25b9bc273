"""`timeline/?chain=true`: what happened to all claims that revise each other, in one order."""

import json

import pytest

from claims import curation
from claims.api import chains
from tests.factories import add_evidence, assess, make_claim, make_revision, move


def due(text):
    return {"due": text, "due_mode": "by", "due_basis": "stated"}


@pytest.fixture
def chain(db):
    """The road: promised for 2020, then for mid 2021, then for late 2021."""
    first = make_claim(said_on="2020-01-15", statement="In 2020.", **due("2020-12-31"))
    second = make_revision(first, said_on="2020-11", statement="In June.", **due("2021-06-30"))
    third = make_revision(second, said_on="2021-05", statement="In autumn.", **due("2021-Q4"))
    return first, second, third


def asked(api, claim):
    return api(f"claims/{claim.uid}/timeline/", chain="true")


def test_events_of_all_claims_stand_in_one_order_and_say_whose_they_are(api, chain):
    assess(chain[0], "not_borne_out", happened_on="2021-01")

    events = asked(api, chain[1])["events"]

    names = {str(claim.uid): number for number, claim in enumerate(chain, 1)}
    assert [(names[each["of"]], each["type"]) for each in events if each["type"] != "evidence"] == [
        (1, "said"),
        (2, "said"),
        (2, "revised"),
        (1, "due"),
        (1, "verdict"),
        (3, "said"),
        (3, "revised"),
        (2, "due"),
        (3, "due"),
    ]


def test_events_are_those_of_the_finished_timelines(api, chain):
    assess(chain[0], "not_borne_out")
    expected = [
        {"of": str(claim.uid), **event}
        for claim in chain
        for event in api(f"claims/{claim.uid}/timeline/")["events"]
    ]

    events = asked(api, chain[0])["events"]

    assert sorted(map(json.dumps, events)) == sorted(map(json.dumps, expected))


def test_the_claims_stand_in_the_order_in_which_they_were_said(api, chain):
    first, _second, third = chain
    assess(first, "not_borne_out")

    answer = asked(api, third)

    assert answer["uid"] == str(third.uid)
    assert answer["complete"] is True
    assert answer["claims"][0] == {
        "uid": str(first.uid),
        "revises": None,
        "statement": "In 2020.",
        "said_on": "2020-01-15",
        "due": "2020-12-31",
        "status": "not_borne_out",
        "status_label": "Not kept",
    }
    uids = [str(each.uid) for each in chain]
    assert [each["uid"] for each in answer["claims"]] == uids
    assert [each["revises"] for each in answer["claims"]] == [None, *uids[:2]]


def test_it_says_how_often_and_how_far_the_deadline_moved(api, chain):
    first, second, third = (str(claim.uid) for claim in chain)

    assert asked(api, chain[0])["goalposts"] == {
        "moved": 2,
        "direction": "later",
        "least_days": 274,
        "most_days": 365,
        "text": "Deadline moved 2 times, by 274 to 365 days",
        "revisions": [
            {
                "claim": second,
                "revises": first,
                "direction": "later",
                "least_days": 181,
                "most_days": 181,
            },
            {
                "claim": third,
                "revises": second,
                "direction": "later",
                "least_days": 93,
                "most_days": 184,
            },
        ],
    }


def test_the_answer_is_the_same_whichever_claim_is_asked_but_for_its_name(api, chain):
    answers = [asked(api, claim) for claim in chain]

    assert [each.pop("uid") for each in answers] == [str(claim.uid) for claim in chain]
    assert answers[0] == answers[1] == answers[2]


def test_a_claim_that_revises_none_is_a_chain_of_itself(api):
    claim = make_claim()
    add_evidence(claim)

    answer = asked(api, claim)

    assert [each["uid"] for each in answer["claims"]] == [str(claim.uid)]
    assert answer["goalposts"]["text"] == "The deadline has not moved"
    assert {each["of"] for each in answer["events"]} == {str(claim.uid)}


@pytest.mark.parametrize("neither", ["false", "0"])
def test_without_the_chain_it_is_the_finished_text(client, chain, neither):
    address = f"/api/v1/claims/{chain[1].uid}/timeline/"
    chain[1].refresh_from_db()

    for response in (client.get(address), client.get(address, {"chain": neither})):
        assert response.content.decode() == chain[1].document.timeline


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"chain": "yes"}, "chain"),
        ({"chain": ""}, "chain"),
        ({"chain": ["true", "true"]}, "chain"),
        ({"chain": "true", "page": "2"}, "page"),
        ({"chian": "true"}, "chian"),
    ],
)
def test_bad_parameters_are_refused_by_name(problem, params, name):
    assert list(problem(400, f"claims/{make_claim().uid}/timeline/", **params)["errors"]) == [name]


def test_of_a_long_chain_it_says_that_there_may_be_more(api, chain, monkeypatch):
    monkeypatch.setattr(chains, "MOST", 2)

    answer = asked(api, chain[1])

    assert answer["complete"] is False
    assert [each["uid"] for each in answer["claims"]] == [str(claim.uid) for claim in chain[:2]]


def test_a_retracted_claim_leaves_its_chain(api, problem, chain):
    _first, second, third = chain
    move(curation.retract, second, "It was another person.")

    problem(410, f"claims/{second.uid}/timeline/", chain="true")
    assert [each["uid"] for each in asked(api, third)["claims"]] == [str(third.uid)]
    assert asked(api, third)["claims"][0]["revises"] is None


def test_a_merged_claim_leads_to_the_chain_of_the_one_that_survives(client, chain):
    duplicate = make_claim()
    change = curation.StateChange(claim=duplicate, revision=duplicate.revision, reason="Twice.")
    curation.merge(change, into=chain[0], actor="ada")

    response = client.get(f"/api/v1/claims/{duplicate.uid}/timeline/?chain=true")

    assert response.status_code == 308
    assert response["Location"].endswith(f"/claims/{chain[0].uid}/timeline/?chain=true")
