"""Attempts to sign in are counted before any password is hashed, at each door alike."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_account

pytestmark = pytest.mark.django_db

PASSWORD = "the-right-one-at-last"  # noqa: S105
LOGIN = "/admin/login/"
TOKENS = "/api/v1/tokens/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def grace():
    return make_account("editor", "grace", password=PASSWORD, is_staff=True)


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed."""
    passwords = []
    encode = MD5PasswordHasher.encode

    def note(self, password, salt):
        passwords.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", note)
    return passwords


def at_the_desk(name, password, address="192.0.2.1", **meta):
    return Client(REMOTE_ADDR=address).post(
        LOGIN, {"username": name, "password": password}, headers=meta
    )


def over_http(name, password, address="192.0.2.1", **meta):
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return Client(REMOTE_ADDR=address).post(
        TOKENS,
        {"name": "Nightly import"},
        content_type="application/json",
        headers={"Authorization": f"Basic {pair}", **meta},
    )


doors = pytest.mark.parametrize("door", [at_the_desk, over_http])


@doors
def test_a_name_is_tried_five_times_a_minute_wherever_from(door, hashed, clock):
    for number in range(5):
        assert door("grace", "wrong", f"192.0.2.{number}").status_code in (200, 401)
    hashed.clear()

    response = door("grace", PASSWORD, "192.0.2.99")

    assert response.status_code == 429
    assert response["Retry-After"] == "12"
    assert "12 seconds" in response.content.decode()
    assert not hashed
    clock.shift(timedelta(seconds=12))
    assert door("grace", PASSWORD, "192.0.2.99").status_code in (201, 302)


@doors
def test_an_address_tries_ten_times_a_minute_whatever_name(door, hashed, clock):
    for number in range(10):
        assert door(f"name-{number}", "wrong").status_code in (200, 401)
    hashed.clear()

    response = door("grace", PASSWORD)

    assert response.status_code == 429
    assert response["Retry-After"] == "6"
    assert not hashed
    assert door("grace", PASSWORD, "192.0.2.2").status_code in (201, 302)


def test_the_doors_count_together():
    for _ in range(5):
        at_the_desk("grace", "wrong")

    response = over_http("grace", PASSWORD)

    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Too Many Requests"


@doors
def test_success_does_not_count(door):
    for _ in range(12):
        assert door("grace", PASSWORD).status_code in (201, 302, 400)  # 400: the token's name


@doors
def test_a_name_that_nobody_has_is_told_by_nothing(door, hashed):
    known = door("grace", "wrong")
    hashes = len(hashed)
    unknown = door("nobody", "wrong")

    assert len(hashed) == 2 * hashes > 0
    assert unknown.status_code == known.status_code
    if door is over_http:
        assert unknown.content == known.content
    for _ in range(4):
        door("nobody", "wrong")
    assert door("nobody", "wrong").status_code == 429


@doors
def test_a_closed_account_is_told_by_nothing(door, hashed):
    wrong = door("nobody", PASSWORD)
    hashes = len(hashed)
    User.objects.update(is_active=False)
    closed = door("grace", PASSWORD)

    assert len(hashed) == 2 * hashes
    assert closed.status_code == wrong.status_code in (200, 401)
    if door is over_http:
        assert closed.content == wrong.content


def test_one_who_spells_a_name_in_other_letters_tries_the_same_name():
    for name in ("grace", "\uff47race", "g\uff52ace", "gr\uff41ce", "gra\uff43e"):
        over_http(name, "wrong", f"192.0.2.{ord(name[0]) % 250}")

    assert over_http("grace", "wrong", "192.0.2.9").status_code == 429


@pytest.mark.parametrize("address", ["2001:db8:0:1::{}", "::ffff:192.0.2.1"])
def test_the_addresses_of_one_customer_are_one(address):
    for number in range(10):
        over_http(f"name-{number}", "wrong", address.format(number))

    assert over_http("name", "wrong", address.format("beef")).status_code == 429
    assert over_http("name", "wrong", "2001:db8:0:2::1").status_code == 401


def test_an_address_that_the_client_made_up_is_not_believed(settings):
    for number in range(10):
        over_http(f"name-{number}", "wrong", **{"X-Forwarded-For": f"198.51.100.{number}"})

    assert over_http("n", "wrong", **{"X-Forwarded-For": "198.51.100.99"}).status_code == 429


def test_behind_a_proxy_each_client_is_counted_by_what_the_proxy_adds(settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    for number in range(10):
        forwarded = {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"}
        over_http(f"name-{number}", "wrong", **forwarded)

    assert over_http("n", "wrong", **{"X-Forwarded-For": "198.51.100.1"}).status_code == 429
    assert over_http("n", "wrong", **{"X-Forwarded-For": "198.51.100.2"}).status_code == 401


@pytest.mark.parametrize("name", ["gr\0ace", "", "x" * 5_000])
def test_a_name_that_none_can_be_is_refused_as_any_other(name):
    assert over_http(name, "wrong").status_code == 401
    assert at_the_desk(name, "wrong").status_code == 200
