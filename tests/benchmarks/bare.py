"""A bare handler: the finished texts over one SQL query a request, and no framework at all.

What is left to gain, at most: it has no errors, no cursors, no envelope and no headers.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import environ
import psycopg

DATABASE = environ.Env.db_url_config(os.environ["DATABASE_URL"])
ON_SQLITE = DATABASE["ENGINE"].endswith("sqlite3")

# By parameter: a condition, and what its value stands for in it.
CONDITIONS: dict[str, tuple[str, Callable[[str], list[Any]]]] = {
    "speaker": (
        "c.speaker_id = (SELECT id FROM claims_speaker WHERE slug = %s)",
        lambda slug: [slug],
    ),
    "status": ("c.status = %s", lambda status: [status]),
    "due_overlaps": (
        "c.due IS NOT NULL AND (c.due_first <= %s OR c.due_first IS NULL)"
        " AND (c.due_last >= %s OR c.due_last IS NULL)",
        lambda year: [f"{year}-12-31", f"{year}-01-01"],
    ),
    "topic": (
        "EXISTS (SELECT 1 FROM claims_claim_topics t WHERE t.claim_id = c.id AND t.topic_id ="
        " (SELECT id FROM claims_topic WHERE slug = %s))",
        lambda slug: [slug],
    ),
    "unit": ("c.quantity_unit = %s", lambda unit: [unit]),
    "quantity_min": ("c.quantity_value >= %s", lambda figure: [int(figure)]),
    "behind": ("(c.said_on_first, c.id) < (%s, %s)", lambda place: place.split(",")),
}
LIST = (
    "SELECT d.summary FROM claims_claim c JOIN claims_claimdocument d ON d.claim_id = c.id"
    " WHERE c.editorial_state = 'published' AND c.published_at IS NOT NULL {also}"
    " ORDER BY c.said_on_first DESC, c.id DESC LIMIT 50"
)
ONE = (
    "SELECT d.{text} FROM claims_claim c JOIN claims_claimdocument d ON d.claim_id = c.id"
    " WHERE c.uid = %s AND c.editorial_state = 'published'"
)

_of_thread = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """``/claims/``, ``/claims/UID/`` and ``/claims/UID/timeline/``."""
    match environ["PATH_INFO"].strip("/").split("/"):
        case ["claims"]:
            asked = parse_qsl(environ["QUERY_STRING"])
            also = "".join(f" AND {CONDITIONS[name][0]}" for name, _value in asked)
            values = [each for name, value in asked for each in CONDITIONS[name][1](value)]
            texts = rows(LIST.format(also=also), values)
            body = f'{{"results":[{",".join(text for (text,) in texts)}]}}'
        case ["claims", uid, *rest]:
            column = "timeline" if rest else "summary"
            ((body,),) = rows(ONE.format(text=column), [UUID(uid).hex if ON_SQLITE else UUID(uid)])
    content = body.encode()
    start_response(
        "200 OK",
        [("Content-Type", "application/json"), ("Content-Length", str(len(content)))],
    )
    return [content]


def rows(sql: str, values: list[Any]) -> list[tuple[str]]:
    """The answer on this thread's own connection."""
    connection = getattr(_of_thread, "connection", None)
    if connection is None:
        connection = _of_thread.connection = _connect()
    if ON_SQLITE:
        sql = sql.replace("%s", "?")
    return connection.execute(sql, values).fetchall()


def _connect() -> Any:
    if ON_SQLITE:
        return sqlite3.connect(DATABASE["NAME"], isolation_level=None)
    return psycopg.connect(
        host=DATABASE["HOST"],
        port=DATABASE["PORT"],
        user=DATABASE["USER"],
        password=DATABASE["PASSWORD"],
        dbname=DATABASE["NAME"],
        autocommit=True,
    )
