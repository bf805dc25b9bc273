"""An account writes so often a minute, by whatever token or session; reads are not counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from claims.models import Allowance
from tests.api.test_recording_assessments import address, post, verdict_on
from tests.factories import bearer, make_account, make_claim, make_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings):
    settings.WRITES_PER_MINUTE = 3
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def claim():
    return make_claim()


def write(client, claim, token):
    return post(client, claim, verdict_on(claim), headers=bearer(token), dry_run="true")


def test_one_too_many_is_told_when_to_come_back(client, claim, clock):
    grace = make_account("editor")
    tokens = [make_token(grace), make_token(grace)]
    for number in range(3):
        assert write(client, claim, tokens[number % 2]).status_code == 200

    response = write(client, claim, tokens[0])

    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "20"
    detail = response.json()["detail"]
    assert "3 times a minute" in detail
    assert "20 seconds" in detail
    client.force_login(grace)
    assert client.post(address(claim), {}, content_type="application/json").status_code == 429
    clock.shift(timedelta(seconds=20))
    assert write(client, claim, tokens[0]).status_code == 200


def test_another_account_goes_on(client, claim):
    busy, other = make_token(make_account("editor")), make_token(make_account("editor"))
    for _ in range(4):
        write(client, claim, busy)

    assert write(client, claim, other).status_code == 200


def test_what_the_account_may_not_do_is_not_counted(client, claim):
    contributor = make_account("contributor")
    for _ in range(4):
        assert write(client, claim, make_token(contributor)).status_code == 403
    assert write(client, claim, make_token(contributor, "read")).status_code == 403

    assert not Allowance.objects.exists()


def test_reads_are_not_counted(client, claim):
    token = bearer(make_token(make_account("editor")))
    for _ in range(5):
        assert client.get("/api/v1/claims/", headers=token).status_code == 200
        answer = client.get(f"/api/v1/claims/{claim.uid}/suggestion/", headers=token)
        assert answer.status_code == 200

    assert not Allowance.objects.exists()
