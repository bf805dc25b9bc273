from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from tests.factories import make_account

OFFLINE = ["--no-sandbox", "--disable-gpu", "--headless", "--disable-background-networking"]


@pytest.fixture
def desk(db: None) -> Callable[..., Client]:
    """The browser of somebody with a role: ``desk("editor")``, ``desk("editor", "grace")``.

    Of staff without one: ``desk("")``.
    """

    def log_in(role: str, name: str = "") -> Client:
        user = make_account(role, name or role, is_staff=True)
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


@pytest.fixture
def browse(
    live_server: Any, desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Page]]:
    """Open a browser window of its own for an editor; its console must stay free of refusals."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("There is no chromium to test with.")
        pytest.skip("There is no chromium to test with.")
    # Playwright keeps an event loop in this thread, in which Django would refuse to query.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    refusals: list[str] = []

    def note(message: Any) -> None:
        if "Content Security Policy" in message.text:
            refusals.append(message.text)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OFFLINE)

        def open_window(name: str) -> Page:
            session = desk("administrator", name).cookies["sessionid"].value
            context = browser.new_context(base_url=live_server.url)
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: refusals.append(str(error)))
            return page

        yield open_window
        browser.close()
        connection.close()  # the event loop's own: the thread outside has another
    assert not refusals
