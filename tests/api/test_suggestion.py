"""What the evidence suggests, for editors who are signed in."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from claims import curation
from claims.models import Change
from tests.factories import add_evidence, assess, edit, make_claim, make_draft, move

pytestmark = pytest.mark.django_db


def signed_in(role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    return signed_in("editor")


def address(claim):
    return f"/api/v1/claims/{getattr(claim, 'uid', claim)}/suggestion/"


def refused(client, claim, status, **params):
    response = client.get(address(claim), params)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_it_proposes_in_the_words_of_the_kind_and_says_what_it_rests_on(editor):
    claim = make_claim()
    signed = add_evidence(claim, dated="2021-09-16", summary="It was signed.")
    add_evidence(claim, stance="context")

    answer = editor.get(address(claim)).json()

    assert (answer["outcome"], answer["label"]) == ("borne_out_late", "Kept late")
    assert answer["certainty"] == "certain"
    assert answer["rests_on"] == [str(signed.uid)]
    assert "It was signed." in answer["reasons"][0]
    assert "2020" in answer["reasons"][0]
    assert answer["words_revision"] == 1


@pytest.mark.parametrize(("day", "outcome"), [(date(2020, 12, 31), None), (date(2021, 1, 1), "no")])
def test_it_is_made_as_of_today(day, outcome):
    claim = make_claim()
    with time_machine.travel(day):
        answer = signed_in("editor").get(address(claim)).json()

    assert answer["today"] == day.isoformat()
    assert answer["outcome"] == (outcome and "not_borne_out")


def test_its_condition_is_asked_for_and_answered_by_a_parameter(editor):
    claim = make_claim(condition="If the money comes.")
    add_evidence(claim, dated="2020-06-01")

    def ask(**params):
        answer = editor.get(address(claim), params).json()
        return answer["outcome"], answer["certainty"], answer["ask_first"]

    outcome, certainty, question = ask()
    assert (outcome, certainty) == ("borne_out", "likely")
    assert "If the money comes." in question
    assert ask(condition="arose") == ("borne_out", "certain", None)
    assert ask(condition="never_arose") == ("void", "certain", None)


def test_evidence_that_has_been_replaced_does_not_count(editor):
    claim = make_claim()
    old = add_evidence(claim, dated="2020-06-01")
    assess(claim, "borne_out", evidence=[old])
    values = {"kind": "report", "stance": "supports", "summary": "Dated anew.", "replaces": old}
    values |= {"dated": "2021-03-01", "source": old.source}
    edit(claim, evidence=[curation.RowWrite(values=values)])

    assert editor.get(address(claim)).json()["outcome"] == "borne_out_late"


def test_nothing_is_written(editor):
    claim = make_claim()
    before = Change.objects.count(), claim.revision

    editor.get(address(claim))

    claim.refresh_from_db()
    assert (Change.objects.count(), claim.revision) == before
    assert claim.outcome == ""


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(editor, method):
    response = getattr(editor, method)(address(make_claim()))

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


def test_who_is_not_signed_in_is_refused_and_so_is_who_may_not_judge(client):
    claim = make_claim()

    assert refused(client, claim, 401)["title"] == "Unauthorized"
    refused(signed_in("contributor"), claim, 403)
    refused(client, uuid4(), 401)  # whether it is there is not told either


def test_who_was_locked_out_is_refused(editor):
    User.objects.update(is_active=False)

    refused(editor, make_claim(), 401)


def test_no_cache_keeps_it(editor, client):
    claim = make_claim()

    for response in (editor.get(address(claim)), client.get(address(claim))):
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_claim_that_is_not_public_is_not_judged(editor):
    retracted = make_claim()
    move(curation.retract, retracted, "A mistake of ours.")

    assert "“Draft”" in refused(editor, make_draft(), 409)["detail"]
    assert refused(editor, retracted, 410)["reason"] == "A mistake of ours."


def test_a_merged_claim_leads_to_the_one_that_survives(editor):
    claim, survivor = make_claim(), make_claim()
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
    curation.merge(change, into=survivor, actor="ada")

    response = editor.get(address(claim))

    assert response.status_code == 308
    assert response["Location"] == f"http://testserver{address(survivor)}"


def test_an_unknown_claim_is_not_found(editor):
    refused(editor, uuid4(), 404)
    refused(editor, "1", 404)


@pytest.mark.parametrize(
    "params", [{"condition": "maybe"}, {"condition": ""}, {"conditoin": "arose"}, {"page_size": 1}]
)
def test_a_wrong_parameter_is_refused_by_name(editor, params):
    claim = make_claim(condition="If the money comes.")

    assert list(refused(editor, claim, 400, **params)["errors"]) == list(params)


def test_an_answer_to_a_condition_that_is_not_there_is_refused(editor):
    errors = refused(editor, make_claim(), 400, condition="arose")["errors"]

    assert errors == {"condition": ["This claim states no condition."]}


def test_it_costs_the_same_however_much_evidence_there_is(editor):
    claim = make_claim()
    for _number in range(5):
        add_evidence(claim, dated="2020-06-01")

    with CaptureQueriesContext(connection) as captured:
        assert editor.get(address(claim)).status_code == 200

    session, user, permissions, the_claim, evidence = (query["sql"] for query in captured)
    assert "django_session" in session
    assert "auth_user" in user
    assert "auth_user_user_permissions" in permissions
    assert "auth_group" in permissions
    assert "claims_claim" in the_claim
    assert "claims_evidence" in evidence


def test_the_answer_is_as_described(editor, client):
    claim = make_claim()
    add_evidence(claim, dated="2020-06-01")
    schema = client.get("/api/v1/schema/").json()
    operation = schema["paths"]["/api/v1/claims/{uid}/suggestion/"]["get"]
    described = operation["responses"]["200"]["content"]["application/json"]["schema"]
    component = schema["components"]["schemas"]["Suggestion"]

    answer = editor.get(address(claim)).json()

    Draft202012Validator({**described, "components": schema["components"]}).validate(answer)
    assert list(answer) == list(component["properties"])
    assert operation["security"] == [{"tokenAuth": []}, {"cookieAuth": []}]
    nothing = editor.get(address(make_claim(due="2999"))).json()
    Draft202012Validator({**described, "components": schema["components"]}).validate(nothing)
    assert nothing["outcome"] is None
