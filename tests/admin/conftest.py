from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def desk(db: None) -> Callable[..., Client]:
    """The browser of somebody with a role: ``desk("editor")``, ``desk("editor", "grace")``."""

    def log_in(role: str, name: str = "") -> Client:
        user = User.objects.create_user(name or role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def editor(desk: Callable[..., Client]) -> Client:
    return desk("editor")


@pytest.fixture
def contributor(desk: Callable[..., Client]) -> Client:
    return desk("contributor")
