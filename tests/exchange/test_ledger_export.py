"""The ledger as NDJSON with its manifest: whole, or not there."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.exchange import ledger_export
from claims.exchange.ledger_export import LedgerBroken, export_ledger
from claims.models import Change, Ledger
from tests.factories import ACTOR, assess, make_claim, make_topic

pytestmark = pytest.mark.django_db


def lines(folder):
    return (folder / "ledger.ndjson").read_text("utf-8").splitlines()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_entry_a_line_in_order(tmp_path):
    assess(make_claim(quote="Żółć, 道, 🛠 “quoted”\nand two\u2028lines"), "borne_out")

    export_ledger(tmp_path)

    content = (tmp_path / "ledger.ndjson").read_bytes()
    entries = [json.loads(line) for line in content.split(b"\n")[:-1]]
    assert [each["number"] for each in entries] == list(range(1, Change.objects.count() + 1))
    assert ACTOR not in content.decode()


def test_a_line_is_what_the_feed_gives(tmp_path, client):
    assess(make_claim(), "borne_out_late")

    export_ledger(tmp_path)

    feed = client.get("/api/v1/changes/").json()["results"]
    assert [json.loads(line) for line in lines(tmp_path)] == feed


def test_the_manifest_says_what_makes_it_whole(tmp_path):
    make_topic()

    manifest = export_ledger(tmp_path)

    content = (tmp_path / "ledger.ndjson").read_bytes()
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest
    assert manifest == {
        "format": 1,
        "file": "ledger.ndjson",
        "rows": 1,
        "sha256": hashlib.sha256(content).hexdigest(),
        "head": f"1.{Change.objects.get().hash}",
        "made_at": manifest["made_at"],
    }


def test_an_empty_ledger_is_an_empty_file(tmp_path):
    assert export_ledger(tmp_path / "a" / "new" / "folder")["head"] == f"0.{'0' * 64}"
    assert lines(tmp_path / "a" / "new" / "folder") == []


@pytest.mark.parametrize("entries", [1, 20])
def test_it_is_two_queries_however_long_it_is(tmp_path, entries):
    for _ in range(entries):
        make_topic()

    with CaptureQueriesContext(connection) as captured:
        export_ledger(tmp_path)

    head, streamed = (query["sql"] for query in captured)
    assert "claims_ledger" in head
    assert "claims_change" in streamed


def test_an_export_that_breaks_leaves_the_older_one_as_it_was(tmp_path, monkeypatch):
    make_topic()
    export_ledger(tmp_path)
    before = [(tmp_path / name).read_bytes() for name in names(tmp_path)]
    make_topic()

    def full(descriptor):
        raise OSError(28, "No space left on device", "ledger.ndjson")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match=r"ledger\.ndjson: No space left"):
        call_command("export_ledger", "--output", str(tmp_path))

    assert names(tmp_path) == ["ledger.ndjson", "manifest.json"]
    assert [(tmp_path / name).read_bytes() for name in names(tmp_path)] == before


def test_a_ledger_without_its_end_is_not_exported(tmp_path):
    make_topic()
    Ledger.objects.update(number=2)

    with pytest.raises(LedgerBroken, match="there are 1 entries"):
        export_ledger(tmp_path)
    assert names(tmp_path) == []
    with pytest.raises(CommandError, match=r"run manage\.py verify_ledger"):
        call_command("export_ledger", "--output", str(tmp_path))


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_for_the_next_export(tmp_path, monkeypatch):
    for _ in range(3):
        make_topic()
    digest = hashlib.sha256

    def write():
        try:
            make_topic()
        finally:
            connection.close()

    def and_meanwhile(*args):
        with ThreadPoolExecutor(1) as other:
            monkeypatch.undo()  # once, and after the head was read
            other.submit(write).result()
        return digest(*args)

    monkeypatch.setattr(ledger_export.hashlib, "sha256", and_meanwhile)

    assert export_ledger(tmp_path)["rows"] == 3
    assert Change.objects.count() == 4


def test_the_command_says_how_many_and_the_head(tmp_path, capsys):
    make_topic()

    call_command("export_ledger", "--output", str(tmp_path))

    assert capsys.readouterr().out == f"1 entries; head 1.{Change.objects.get().hash}\n"


def test_a_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "taken").write_text("")

    with pytest.raises(CommandError, match="taken"):
        call_command("export_ledger", "--output", str(tmp_path / "taken"))
