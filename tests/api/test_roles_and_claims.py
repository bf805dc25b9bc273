"""Who may write claims over HTTP: what the desk lets them do, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from claims import curation
from claims.models import Claim
from tests.api.desk import CLAIMS, a_claim, address_of, done, patch, post, refused, send, signed_in
from tests.factories import bearer, make_claim, make_draft, make_source, make_token, move

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "administrator"}
CONTRIBUTORS = EDITORS | {"contributor"}
ROLES = ("anonymous", "", *sorted(CONTRIBUTORS))

# What is done, to a claim made so, and the roles that may.
WRITES = {
    "draft": (None, "post", "", CONTRIBUTORS),
    "draft many": (None, "post", "batch/", CONTRIBUTORS),
    "edit a draft": (make_draft, "patch", "", CONTRIBUTORS),
    "edit a published claim": (make_claim, "patch", "", EDITORS),
    "throw a draft away": (make_draft, "delete", "", EDITORS),
    "submit": (make_draft, "post", "submit-for-review/", CONTRIBUTORS),
    "send back": (
        lambda: move(curation.submit_for_review, make_draft()),
        *("post", "back-to-draft/", EDITORS),
    ),
    "publish": (make_draft, "post", "publish/", EDITORS),
    "set aside": (make_draft, "post", "set-aside/", EDITORS),
    "retract": (make_claim, "post", "retract/", EDITORS),
    "merge": (make_claim, "post", "merge/", EDITORS),
}


def client_of(role: str) -> Client:
    return Client() if role == "anonymous" else signed_in(role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("write", WRITES)
def test_a_role_may(role, write):
    make, method, step, may = WRITES[write]
    claim = make() if make else None
    body = {"reason": "For a reason."} if step else {}
    if make is None:
        body = {"claims": [a_claim()]} if step else a_claim()
    if write == "merge":
        body["into"] = str(make_claim().uid)
    if method in ("patch", "delete"):
        body = {"quote": "Yes."} if method == "patch" else {}
    before = list(Claim.objects.values_list("pk", "revision"))

    path = (address_of(claim) if claim else CLAIMS) + step
    response = send(client_of(role), method, path, body)

    if role in may:
        assert 200 <= response.status_code < 300, response.content
    else:
        assert response.status_code in ((401, 403) if role == "anonymous" else (403,))
        assert response["Content-Type"] == "application/problem+json"
        assert list(Claim.objects.values_list("pk", "revision")) == before


def test_who_may_not_is_not_told_whether_a_draft_is_there():
    stranger, draft = signed_in(""), make_draft()
    there = patch(stranger, draft, {})
    draft.delete()

    refused(there, 403)
    assert patch(stranger, draft, {}).content == there.content


def with_permissions(*names):
    user = User.objects.create_user("drafts-only")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_rows_come_along_only_of_those_who_may_add_them():
    client = with_permissions("add_claim", "add_appearance")
    rows = [{"said_on": "2020-02", "source": make_source().slug}]

    done(post(client, a_claim(appearances=rows, evidence=[])), 201)
    evidence = [{"kind": "search", "summary": "Nothing."}]
    refused(post(client, a_claim(evidence=evidence)), 403)
    refused(post(client, {"claims": [a_claim(evidence=evidence)]}, path=f"{CLAIMS}batch/"), 403)


def test_a_page_of_another_site_cannot_write_in_an_editors_name():
    client = signed_in("editor", enforce_csrf_checks=True)

    refused(post(client, a_claim()), 403)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("scope", ["write", "read"])
def test_a_token_drafts_and_reads_drafts_as_its_owner_may_and_its_scope_lets_it(scope):
    user = User.objects.create_user("script")
    user.groups.add(Group.objects.get(name="contributor"))
    token = bearer(make_token(user, scope))
    draft = make_draft()

    answer = post(Client(), a_claim(), **token)

    if scope == "write":
        done(answer, 201)
    else:
        refused(answer, 403)
    assert done(Client().get(address_of(draft), headers=token), 200)["editorial_state"] == "draft"
    refused(Client().get(address_of(draft)), 404)
