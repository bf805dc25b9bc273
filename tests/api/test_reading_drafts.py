"""A draft is read by those who see it at the desk, and is not there for anybody else."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import curation
from tests.api.desk import address_of, done, refused, signed_in
from tests.factories import add_evidence, make_claim, make_draft, make_topic, move

pytestmark = pytest.mark.django_db

DRAFTS = "/api/v1/drafts/"


@pytest.fixture
def contributor():
    return signed_in("contributor")


@pytest.mark.parametrize("source", [True, False])
def test_a_contributor_reads_it_and_no_cache_keeps_it(contributor, source):
    draft = make_draft() if source else make_draft(source=None)

    response = contributor.get(address_of(draft))

    answer = done(response, 200)
    assert answer["statement"] == draft.statement
    assert answer["editorial_state"] == "draft"
    assert bool(answer["source"]) == source
    assert response["Cache-Control"] == "private, no-store"
    assert re.fullmatch(r'"1-[0-9a-f]{16}"', response["ETag"])
    again = contributor.get(address_of(draft), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("source", [True, False])
def test_so_does_its_timeline(contributor, source):
    draft = make_draft() if source else make_draft(source=None)
    add_evidence(draft)

    response = contributor.get(address_of(draft, "timeline"))

    answer = done(response, 200)
    assert [each["type"] for each in answer["events"]] == ["said", "evidence", "due"]
    assert answer["editorial_state"] == "draft"
    assert response["Cache-Control"] == "private, no-store"


def test_members_are_selected_of_a_draft_too(contributor):
    answer = done(contributor.get(address_of(make_draft()), {"fields": "uid,due"}), 200)

    assert set(answer) == {"uid", "due", "editorial_state"}


@pytest.mark.parametrize("role", [None, ""])
@pytest.mark.parametrize("text", ["", "timeline"])
def test_to_anybody_else_it_is_as_a_uid_that_nothing_has(role, text):
    client = Client() if role is None else signed_in(role)
    draft = make_draft()

    there = client.get(address_of(draft, text))
    draft.uid = uuid4()
    nowhere = client.get(address_of(draft, text))

    refused(there, 404)
    assert there.content == nowhere.content
    assert dict(there.headers) == dict(nowhere.headers)


def test_what_is_published_reads_alike_for_all(contributor):
    claim = make_claim()

    public, signed = Client().get(address_of(claim)), contributor.get(address_of(claim))

    assert public.content == signed.content
    assert public["ETag"] == signed["ETag"]


def test_a_session_is_looked_at_only_for_what_is_out_of_sight(contributor):
    claim = make_claim()

    with CaptureQueriesContext(connection) as captured:
        done(contributor.get(address_of(claim)), 200)

    assert len(captured) == 1


def test_what_left_the_public_is_gone_for_editors_too():
    editor = signed_in("editor")
    claim = move(curation.retract, make_claim(), "A mistake.")

    refused(editor.get(address_of(claim)), 410)


# The list


def test_the_list_has_what_was_never_public_newest_first(contributor):
    first, published, second, aside = make_draft(), make_claim(), make_draft(), make_draft()
    move(curation.submit_for_review, second)
    move(curation.set_aside, aside, "It cannot be tracked.")
    move(curation.retract, published, "A mistake.")

    response = contributor.get(DRAFTS)

    results = done(response, 200)["results"]
    assert [(each["uid"], each["editorial_state"]) for each in results] == [
        (str(aside.uid), "set_aside"),
        (str(second.uid), "in_review"),
        (str(first.uid), "draft"),
    ]
    assert response["Cache-Control"] == "private, no-store"
    assert results[2] == contributor.get(address_of(first)).json()


def test_it_is_asked_by_state(contributor):
    make_draft()
    reviewed = move(curation.submit_for_review, make_draft())
    aside = move(curation.set_aside, make_draft(), "It cannot be tracked.")

    answer = done(contributor.get(DRAFTS, {"editorial_state": "in_review,set_aside"}), 200)

    assert [each["uid"] for each in answer["results"]] == [str(aside.uid), str(reviewed.uid)]


@pytest.mark.parametrize("state", ["published", "darft", "", "draft,,in_review"])
def test_another_state_is_refused(contributor, state):
    errors = refused(contributor.get(DRAFTS, {"editorial_state": state}))

    assert "draft, in_review, set_aside" in errors["editorial_state"][0]


def test_it_goes_on_page_by_page_and_back(contributor):
    drafts = [str(make_draft().uid) for _ in range(5)]

    first = done(contributor.get(DRAFTS, {"page_size": 2, "ordering": "drafted"}), 200)
    second = done(contributor.get(first["next"]), 200)
    third = done(contributor.get(second["next"]), 200)

    rows = [*first["results"], *second["results"], *third["results"]]
    assert [each["uid"] for each in rows] == drafts
    assert third["next"] is None
    assert done(contributor.get(second["previous"]), 200)["results"] == first["results"]


@pytest.mark.parametrize("role", [None, ""])
def test_the_list_is_for_those_who_see_drafts(role):
    client = Client() if role is None else signed_in(role)

    assert client.get(DRAFTS).status_code in ((401, 403) if role is None else (403,))


@pytest.mark.parametrize("drafts", [2, 10])
def test_a_page_is_a_fixed_number_of_queries(contributor, drafts):
    for _number in range(drafts):
        add_evidence(make_draft(topics=[make_topic()]))

    with CaptureQueriesContext(connection) as captured:
        done(contributor.get(DRAFTS), 200)

    tables = [
        match[1]
        for each in captured
        if (match := re.search(r'FROM "(?:claims_)?(\w+)"', each["sql"]))
    ]
    assert tables == [
        *("django_session", "auth_user"),
        "auth_permission",  # the account's own, and its roles'
        "claim",  # the page
        *("claim", "topic", "collection", "appearance", "evidence"),  # with everything
        *("assessment", "link"),
    ]
