import io
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import audit
from claims.models import Change, Claim
from tests.factories import make_claim, make_topic


def run(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("redact", *arguments, "--legal-basis", "Art. 17 GDPR", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_it_says_what_was_removed_where_and_what_is_out_of_reach():
    claim = make_claim(statement="Kowalski was here.", quote="Kowalski")

    said = run("Kowalski", "--actor", "ada")

    assert said[:5] == [
        "      1 claims_change.record",
        "      1 claims_claim.quote",
        "      1 claims_claim.statement",
        f"Records of these entries: {claim.ledger_number}",
        "removed",
    ]
    assert said[-1].startswith("Out of its reach, and yours to see to: backups")
    assert Change.objects.latest("number").actor == "ada"
    assert "Kowalski" not in " ".join(said)


@pytest.mark.django_db
def test_a_dry_run_says_so_and_removes_nothing():
    make_topic(name="Kowalski", slug="the-kowalski-case")

    assert run("Kowalski", "--dry-run") == [
        "      1 claims_change.record",
        "      1 claims_topic.name",
        "Records of these entries: 1",
        "These slugs, which never change, look like it: topic the-kowalski-case",
        "dry run: this would be removed",
    ]
    assert Change.objects.count() == 1


@pytest.mark.django_db
def test_a_text_that_stands_nowhere_is_told():
    assert run("Kowalski") == ["not found"]


@pytest.mark.django_db
def test_the_text_may_come_from_standard_input(monkeypatch):
    claim = make_claim(statement="Kowalski\nwas here.")
    monkeypatch.setattr(sys, "stdin", io.StringIO("Kowalski\nwas\n"))

    run("-")

    claim.refresh_from_db()
    assert claim.statement == "[redacted] here."


@pytest.mark.django_db
def test_a_refusal_says_where_and_why(capsys):
    make_topic(slug="kowalski")

    with pytest.raises(CommandError, match="nothing was removed"):
        call_command("redact", "kowalski", "--legal-basis", "Art. 17 GDPR")
    with pytest.raises(CommandError, match="nothing was removed"):
        call_command("redact", "x", "--legal-basis", "Art. 17 GDPR")

    first, *_others, last = capsys.readouterr().err.splitlines()
    assert first.startswith("claims_change.key (row 1): this is never changed")
    assert last == "text: This is too short to be looked for."


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's file is at hand")
@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left_in_the_bytes_of_an_sqlite_file():
    for number in range(50):
        make_claim(statement=f"Kowalski was here, {number}. " + "x" * 900)
    path = Path(connection.settings_dict["NAME"])
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(b"Kowalski" in file.read_bytes() for file in files)

    run("Kowalski")

    assert not any(b"Kowalski" in file.read_bytes() for file in files if file.exists())
    assert audit.verify().redacted == 50
    assert Claim.objects.count() == 50


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own advice")
@pytest.mark.django_db
def test_what_postgresql_keeps_is_told():
    make_topic(name="Kowalski")

    assert any(line.startswith("PostgreSQL keeps the old rows") for line in run("Kowalski"))
