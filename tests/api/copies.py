"""The client that keeps a copy, as the file it is, with what may befall it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from http.client import responses
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import HTTPError

from django.contrib.staticfiles import finders
from django.test import Client

SCRIPT = Path(str(finders.find("claims/sync_claims.py")))
SITE = "http://testserver"


class Killed(BaseException):
    """The client's process ends here."""


class Server:
    """What the client asks instead of `urlopen`: the API, through Django's test client.

    Pages have `page_size` entries. With `random` they are of any size, and the client may be
    killed before and after each of them, and at any statement. `ends` is after how many pages it
    is killed, if at all.
    """

    def __init__(
        self, client: Client, page_size: int = 200, *, random: Random | None = None, ends: int = 0
    ) -> None:
        self.client, self.page_size, self.random, self.ends = client, page_size, random, ends
        self.pages: dict[str, str] = {}  # those that were answered, by the address that was asked

    def __call__(self, address: str, timeout: int) -> BytesIO:
        self.maybe_kill()
        size = self.random.choice((20, 73, 200)) if self.random else self.page_size
        asked = address.removeprefix(SITE).replace("page_size=200", f"page_size={size}")
        answer = self.client.get(asked)
        status = answer.status_code
        if status != 200:
            raise HTTPError(address, status, responses[status], answer.headers, None)  # type: ignore[arg-type]
        self.maybe_kill()
        self.pages[address] = answer.content.decode()
        return BytesIO(answer.content)

    def maybe_kill(self) -> None:
        if self.random and self.random.random() < 0.05:
            raise Killed
        if self.ends and len(self.pages) == self.ends:
            raise Killed


class Fragile(sqlite3.Connection):
    """A connection whose process may be killed at any statement."""

    random: Random

    def execute(self, *args: Any) -> sqlite3.Cursor:
        if self.random.random() < 0.002:
            raise Killed
        return super().execute(*args)


def load_client() -> Any:
    spec = spec_from_file_location("sync_claims", SCRIPT)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sync_claims = load_client()


def never(seconds: int) -> None:
    raise AssertionError(f"It waits {seconds} seconds.")


def sync(path: Path, ask: Server, wait: Callable[[int], None] = never) -> None:
    """One run of the client; may raise `Killed`, if the server is one that kills."""
    with closing(
        sqlite3.connect(path, factory=Fragile if ask.random else sqlite3.Connection)
    ) as copy:
        if isinstance(copy, Fragile) and ask.random:
            copy.random = ask.random
        sync_claims.sync(SITE, copy, ask, wait)


def rows(path: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute(sql).fetchall()


def contents(path: Path) -> list[list[tuple]]:
    """All that is in a copy."""
    tables = ("place", "merged", "records")
    return [sorted(rows(path, f"SELECT * FROM {table}")) for table in tables]


def records(path: Path) -> dict[str, dict[str, Any]]:
    """The records of the copy by subject and key."""
    found: dict[str, dict[str, Any]] = {}
    for subject, key, text in rows(path, "SELECT subject, key, record FROM records"):
        found.setdefault(subject, {})[key] = text and json.loads(text)
    return found
