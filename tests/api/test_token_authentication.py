"""A token is offered in one header, looked up once, and reaches as far as its account now does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client

from claims.models import ApiToken
from tests.api.test_recording_assessments import address, post, verdict_on
from tests.factories import bearer, make_account, make_claim, make_token

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"
CHALLENGE = 'Bearer realm="Borne Out"'


@pytest.fixture
def editor():
    return make_account("editor", "grace")


def record(client, claim, token, **body):
    return post(client, claim, verdict_on(claim, **body), headers=bearer(token))


def refused(response, status=401):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()["detail"]


def test_a_token_writes_in_its_accounts_name_and_needs_no_csrf_token(editor):
    claim = make_claim()

    response = record(Client(enforce_csrf_checks=True), claim, make_token(editor))

    assert response.status_code == 201, response.content
    assert claim.assessments.get().decided_by == "grace"


def test_a_token_that_may_only_read_reads(client, editor):
    claim = make_claim()
    read = bearer(make_token(editor, "read"))

    assert client.get(CLAIMS, headers=read).status_code == 200
    assert client.get(f"{CLAIMS}{claim.uid}/suggestion/", headers=read).status_code == 200


def test_and_is_told_so_where_it_would_write(client, editor):
    claim = make_claim()

    response = record(client, claim, make_token(editor, "read"))

    assert "may only read" in refused(response, 403)
    assert response["WWW-Authenticate"] == f'{CHALLENGE}, error="insufficient_scope", scope="write"'
    assert not claim.assessments.exists()


@pytest.mark.parametrize(
    "header",
    [
        "Bearer bo_" + "0" * 64,
        "Bearer",
        "Bearer two words",
        "bearer x",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 5_000,
        "Bearer a\x00b",
    ],
)
@pytest.mark.parametrize("path", [CLAIMS, "/api/v1/stats/?group_by=kind", "/api/v1/claims.csv"])
def test_a_token_that_is_none_is_refused_on_reads_too(client, header, path):
    response = client.get(path, headers={"Authorization": header})

    refused(response)
    assert response["WWW-Authenticate"] == f'{CHALLENGE}, error="invalid_token"'


@pytest.mark.parametrize("path", [CLAIMS, "/api/v1/claims/{uid}/assessments/"])
def test_an_expired_token_is_refused_and_says_since_when(client, editor, path):
    claim = make_claim()
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False) as clock:
        token = make_token(editor, days=7)
        clock.shift(timedelta(days=7, seconds=-1))
        assert client.get(path.format(uid=claim.uid), headers=bearer(token)).status_code == 200
        clock.shift(timedelta(seconds=1))
        response = client.get(path.format(uid=claim.uid), headers=bearer(token))

    assert "2026-01-08T12:00:00" in refused(response)


def test_a_revoked_token_is_refused(client, editor):
    token = make_token(editor)
    ApiToken.objects.get().delete()

    refused(client.get(CLAIMS, headers=bearer(token)))


def test_a_token_ends_with_its_accounts_role(client, editor):
    claim = make_claim()
    token = make_token(editor)
    editor.groups.clear()

    refused(record(client, claim, token), 403)

    editor.groups.add(Group.objects.get(name="editor"))
    assert record(client, claim, token).status_code == 201


def test_and_with_its_account(client, editor):
    token = make_token(editor)
    User.objects.update(is_active=False)

    refused(client.get(CLAIMS, headers=bearer(token)))

    User.objects.all().delete()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", ["token", "access_token", "authorization"])
def test_a_token_in_the_address_is_refused(client, editor, name):
    claim = make_claim()

    response = client.post(
        address(claim, **{name: make_token(editor)}),
        verdict_on(claim),
        content_type="application/json",
    )

    refused(response)
    assert client.get(CLAIMS, {name: make_token(editor)}).status_code == 400


def test_a_token_goes_before_a_session(editor):
    claim = make_claim()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_account("editor", "ada"))

    assert record(browser, claim, make_token(editor)).status_code == 201
    assert claim.assessments.get().decided_by == "grace"
    refused(record(browser, claim, "bo_wrong"))


def test_it_costs_one_query_and_no_token_none(client, editor, django_assert_num_queries):
    make_claim()
    token = bearer(make_token(editor))
    with django_assert_num_queries(1):  # the page
        client.get(CLAIMS)
    with django_assert_num_queries(2):  # the token with its account; the page
        client.get(CLAIMS, headers=token)


def test_its_clear_text_is_nowhere_in_the_database(editor):
    token = make_token(editor)

    (row,) = ApiToken.objects.values()

    assert token.startswith("bo_")
    assert len(token) == 67
    assert token not in map(str, row.values())
    assert row["token_key"] == token[:15]
