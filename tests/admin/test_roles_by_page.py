"""Each role and each page on which something is written: who may open it."""

from __future__ import annotations

import pytest

from tests.admin.pages import page_of
from tests.factories import add_evidence, assess, edit, make_claim, make_draft

CONTRIBUTORS = ("contributor", "editor", "administrator")
EDITORS = ("editor", "administrator")
ADMINISTRATORS = ("administrator",)


def draft(act):
    return lambda: page_of(make_draft(), act)


def published(act):
    return lambda: page_of(make_claim(), act)


def stale(act):
    def page():
        claim = make_claim()
        assess(claim, "borne_out", evidence=[add_evidence(claim)])
        edit(claim, values={"quote": "It will be open."})
        return page_of(claim, act)

    return page


def new(address):
    return lambda: f"/admin/{address}/add/"


PAGES = {
    "draft a claim": (CONTRIBUTORS, new("claims/claim")),
    "submit": (CONTRIBUTORS, draft("submit")),
    "publish": (EDITORS, draft("publish")),
    "set aside": (EDITORS, draft("set-aside")),
    "delete a draft": (EDITORS, draft("delete")),
    "retract": (EDITORS, published("retract")),
    "merge": (EDITORS, published("merge")),
    "link": (EDITORS, published("link")),
    "record a verdict": (EDITORS, published("verdict")),
    "record progress": (EDITORS, published("progress")),
    "reaffirm": (EDITORS, stale("reaffirm")),
    "name a speaker": (CONTRIBUTORS, new("claims/speaker")),
    "name a source": (CONTRIBUTORS, new("claims/source")),
    "name a topic": (CONTRIBUTORS, new("claims/topic")),
    "begin a collection": (EDITORS, new("claims/collection")),
    "rename a speaker": (EDITORS, lambda: page_of(make_draft().speaker)),
    "note a task": (CONTRIBUTORS, new("claims/task")),
    "import a file": (CONTRIBUTORS, new("claims/upload")),
    "make a token": (CONTRIBUTORS, new("claims/apitoken")),
    "make an account": (ADMINISTRATORS, new("auth/user")),
    "make a role": ((), new("auth/group")),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["", *CONTRIBUTORS])
def test_who_may_write(desk, role, name):
    may, page = PAGES[name]
    client = desk(role)

    response = client.get(page())

    if response.status_code == 200:  # some may look at what they may not change
        assert (b'type="submit"' in response.content.partition(b'id="content"')[2]) == (role in may)
    else:
        assert response.status_code == 403
        assert role not in may
