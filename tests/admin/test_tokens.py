"""On the desk everybody with a role makes and revokes API tokens of their own."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from claims.models import ApiToken, Change
from tests.admin.pages import filled, page_of
from tests.api.test_recording_assessments import address, verdict_on
from tests.factories import bearer, make_account, make_claim, make_token

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/apitoken/"
ADD = f"{LIST}add/"


def account(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def make(client, **changes):
    return client.post(ADD, filled(client.get(ADD), **{"name": "Nightly import"} | changes))


def revoke(client, token):
    return client.post(page_of(token, "delete"), {"post": "yes"})


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_a_token_is_made_and_shown_once(desk, role):
    client = desk(role)

    page = make(client, scope="write", days="30")

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    (secret,) = re.findall(r"bo_[0-9a-f]{64}", page.content.decode())
    token = ApiToken.objects.get()
    assert (token.user, token.scope) == (account(client), "write")
    assert (token.expiry - token.created).days in (29, 30)
    assert Client().get("/api/v1/tokens/", headers=bearer(secret)).status_code == 200
    for later in (LIST, page_of(token), page_of(token, "history"), "/admin/"):
        assert secret not in client.get(later).content.decode()


def test_its_secret_is_kept_nowhere(editor):
    (secret,) = re.findall(r"bo_[0-9a-f]{64}", make(editor).content.decode())

    kept = [*LogEntry.objects.values(), *ApiToken.objects.values()]
    kept += [session.get_decoded() for session in Session.objects.all()]
    assert LogEntry.objects.get().object_repr == "Nightly import"
    assert secret not in str(kept)
    assert "messages" not in editor.cookies


def test_it_reads_for_ninety_days_unless_said(editor):
    assert filled(editor.get(ADD))["days"] == ["90"]
    assert filled(editor.get(ADD))["scope"] == ["read"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"days": "366"}, "less than or equal to 365"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": ""}, "This field is required"),
        ({"name": ""}, "This field is required"),
        ({"scope": "admin"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(editor, changes, fault):
    page = make(editor, **changes)

    assert fault in page.content.decode()
    assert not ApiToken.objects.exists()


def test_sent_twice_it_is_made_once(editor):
    make(editor)
    again = make(editor)

    assert "You have a token with this name" in again.content.decode()
    assert ApiToken.objects.count() == 1


def test_it_is_never_changed(editor):
    make(editor)
    token = ApiToken.objects.get()

    assert b"_save" not in editor.get(page_of(token)).content
    assert editor.post(page_of(token), {"name": "x", "scope": "write"}).status_code == 403


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_ones_own_is_revoked(desk, role):
    client = desk(role)
    secret = make_token(account(client))

    assert revoke(client, ApiToken.objects.get()).status_code == 302

    assert Client().get("/api/v1/tokens/", headers=bearer(secret)).status_code == 401


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_others_are_out_of_sight(desk, role):
    make_token(make_account("administrator"), name="Somebody's")
    client = desk(role)
    token = ApiToken.objects.get()

    assert "Somebody" not in client.get(LIST).content.decode()
    assert client.get(page_of(token), follow=True).redirect_chain[-1][0] == "/admin/"
    revoke(client, token)
    assert ApiToken.objects.exists()


def test_an_administrator_sees_and_revokes_everybodys(desk):
    make_token(make_account("editor", "grace"), name="Grace's")
    client = desk("administrator")

    page = client.get(LIST).content.decode()
    assert "Grace&#x27;s" in page
    assert "grace" in page
    revoke(client, ApiToken.objects.get())
    assert not ApiToken.objects.exists()


def test_but_not_a_superusers(desk):
    make_token(User.objects.create_superuser("root"), name="Root")
    client = desk("administrator")

    assert "Root" not in client.get(LIST).content.decode()
    revoke(client, ApiToken.objects.get())
    assert ApiToken.objects.exists()


def test_an_administrator_makes_none_for_another(desk):
    grace = make_account("editor", "grace")
    client = desk("administrator")

    make(client, user=grace.pk)

    assert ApiToken.objects.get().user == account(client)


def test_whoever_has_no_role_has_no_tokens_here(client):
    client.force_login(make_account(is_staff=True))

    assert client.get(LIST).status_code == 403
    assert client.get(ADD).status_code == 403


def test_the_list_costs_the_same_with_more_tokens(desk, django_assert_num_queries):
    client = desk("administrator")
    for _ in range(8):
        make_token(make_account("editor"))

    # session, user, its permissions, how many, the tokens with their accounts
    with django_assert_num_queries(5):
        client.get(LIST)


def test_with_an_account_go_its_tokens_and_its_words_stay(admin_client):
    grace = make_account("editor", "grace")
    secret = make_token(grace)
    claim = make_claim()
    said = Client().post(
        address(claim),
        {name: value for name, value in verdict_on(claim).items() if name != "revision"},
        content_type="application/json",
        headers={**bearer(secret), "If-Match": "*"},
    )
    ledger = list(Change.objects.order_by("number").values())

    admin_client.post(f"/admin/auth/user/{grace.pk}/delete/", {"post": "yes"})

    assert said.status_code == 201, said.content
    assert not User.objects.filter(pk=grace.pk).exists()
    assert not ApiToken.objects.exists()
    assert claim.assessments.get().decided_by == "grace"
    assert list(Change.objects.order_by("number").values()) == ledger
    assert ledger[-1]["actor"] == "grace"
