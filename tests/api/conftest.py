from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.api.subscribers import read_calendar, read_feed


@pytest.fixture
def api(db: None, client: Client) -> Any:
    """Ask the API: ``api("claims/", kind="promise")`` gives the JSON of a 200."""

    def ask(path: str, /, **params: Any) -> Any:
        response = client.get(f"/api/v1/{path}", params)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def problem(db: None, client: Client) -> Any:
    """Ask what must be refused: the problem details, whose status is checked."""

    def ask(status: int, path: str, /, **params: Any) -> Any:
        response = client.get(f"/api/v1/{path}", params)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == status
        return response.json()

    return ask


@pytest.fixture
def feed(db: None, client: Client) -> Any:
    """Subscribe: ``feed("verdicts", kind="promise")`` is the valid feed, as feedparser has it."""

    def ask(name: str, /, **params: Any) -> Any:
        return read_feed(client.get(f"/api/v1/{name}.atom", params))

    return ask


@pytest.fixture
def calendar(db: None, client: Client) -> Any:
    """Subscribe: ``calendar(kind="promise")`` is the valid calendar, as icalendar has it."""

    def ask(**params: Any) -> Any:
        return read_calendar(client.get("/api/v1/calendar.ics", params))

    return ask


@pytest.fixture
def as_role(db: None) -> Callable[..., Client]:
    """A client that somebody with a role is signed in with: ``as_role("contributor")``."""

    def sign_in(role: str, **options: Any) -> Client:
        user = User.objects.create_user(f"{role}-grace")
        user.groups.add(Group.objects.get(name=role))
        client = Client(**options)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(as_role: Callable[..., Client]) -> Client:
    return as_role("editor")


@pytest.fixture
def contributor(as_role: Callable[..., Client]) -> Client:
    return as_role("contributor")
