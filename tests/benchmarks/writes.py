"""Measure single verdicts over HTTP, over the made claims in the database of the environment.

    python -m tests.benchmarks.writes

Starts the server and lets eight writers judge open claims, each over a connection of its own, while
a reader follows the feed. Prints JSON: verdicts a second, their latencies and what each took of the
server's processor, whether the feed was gapless, and how fast it is read from its beginning.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import quantiles
from typing import Any, Self
from uuid import uuid4

import django

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.db import connection  # noqa: E402

from claims.choices import TokenScope  # noqa: E402
from claims.models import GENESIS, ApiToken, Claim, Ledger  # noqa: E402

from .contenders import HOST, PRODUCT, Server, serving  # noqa: E402
from .load import PATIENCE  # noqa: E402

WRITERS, SECONDS = 8, 10.0
WARM_UP = 5  # verdicts of each writer that are not counted
TARGETS = {"postgresql": 100, "sqlite": None}  # verdicts a second
PAUSE = 0.25  # seconds that the reader waits after a page
PAGE = 200  # entries


@dataclass(frozen=True)
class Open:
    """A claim without a verdict, as its writer has read it."""

    address: str
    seen: str  # its ETag
    body: bytes


@dataclass(frozen=True)
class Done:
    assessment: str  # its uid
    ended: float
    seconds: float


class Client:
    """One connection, kept alive."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.connection.close()

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[Any, Mapping[str, str]]:
        """The JSON of an answer, and its headers. Raises RuntimeError where it is an error."""
        self.connection.request(method, f"/api/v1/{path}", body, self.headers | headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:500]!r}")
        return json.loads(text), dict(answer.getheaders())


def a_token() -> str:
    """Of an editor of its own."""
    user = User.objects.create_user(f"writer-{uuid4()}")
    user.groups.add(Group.objects.get(name="editor"))
    return ApiToken(user=user, name="benchmark", scope=TokenScope.WRITE).issue(days=1)


def open_claims(most: int) -> Iterator[tuple[str, int, list[str]]]:
    """Published claims that nothing was said of yet: uid, words and their evidence."""
    claims = Claim.objects.published().filter(assessments=None).order_by("pk")
    for claim in claims.prefetch_related("evidence")[:most]:
        uids = [str(each.uid) for each in claim.evidence.all()]
        yield str(claim.uid), claim.words_revision, uids


def to_judge(client: Client, most: int) -> list[Open]:
    """Open claims, read as a writer reads them."""
    found = []
    for uid, words_revision, evidence in open_claims(most):
        _claim, headers = client.ask("GET", f"claims/{uid}/")
        said = {
            "words_revision": words_revision,
            "outcome": "not_borne_out",
            "headline": "Nothing came of it",
            "rationale": "Neither the report nor the figures show anything of what was announced.",
            "evidence": evidence,
        }
        names = {name.lower(): value for name, value in headers.items()}
        body = json.dumps(said).encode()
        found.append(Open(f"claims/{uid}/assessments/", names["etag"], body))
    return found


