"""Writes over HTTP, as a client sends them."""

from __future__ import annotations

from typing import Any

from django.test import Client


def send(
    client: Client, method: str, path: str, body: Any = None, /, *, seen: str = "", **headers: str
) -> Any:
    """``send(editor, "patch", "topics/roads/", {"name": "A"}, seen=tag, Idempotency_Key="1")``."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client, method)(
        f"/api/v1/{path}",
        **({} if body is None else {"data": body, "content_type": "application/json"}),
        headers=names | ({"If-Match": seen} if seen else {}),
    )


def tag_of(client: Client, path: str) -> str:
    """The ETag that a read of `path` gives."""
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return str(response["ETag"])


def refused(response: Any, status: int = 400) -> dict[str, list[str]]:
    """The messages by member of what must be refused, whose status is checked."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    errors: dict[str, list[str]] = response.json().get("errors", {})
    return errors
