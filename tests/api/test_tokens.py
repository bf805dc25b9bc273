"""Somebody with a role makes API tokens with a password or a session, and looks after them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from claims.models import ApiToken
from claims.models.api_token import MOST_LIVE
from tests.factories import bearer, make_account, make_token

pytestmark = pytest.mark.django_db

TOKENS = "/api/v1/tokens/"
PASSWORD = "the-right-one-at-last"  # noqa: S105
NIGHTLY = {"name": "Nightly import"}


@pytest.fixture
def grace():
    return make_account("editor", "grace", password=PASSWORD)


@pytest.fixture
def signed_in(grace):
    client = Client()
    client.force_login(grace)
    return client


def basic(name="grace", password=PASSWORD):
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def make(client, body=NIGHTLY, headers=None):
    return client.post(TOKENS, body, content_type="application/json", headers=headers)


def refused(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    return response.json()


def test_a_token_is_made_with_a_password_and_works(client, grace):
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False):
        response = make(client, NIGHTLY | {"scope": "write", "days": 365}, basic())

        assert response.status_code == 201, response.content
        assert response["Cache-Control"] == "private, no-store"
        answer = response.json()
        token = ApiToken.objects.get()
        assert answer == {
            "uid": str(token.uid),
            "name": "Nightly import",
            "scope": "write",
            "hint": answer["token"][:15] + "…",
            "made_at": "2026-01-01T12:00:00.000000Z",
            "expires_at": "2027-01-01T12:00:00.000000Z",
            "token": answer["token"],
        }
        assert token.user == grace
        assert client.get(TOKENS, headers=bearer(answer["token"])).status_code == 200


def test_it_reads_for_ninety_days_unless_said(signed_in):
    make(signed_in)

    token = ApiToken.objects.get()

    assert token.scope == "read"
    assert token.expiry - token.created - timedelta(days=90) < timedelta(seconds=1)


def test_a_session_makes_one_only_with_its_csrf_token(grace):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(grace)

    assert "CSRF" in refused(make(browser), 403)["detail"]
    assert not ApiToken.objects.exists()

    browser.get("/api/v1/docs/?script=")  # the page's script carries the token
    csrf = browser.cookies["csrftoken"].value
    assert make(browser, headers={"X-CSRFToken": csrf}).status_code == 201


def test_a_token_makes_no_tokens(client, grace):
    answer = refused(make(client, headers=bearer(make_token(grace))), 403)

    assert "password" in answer["detail"]
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, basic(password="wrong"), basic("nobody")])  # noqa: S106
def test_a_stranger_is_told_how_to_come(client, grace, headers):
    response = make(client, headers=headers)

    refused(response, 401)
    assert response["WWW-Authenticate"] == (
        'Bearer realm="Borne Out", Basic realm="Borne Out", charset="UTF-8"'
    )


@pytest.mark.parametrize("header", ["Basic", "Basic a b", "Basic ???", "Basic Zm9v", "Basic \xff"])
def test_a_header_that_is_none_is_refused(client, header):
    refused(make(client, headers={"Authorization": header}), 401)


def test_a_password_opens_nothing_but_the_tokens(client, grace):
    claim = uuid4()

    assert client.get(f"/api/v1/claims/{claim}/suggestion/", headers=basic()).status_code == 401


def test_whoever_has_no_role_makes_none(client):
    make_account(name="guest", password=PASSWORD)

    refused(make(client, headers=basic("guest")), 403)


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_whoever_has_a_role_makes_them(client, role):
    make_account(role, "ada", password=PASSWORD)

    assert make(client, headers=basic("ada")).status_code == 201


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", None),
        ("name", ""),
        ("name", " "),
        ("name", "x" * 81),
        ("name", "a\0b"),
        ("name", ["a"]),
        ("scope", "admin"),
        ("scope", ""),
        ("scope", None),
        ("scope", {}),
        ("days", 0),
        ("days", 366),
        ("days", -1),
        ("days", "soon"),
        ("days", 10**400),
        ("days", 1.5),
        ("days", None),
        ("user", 1),
        ("digest", "0"),
    ],
)
def test_what_cannot_be_is_refused_by_member(signed_in, member, value):
    answer = refused(make(signed_in, NIGHTLY | {member: value}), 400)

    assert list(answer["errors"]) == [member]
    assert not ApiToken.objects.exists()


def test_two_live_tokens_have_two_names(signed_in):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        assert make(signed_in, NIGHTLY | {"days": 1}).status_code == 201
        assert list(refused(make(signed_in), 400)["errors"]) == ["name"]
        clock.shift(timedelta(days=1))
        # The session is as old as the day: it lasts two weeks.
        assert make(signed_in).status_code == 201

    assert ApiToken.objects.count() == 1  # the expired one has gone


def test_there_are_so_many_and_no_more(signed_in, grace):
    for number in range(MOST_LIVE):
        make_token(grace, name=str(number))

    assert str(MOST_LIVE) in refused(make(signed_in), 400)["detail"]


@pytest.mark.parametrize("body", ["[]", "1", "{", '{"name": "a", "name": "b"}'])
def test_what_is_no_object_is_refused(signed_in, body):
    refused(make(signed_in, body), 400)


def test_a_form_is_refused(client, grace):
    refused(client.post(TOKENS, NIGHTLY, headers=basic()), 415)


def test_an_unknown_parameter_is_refused(signed_in):
    refused(signed_in.get(TOKENS, {"page": "1"}), 400)


def test_ones_own_are_listed_without_their_secrets(client, signed_in, grace):
    secret = make_token(grace, name="Mine")
    make_token(make_account("administrator"), name="Another's")

    for response in (signed_in.get(TOKENS), client.get(TOKENS, headers=bearer(secret))):
        (listed,) = response.json()["results"]
        assert listed["name"] == "Mine"
        assert "token" not in listed
        assert secret not in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"


def test_ones_own_is_revoked_once(client, signed_in, grace):
    secret = make_token(grace)
    address = f"{TOKENS}{ApiToken.objects.get().uid}/"

    assert signed_in.delete(address).status_code == 204
    refused(client.get(TOKENS, headers=bearer(secret)), 401)
    refused(signed_in.delete(address), 404)


def test_with_a_password_too(client, grace):
    make_token(grace)

    assert (
        client.delete(f"{TOKENS}{ApiToken.objects.get().uid}/", headers=basic()).status_code == 204
    )


def test_anothers_is_not_there(signed_in):
    make_token(make_account("administrator"))

    refused(signed_in.delete(f"{TOKENS}{ApiToken.objects.get().uid}/"), 404)
    assert ApiToken.objects.exists()


@pytest.mark.parametrize("scope", ["read", "write"])
@pytest.mark.parametrize("path", ["current/", "{uid}/"])
def test_a_token_revokes_itself_whatever_its_scope(client, grace, scope, path):
    secret = make_token(grace, scope)
    address = TOKENS + path.format(uid=ApiToken.objects.get().uid)

    assert client.delete(address, headers=bearer(secret)).status_code == 204
    refused(client.get(TOKENS, headers=bearer(secret)), 401)


def test_and_no_other(client, grace):
    make_token(grace, name="Other")
    other = ApiToken.objects.get()

    refused(client.delete(f"{TOKENS}{other.uid}/", headers=bearer(make_token(grace))), 403)
    assert ApiToken.objects.count() == 2


def test_there_is_no_current_one_without_one(signed_in):
    refused(signed_in.delete(f"{TOKENS}current/"), 404)


def test_whoever_lost_the_role_still_revokes(signed_in, grace):
    make_token(grace)
    grace.groups.clear()

    assert signed_in.delete(f"{TOKENS}{ApiToken.objects.get().uid}/").status_code == 204


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(signed_in, method):
    refused(getattr(signed_in, method)(TOKENS), 405)


def test_a_closed_account_makes_none(client, grace):
    User.objects.update(is_active=False)

    refused(make(client, headers=basic()), 401)
