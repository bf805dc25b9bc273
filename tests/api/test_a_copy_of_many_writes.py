"""Whatever is written, and whatever befalls the client: its copy is what a fresh export gives.

``SYNC_WRITES`` is how many writes there are; `make soak` asks for 10,000.
"""

from __future__ import annotations

import csv
import json
import os
from contextlib import suppress
from random import Random

import pytest
from django.db import transaction

from claims.documents import REFERENCES, Names, as_json, render
from claims.models import REFERENCE_MODELS, Claim, Ledger
from tests.api.copies import Killed, Server, records, rows, sync
from tests.busy_desk import BusyDesk

pytestmark = pytest.mark.django_db

WRITES = int(os.environ.get("SYNC_WRITES", "500"))


def listed(client, path):
    """Every row of a list, page by page."""
    address = f"/api/v1/{path}/?page_size=200"
    while address:
        page = client.get(address).json()
        yield from page["results"]
        address = page["next"]


def as_cell(value):
    """A fact of a record as the CSV writes it."""
    if value in (None, [], {}):
        return ""
    return value if isinstance(value, str) else as_json(value)


def check_copy(client, path):
    copy = records(path)
    check_claims_csv(client, path, copy["claim"])
    names = Names(**{f"{subject}s": copy.get(subject, {}) for subject in REFERENCE_MODELS})
    claims = {each["uid"]: each for each in listed(client, "claims")}
    assert claims == {
        uid: json.loads(render(record, names).summary) for uid, record in copy["claim"].items()
    }
    for subject, model in REFERENCE_MODELS.items():
        assert list(listed(client, f"{subject}s")) == [
            json.loads(as_json(REFERENCES[model].to_representation(record)))
            for _slug, record in sorted(copy[subject].items())
        ]
    check_merged(path)


def check_claims_csv(client, path, copied):
    text = b"".join(client.get("/api/v1/claims.csv")).decode()
    exported = {row["id"]: row for row in csv.DictReader(text.splitlines(keepends=True))}
    assert exported.keys() == copied.keys()
    for uid, row in exported.items():
        record = copied[uid]
        same = row.keys() & record.keys()
        assert {"revision", "statement", "status", "due", "topics", "speaker"} <= same
        assert {name: row[name] for name in same} == {name: as_cell(record[name]) for name in same}
    shown = ("id", "statement", "speaker_name", "said_on", "due", "status")
    assert sorted(rows(path, "SELECT * FROM claims")) == sorted(
        tuple(row[name] for name in shown) for row in exported.values()
    )


def check_merged(path):
    into = {
        str(claim.uid): str(claim.merged_into.uid)
        for claim in Claim.objects.exclude(merged_into=None).select_related("merged_into")
    }
    for uid, survivor in into.items():
        while survivor in into:
            survivor = into[survivor]
        into[uid] = survivor
    assert dict(rows(path, "SELECT * FROM merged")) == into


def test_a_copy_is_what_a_fresh_export_gives(client, monkeypatch, tmp_path):
    random = Random(4)  # noqa: S311 (any sequence will do)
    desk = BusyDesk(random, monkeypatch, block=max(WRITES // 50, 20))
    server, path, waits = Server(client, random=random), tmp_path / "copy.sqlite3", []

    def write_until(number):
        while Ledger.objects.get().number < number:
            desk.write()
            with suppress(Killed):
                sync(path, server)

    def wait(seconds):
        """Meanwhile the restored server comes to where the copy was."""
        waits.append(seconds)
        if len(waits) == 3:
            desk.write_until(restored_from + 1)

    def catch_up():
        while True:
            with suppress(Killed):
                return sync(path, server, wait)

    def check():
        catch_up()
        desk.make_texts()
        check_copy(client, path)
        desk.let_texts_be()

    write_until(WRITES // 4)
    desk.redact()
    write_until(WRITES // 2)
    backup = transaction.savepoint()
    write_until(WRITES // 2 + WRITES // 10)
    check()
    restored_from = Ledger.objects.get().number
    transaction.savepoint_rollback(backup)
    check()
    assert waits == [5, 5, 5]
    write_until(WRITES)
    desk.redact()
    check()
