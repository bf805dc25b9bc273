"""A reader who pages by number loses nothing only if writers take the ledger first, one by one.

Each test holds an entry uncommitted on the test's own connection (A) and has a second one (B)
write under a short patience. That B fails is not enough: it must fail on its *first* statement,
for one that reads anything before it waits has read a world that is about to change.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from claims import curation
from claims.models import Change, Claim
from tests.factories import ACTOR, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

CALLS: dict[str, Callable[[], Any]] = {
    "write_claims": lambda: curation.write_claims([], actor=ACTOR),
    "delete_drafts": lambda: curation.delete_drafts([]),
    "submit_for_review": lambda: curation.submit_for_review([], actor=ACTOR),
    "back_to_draft": lambda: curation.back_to_draft([], actor=ACTOR),
    "publish": lambda: curation.publish([], actor=ACTOR),
    "retract": lambda: curation.retract([], actor=ACTOR),
    "set_aside": lambda: curation.set_aside([], actor=ACTOR),
    "assess": lambda: curation.assess([], actor=ACTOR),
    "reaffirm": lambda: curation.reaffirm(Claim(), revision=1, rationale="", actor=ACTOR),
    "link": lambda: curation.link([], actor=ACTOR),
    "unlink": lambda: curation.unlink([], [], actor=ACTOR),
    "adopt": lambda: curation.adopt([], actor=ACTOR),
    "write_reference": lambda: curation.write_reference([], actor=ACTOR),
    "enter_dossiers": lambda: curation.enter_dossiers([], actor=ACTOR),
    "refresh_documents": curation.refresh_documents,
    "rebuild_documents": curation.rebuild_documents,
    "count_claims_anew": curation.count_claims_anew,
    "redact": lambda: curation.redact("Kowalski", legal_basis="A court", actor=ACTOR),
    "a topic that is written": lambda: make_topic(slug="of-b"),
}

# The lock itself, a move like the others, what is called by one who has the lock, what only reads.
WITHIN = (
    *("locked_ledger", "read_for_write", "merge", "answered", "remember_answer"),
    *("check_dossiers", "check_links", "check_references"),
    # Files that wait to be imported are no rows of the field, and move outside of the lock.
    *("keep_upload", "begin_upload", "move_upload", "throw_upload_away"),
    *("is_stalled", "why_not_entered"),
)


def statements_of_b(call: Callable[[], Any], transaction_mode: str | None = None) -> list[str]:
    """What B sends until it fails, on a connection and a thread of its own."""
    sent: list[str] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    def as_b() -> None:
        impatience = {
            "postgresql": "SET lock_timeout = '50ms'",
            "sqlite": "PRAGMA busy_timeout = 50",
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute(impatience[connection.vendor])
            if transaction_mode:
                connection.transaction_mode = transaction_mode
            with connection.execute_wrapper(record), pytest.raises(OperationalError, match="lock"):
                call()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as b:
        b.submit(as_b).result()
    return sent


@pytest.mark.parametrize("name", CALLS)
def test_while_an_entry_is_uncommitted_the_first_statement_of_another_write_waits(name):
    with transaction.atomic():
        make_topic(slug="of-a")
        sent = statements_of_b(CALLS[name])

    if connection.vendor == "postgresql":
        (only,) = sent
        assert only.startswith("SELECT ")
        assert ' FROM "claims_ledger" ' in only
        assert only.endswith(" FOR UPDATE")
    else:
        assert sent == ["BEGIN IMMEDIATE"]
    assert list(Change.objects.values_list("key", flat=True)) == ["of-a"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone locks by BEGIN IMMEDIATE")
def test_without_immediate_another_write_would_read_the_old_head_first():
    with transaction.atomic():
        make_topic(slug="of-a")
        sent = statements_of_b(CALLS["a topic that is written"], transaction_mode="DEFERRED")

    assert sent[0] == "BEGIN DEFERRED"
    assert ' FROM "claims_ledger"' in sent[1]
    assert len(sent) > 2


def test_every_write_is_tried_here():
    functions = {name for name in curation.__all__ if name[0].islower() and name not in WITHIN}

    assert functions <= CALLS.keys()