class Feed(threading.Thread):
    """Follows the feed from its head on, until it has been told to stop and is at the head."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.entries: list[dict[str, Any]] = []
        self.cursor = Ledger.objects.get().cursor
        self.ended = threading.Event()

    def run(self) -> None:
        with Client(self.port) as client:
            while True:
                is_last = self.ended.is_set()
                page, _headers = client.ask("GET", f"changes/?after={self.cursor}")
                self.entries += page["results"]
                self.cursor = page["next_after"]
                if is_last and not page["results"]:
                    return
                self.ended.wait(PAUSE)


def is_gapless(start: Ledger, entries: Sequence[Mapping[str, Any]], done: Sequence[Done]) -> bool:
    """Is each verdict in the feed once, and every entry next to the one before it?"""
    number, link = start.number, start.hash
    for entry in entries:
        if entry["number"] != number + 1 or entry["previous_hash"] != link:
            return False
        number, link = entry["number"], entry["hash"]
    told = [entry["record"]["assessments"][-1]["uid"] for entry in entries]
    return sorted(told) == sorted(each.assessment for each in done)


def judge(port: int, claims: Sequence[Open], token: str, until: float) -> list[Done]:
    """Judge claims one after the other until the time is over."""
    done = []
    with Client(port, token) as client:
        for each in claims:
            start = time.perf_counter()
            if start > until:
                break
            headers = {"If-Match": each.seen, "Content-Type": "application/json"}
            said, _headers = client.ask("POST", each.address, each.body, **headers)
            now = time.perf_counter()
            done.append(Done(said["uid"], now, now - start))
    return done


def judge_all(port: int, claims: Sequence[Open], tokens: Sequence[str], seconds: float) -> Any:
    """Let each token's writer judge its share of the claims, all at once."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(tokens)) as writers:
        shares = [claims[at :: len(tokens)] for at in range(len(tokens))]
        started = [
            writers.submit(judge, port, share, token, until)
            for share, token in zip(shares, tokens, strict=True)
        ]
        return [each.result() for each in started]


def measure(port: int, *, seconds: float, most: int, server: Server | None = None) -> Any:
    """Verdicts from all writers at once for so long, or until so many claims are judged.

    A writer that has judged its share ends the spell: up to there all of them wrote.
    """
    tokens = [a_token() for _writer in range(WRITERS)]
    with Client(port) as client:
        claims = to_judge(client, most)
    warm_up, claims = claims[: WRITERS * WARM_UP], claims[WRITERS * WARM_UP :]
    judge_all(port, warm_up, tokens, PATIENCE)
    start_of_feed, feed = Ledger.objects.get(), Feed(port)
    feed.start()
    cpu = server.cpu_seconds if server else None
    start = time.perf_counter()
    try:
        by_writer = judge_all(port, claims, tokens, seconds)
    finally:
        feed.ended.set()
        feed.join()
    cpu = server.cpu_seconds - cpu if server and cpu is not None else None
    done = [each for share in by_writer for each in share]
    end = min(share[-1].ended for share in by_writer)
    cuts = quantiles([each.seconds for each in done], n=100)
    return {
        "verdicts": len(done),
        "per_second": sum(each.ended <= end for each in done) / (end - start),
        "p50": cuts[49],
        "p99": cuts[98],
        "cpu_of_each": cpu and cpu / len(done),  # seconds, the reader's pages among it
        "gapless": is_gapless(start_of_feed, feed.entries, done),
        "wanted": TARGETS[connection.vendor],
    }


def read_feed(port: int) -> dict[str, Any]:
    """The feed from its beginning to its head, by one reader in pages of so many entries."""
    pages = entries = 0
    cursor, previous = "", GENESIS
    start = time.perf_counter()
    with Client(port) as client:
        while True:
            path = f"changes/?page_size={PAGE}" + (f"&after={cursor}" if cursor else "")
            page, _headers = client.ask("GET", path)
            for each in page["results"]:
                if each["previous_hash"] != previous:
                    raise RuntimeError(f"Entry {each['number']} follows another than is there.")
                previous = each["hash"]
            pages, entries, cursor = pages + 1, entries + len(page["results"]), page["next_after"]
            if cursor == page["head"]:
                break
    seconds = time.perf_counter() - start
    return {
        "pages_per_second": pages / seconds,
        "entries": entries,
        "entries_per_second": entries / seconds,
    }


def main() -> None:
    os.environ["WRITES_PER_MINUTE"] = "100000"
    with serving(PRODUCT, os.environ["DATABASE_URL"]) as server:
        figures = measure(server.port, seconds=SECONDS, most=2_000, server=server)
        figures["feed"] = read_feed(server.port)
        json.dump(figures | {"peak_memory": server.peak_memory}, sys.stdout)


if __name__ == "__main__":
    main()
