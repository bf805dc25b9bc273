"""How tests of the API write: somebody with a role, a claim's body, and what is refused."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from tests.factories import make_source, make_speaker

CLAIMS = "/api/v1/claims/"
_numbers = count(1)


def signed_in(role: str = "editor", **options: Any) -> Client:
    """The client of a new account with a role; of an account without any: ``""``."""
    user = User.objects.create_user(f"{role or 'nobody'}-{next(_numbers)}")
    if role:
        user.groups.add(Group.objects.get(name=role))
    client = Client(**options)
    client.force_login(user)
    return client


def a_claim(**changes: Any) -> dict[str, Any]:
    """What a client would send to draft a claim, but for `changes`."""
    body = {
        "statement": "The bridge will be open in 2020.",
        "kind": "promise",
        "said_on": "2020-01-15",
        "due": "2020",
        "due_mode": "by",
        "due_basis": "stated",
    }
    if "speaker" not in changes:
        body["speaker"] = make_speaker().slug
    if "source" not in changes:
        body["source"] = make_source().slug
    return body | changes


def address_of(claim: Any, step: str = "") -> str:
    return f"{CLAIMS}{claim.uid}/" + (f"{step}/" if step else "")


def send(
    client: Client, method: str, path: str, body: Any = None, /, seen: str = "*", **headers: str
) -> Any:
    """`seen` is what is sent as If-Match; headers are named with _ for -."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if seen and path != CLAIMS:
        sent["If-Match"] = seen
    return getattr(client, method)(
        path, {} if body is None else body, content_type="application/json", headers=sent
    )


def post(client: Client, body: Any, /, path: str = CLAIMS, **headers: str) -> Any:
    return send(client, "post", path, body, **headers)


def patch(client: Client, claim: Any, body: Any, /, **headers: str) -> Any:
    return send(client, "patch", address_of(claim), body, **headers)


def delete(client: Client, claim: Any, /, query: str = "", **headers: str) -> Any:
    return send(client, "delete", address_of(claim) + query, None, **headers)


def done(response: Any, status: int) -> Any:
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def refused(response: Any, status: int = 400) -> Any:
    """The faults by member."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    return response.json().get("errors", {})
