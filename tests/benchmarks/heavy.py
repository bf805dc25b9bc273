"""The answers that take the most: each asked once, for its first byte and for what is then the most
that the worker had in memory. All that they say is thrown away as it comes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

from .contenders import HOST, Server
from .load import PATIENCE

# Under /api/v1/; whether the answer is a download, which comes as it is made.
ASKED = {
    "claims.csv": True,
    "claims.ndjson": True,
    "claims.xlsx": True,
    "claims.zip": True,
    "claims.csv?as_of={today}": True,
    "evidence.csv": True,
    "claims/?page_size=200": False,
    "claims/?page_size=200&vocab=politifact,metaculus,claimreview": False,
    "claims/?search=the&ordering=rank&page_size=200": False,
    "claims/?as_of={today}&page_size=200": False,
    "claims/?count=true&search=the": False,
    "changes/?page_size=200": False,
    "stats/?group_by=speaker,topic": False,
    "stats/?group_by=speaker,status&as_of={today}": False,
    "speakers/speaker-0/scorecard/": False,
    "claims.atom": False,
    "calendar.ics": False,
    "schema/": False,
}


def ask_all(server: Server) -> dict[str, dict[str, Any]]:
    """By address: bytes, seconds, seconds to the first byte of the body, and the worker's peak."""
    today = datetime.now(UTC).date().isoformat()  # all that was known until now
    return {
        path: _ask(server.port, path.format(today=today))
        | {"streams": streams, "peak_memory": server.peak_memory}
        for path, streams in ASKED.items()
    }


def _ask(port: int, path: str) -> dict[str, Any]:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE * 10)
    start = time.perf_counter()
    try:
        connection.request("GET", f"/api/v1/{path}")
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.read(500)!r}")
        size = len(answer.read1(1 << 16))
        first = time.perf_counter() - start
        while block := answer.read(1 << 20):
            size += len(block)
    finally:
        connection.close()
    return {"bytes": size, "seconds": time.perf_counter() - start, "first_byte": first}
