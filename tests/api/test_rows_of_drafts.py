"""The rows of a claim that never was public are read by those who see it at the desk."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import curation
from tests.api.writing import refused, tag_of
from tests.factories import add_evidence, edit, link, make_claim, make_draft, make_source, move

KINDS = ("evidence", "appearances", "links")


def draft_with_rows():
    draft = make_draft()
    add_evidence(draft)
    values = {"said_on": "2020-02", "source": make_source()}
    edit(draft, appearances=[curation.RowWrite(values=values)])
    link(draft, make_claim(), "repeats")
    return draft


@pytest.fixture(scope="module")
def draft_for_all(rows_for_all):
    return rows_for_all(draft_with_rows)


@pytest.fixture
def draft(draft_for_all, db):
    return deepcopy(draft_for_all)


def path_of(draft, kind):
    return f"claims/{draft.uid}/{kind}/"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_whoever_has_a_role_reads_them(as_role, draft, kind, role):
    client = as_role(role)

    response = client.get(f"/api/v1/{path_of(draft, kind)}")

    assert response.status_code == 200, response.content
    (row,) = response.json()["results"]
    assert client.get(f"/api/v1/{path_of(draft, kind)}{row['uid']}/").json() == row
    assert response.json()["revision"] == draft.revision


@pytest.mark.parametrize("kind", KINDS)
def test_they_read_as_they_will_once_they_are_public(contributor, api, draft, kind):
    before = contributor.get(f"/api/v1/{path_of(draft, kind)}").json()["results"]

    move(curation.publish, draft)

    assert api(path_of(draft, kind))["results"] == before


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_learns_that_there_is_one(client, draft, kind):
    guest = Client()
    guest.force_login(User.objects.create_user("guest"))

    for each in (client, guest):
        refused(each.get(f"/api/v1/{path_of(draft, kind)}"), 404)


def test_no_cache_keeps_them(contributor, draft):
    response = contributor.get(f"/api/v1/{path_of(draft, 'evidence')}")

    assert response["Cache-Control"] == "private, no-store"


def test_their_tag_names_the_revision_and_what_is_unchanged_is_not_sent_again(contributor, draft):
    seen = tag_of(contributor, path_of(draft, "evidence"))

    assert seen.startswith(f'"{draft.revision}-')
    again = contributor.get(
        f"/api/v1/{path_of(draft, 'evidence')}", headers={"If-None-Match": seen}
    )
    assert again.status_code == 304


def test_a_draft_was_not_there_in_the_past(contributor, draft):
    response = contributor.get(f"/api/v1/{path_of(draft, 'evidence')}?as_of=2020-01-01")

    refused(response, 404)
