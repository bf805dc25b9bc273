"""The history of a claim or a name: its ledger entries, each with what it changed."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from claims import curation
from claims.models import Change
from tests.append_only.rows import execute, warrant
from tests.factories import (
    ACTOR,
    edit,
    make_claim,
    make_collection,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
    move,
    rename,
)


@pytest.fixture
def claim(db):
    claim = make_claim(statement="The road will be open in 2020.")
    edit(claim, values={"statement": "The road will be open in 2021."})
    return claim


def history(api, claim, **params):
    return api(f"claims/{claim.uid}/history/", **params)["results"]


def client_of(role, **values):
    user = User.objects.create_user("grace", is_staff=True, **values)
    if role:
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def test_it_tells_what_words_became_what_words(api, claim):
    newest, published = history(api, claim)

    (statement,) = newest["changes"]
    assert statement == {
        "field": "statement",
        "label": "statement",
        "form": "text",
        "before": "The road will be open in 2020.",
        "after": "The road will be open in 2021.",
        "runs": [
            {"kind": "kept", "text": "The road will be open in "},
            {"kind": "removed", "text": "2020"},
            {"kind": "added", "text": "2021"},
            {"kind": "kept", "text": "."},
        ],
        "added": None,
        "removed": None,
        "rows": None,
    }
    assert published["changes"][0]["before"] is None
    assert published["changes"][0]["after"] == "The road will be open in 2020."


def test_an_entry_is_the_one_that_the_feed_has(api, claim):
    edit(claim, values={"statement": "The road will be open by 2021."}, cosmetic="A preposition.")

    newest = history(api, claim)[0]

    feed = api("changes/")["results"][-1]
    assert {name: newest[name] for name in newest.keys() & feed.keys()} == {
        name: feed[name] for name in newest.keys() & feed.keys()
    }
    assert (newest["operation_label"], newest["cause"]) == ("Edited", "cosmetic")
    assert newest["reason"] == "A preposition."


def test_its_pages_go_back_to_the_publication_and_tell_the_same(api, claim):
    move(curation.retract, claim, "A mistake.")
    move(curation.publish, claim, "It was none.")
    for number in range(3):
        edit(claim, values={"quote": f"We will ({number})."})
    whole = history(api, claim)

    pages, page = [], api(f"claims/{claim.uid}/history/", page_size=1)
    while True:
        pages += page["results"]
        if page["next"] is None:
            break
        page = api(page["next"].partition("/api/v1/")[2])
    back = api(page["previous"].partition("/api/v1/")[2])

    assert len(whole) == 7
    assert pages == whole
    assert back["results"] == whole[-2:-1]


def test_its_head_is_the_ledgers(api, claim):
    other = make_claim()

    page = api(f"claims/{claim.uid}/history/")

    assert page["head"] == Change.objects.get(key=str(other.uid)).cursor
    assert list(page) == ["head", "next", "previous", "results"]


def test_it_goes_on_when_a_claim_is_retracted(api, claim):
    move(curation.retract, claim, "It was a joke.")

    newest = history(api, claim)[0]

    assert (newest["operation"], newest["reason"]) == ("retract", "It was a joke.")
    (state,) = newest["changes"]
    assert (state["before"], state["after"]) == ("published", "retracted")


def test_it_goes_on_when_a_claim_is_merged(api, claim):
    survivor = make_claim()
    curation.merge(
        curation.StateChange(claim=claim, revision=claim.revision, reason="Twice."),
        into=survivor,
        actor=ACTOR,
    )

    newest = history(api, claim)[0]

    assert {each["field"]: each["after"] for each in newest["changes"]} == {
        "editorial_state": "merged",
        "merged_into": str(survivor.uid),
    }


@pytest.mark.parametrize("make", [make_speaker, make_source, make_topic, make_collection])
def test_so_do_the_names_that_claims_use(api, make):
    row = make()
    name = "title" if make is make_source else "name"
    rename(row, **{name: "Another"})

    edited, created = api(f"{row._meta.model_name}s/{row.slug}/history/")["results"]

    assert (edited["operation"], created["operation"]) == ("edit", "create")
    assert [each["field"] for each in edited["changes"]] == [name]


def test_what_was_redacted_reads_so_and_leaks_nothing(client, api, claim):
    edit(claim, values={"quote": "A secret of his."})
    edit(claim, values={"quote": "We will."})
    change = Change.objects.filter(key=str(claim.uid))[2]
    warrant(change, "record")
    execute(f"UPDATE claims_change SET record = NULL, salt = NULL WHERE number = {change.number}")

    after, redacted, before, _published = history(api, claim)

    assert (redacted["changes"], redacted["reason"]) == (None, None)
    assert [each["untold"] for each in (after, redacted, before)] == [
        *("redacted_before", "redacted", None),
    ]
    assert b"secret" not in client.get(f"/api/v1/claims/{claim.uid}/history/").content


def test_who_did_it_is_not_for_the_public(client, api, claim):
    response = client.get(f"/api/v1/claims/{claim.uid}/history/")

    assert [each["actor"] for each in response.json()["results"]] == [None, None]
    assert ACTOR not in response.content.decode()
    assert "Cookie" in response["Vary"]
    assert "Authorization" in response["Vary"]
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=10"


def test_staff_see_who_did_it_and_no_cache_keeps_that(claim):
    response = client_of("contributor").get(f"/api/v1/claims/{claim.uid}/history/")

    assert [each["actor"] for each in response.json()["results"]] == [ACTOR, ACTOR]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("role", "values"), [("", {}), ("editor", {"is_active": False}), ("", {"is_superuser": False})]
)
def test_an_account_that_may_not_look_at_the_ledger_reads_as_the_public_does(claim, role, values):
    response = client_of(role, **values).get(f"/api/v1/claims/{claim.uid}/history/")

    assert [each["actor"] for each in response.json()["results"]] == [None, None]


def test_nor_does_a_member_of_a_role_who_is_no_longer_staff(claim):
    client = client_of("editor")
    User.objects.update(is_staff=False)

    response = client.get(f"/api/v1/claims/{claim.uid}/history/")

    assert [each["actor"] for each in response.json()["results"]] == [None, None]


def test_what_never_was_public_has_none(problem):
    draft = make_draft()
    aside = move(curation.set_aside, make_draft(), "Not trackable.")

    for claim in (draft, aside):
        problem(404, f"claims/{claim.uid}/history/")
    problem(404, f"claims/{uuid4()}/history/")
    problem(404, "claims/1/history/")
    problem(404, "speakers/nobody/history/")


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"ordering": "number"}, "ordering"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "201"}, "page_size"),
        ({"page_size": ""}, "page_size"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "1"}, "cursor"),
        ({"cursor": "WyItc2FpZF9vbiIsICIyMDIwLTAxLTE1IiwgMSwgMF0"}, "cursor"),  # of the claims
        ({"cursor": ["x", "y"]}, "cursor"),
    ],
)
def test_a_malformed_parameter_is_refused_by_its_name(problem, claim, params, name):
    assert list(problem(400, f"claims/{claim.uid}/history/", **params)["errors"]) == [name]
