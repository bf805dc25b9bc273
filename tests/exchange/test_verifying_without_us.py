"""The stand-alone script, run as an outsider runs it, on true files and on every kind of false."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction

from claims.exchange.ledger_export import export_ledger
from claims.models import Change
from tests.append_only.rows import execute, warrant
from tests.factories import assess, make_claim

pytestmark = pytest.mark.django_db

SCRIPT = finders.find("claims/verify_ledger.py")
Entry = dict[str, Any]


class Export:
    """An exported ledger that a test may falsify."""

    def __init__(self, folder: Path) -> None:
        self.file, self.manifest = folder / "ledger.ndjson", folder / "manifest.json"
        self.manifest_facts = json.loads(self.manifest.read_bytes())
        self.lines = self.file.read_bytes().splitlines(keepends=True)

    def write(self, lines: list[bytes], *, with_manifest: bool = False) -> None:
        """Other lines; the manifest may be made to fit, as whoever falsifies a file would do."""
        self.file.write_bytes(b"".join(lines))
        if with_manifest:
            last = json.loads(lines[-1])
            facts = self.manifest_facts | {
                "rows": len(lines),
                "sha256": hashlib.sha256(self.file.read_bytes()).hexdigest(),
                "head": f"{last['number']}.{last['hash']}",
            }
            self.manifest.write_text(json.dumps(facts))

    def entry(self, number: int) -> Entry:
        return json.loads(self.lines[number - 1])

    def change(self, number: int, change: Callable[[Entry], Any]) -> None:
        """One entry says something else, and the manifest fits."""
        entry = self.entry(number)
        change(entry)
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        lines = [*self.lines]
        lines[number - 1] = f"{line}\n".encode()
        self.write(lines, with_manifest=True)

    def verify(self, *arguments: str, with_manifest: bool = True) -> tuple[int, str]:
        """The exit code, and what was said."""
        named = ["--manifest", str(self.manifest)] if with_manifest else []
        done = subprocess.run(
            # -I: no Django, and nothing of ours, can be imported by it.
            [sys.executable, "-I", "-W", "error", str(SCRIPT), str(self.file), *named, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONIOENCODING": "ascii"},
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    def fault(self, *arguments: str) -> str:
        code, said = self.verify(*arguments)
        assert code == 1, said
        assert said.startswith("DOES NOT CHECK. ")
        return said.removeprefix("DOES NOT CHECK. ").strip()


@pytest.fixture(scope="module")
def exported(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    with django_db_blocker.unblock(), transaction.atomic():
        assess(make_claim(quote="Żółć, 道, 🛠 “quoted”\nand\ttwo\u2028lines\\"), "borne_out")
        export_ledger(folder)
        transaction.set_rollback(True)
    return folder


@pytest.fixture
def export(exported: Path, tmp_path: Path) -> Export:
    """1 speaker, 2 source, 3 the claim's publication, 4 a source, 5 evidence, 6 the verdict."""
    return Export(shutil.copytree(exported, tmp_path, dirs_exist_ok=True))


def recomputed(entries: list[Entry]) -> list[bytes]:
    """The lines of these entries, chained anew by somebody who knows how."""
    previous, lines = "0" * 64, []
    for entry in entries:
        if entry["record"] is not None:
            text = entry["salt"] + _canonical(entry["record"])
            entry["record_digest"] = hashlib.sha256(text.encode()).hexdigest()
        entry["previous_hash"] = previous
        hashed = {
            name: value
            for name, value in entry.items()
            if name not in ("cursor", "hash", "record", "salt")
        }
        entry["hash"] = previous = hashlib.sha256(_canonical(hashed).encode()).hexdigest()
        entry["cursor"] = f"{entry['number']}.{previous[:16]}"
        lines.append(f"{_canonical(entry)}\n".encode())
    return lines


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_true_export_checks(export: Export):
    code, said = export.verify()

    assert code == 0
    assert said == (
        f"Checks: 6 entries, 0 of them redacted; head 6.{export.entry(6)['hash']}. "
        "Without --head this shows only that the file agrees with itself.\n"
    )
    assert export.verify(with_manifest=False)[0] == 0


def test_so_does_an_empty_one(tmp_path: Path):
    export_ledger(tmp_path)

    assert Export(tmp_path).verify("--head", "0." + "0" * 16)[0] == 0


@pytest.mark.parametrize("number", [1, 4, 6])
@pytest.mark.parametrize("digits", [16, 64])
def test_an_earlier_head_is_found_in_it(export: Export, number: int, digits: int):
    head = f"{number}.{export.entry(number)['hash'][:digits]}"

    code, said = export.verify("--head", head)

    assert code == 0
    assert f"up to number {number} is as it was" in said


def test_a_head_of_another_history_is_not(export: Export):
    assert "this is another history" in export.fault("--head", "4.0123456789abcdef")


def test_a_head_that_is_later_than_the_file_is_not(export: Export):
    assert "the file ends at 6" in export.fault("--head", "7.0123456789abcdef")


def test_a_redacted_record_is_accepted_and_counted(tmp_path: Path):
    assess(make_claim(), "borne_out")
    head = Change.objects.get(number=6).cursor
    warrant(Change.objects.get(number=3), "record")
    execute("UPDATE claims_change SET record = NULL, salt = NULL WHERE number = 3")
    export_ledger(tmp_path)

    code, said = Export(tmp_path).verify("--head", head)

    assert code == 0
    assert "1 of them redacted" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry["record"].update(statement="It is open."), "it was altered"),
        (lambda entry: entry["record"].update(revision=7), "it was altered"),
        (lambda entry: entry.update(salt="0" * 32), "it was altered"),
        (lambda entry: entry.update(record=None), "but not both"),
        (lambda entry: entry.update(salt=None), "but not both"),
        (lambda entry: entry.update(record_digest="1" * 64), "has the digest"),
        (lambda entry: entry.update(at="2020-01-01T00:00:00.000000Z"), "is before"),
        (lambda entry: entry.update(at=entry["at"].replace("Z", "")), "no instant"),
        (lambda entry: entry.update(at="9999-01-01T00:00:00.000000Z"), "hashes to"),
        (lambda entry: entry.update(cause="correction"), "hashes to"),
        (lambda entry: entry.update(key="another"), "hashes to"),
        (lambda entry: entry.update(operation="edit"), "hashes to"),
        (lambda entry: entry.update(subject="topic"), "hashes to"),
        (lambda entry: entry.update(fields_changed=["quote"]), "hashes to"),
        (lambda entry: entry.update(hash="1" * 64), "hashes to"),
        (lambda entry: entry.update(previous_hash="1" * 64), "follows 1111"),
        (lambda entry: entry.update(number=4), "Line 3 has entry 4"),
        (lambda entry: entry.update(cursor="3.0000000000000000"), "its cursor"),
        (lambda entry: entry.update(note="unhashed"), "with just these"),
        (lambda entry: entry.pop("salt"), "with just these"),
        (lambda entry: entry.update(cause="\ud800"), "no text"),
    ],
)
def test_an_entry_that_was_altered_is_named(
    export: Export, change: Callable[[Entry], Any], words: str
):
    if words == "no text":
        line = export.lines[2].replace(b'"cause":""', b'"cause":"\\ud800"')
        export.write([*export.lines[:2], line, *export.lines[3:]], with_manifest=True)
    else:
        export.change(3, change)

    said = export.fault()
    assert words in said
    assert "3" in said[:12]


def test_a_dropped_line_is_told(export: Export):
    export.write([*export.lines[:2], *export.lines[3:]], with_manifest=True)

    assert "Line 3 has entry 4" in export.fault()


def test_swapped_lines_are_told(export: Export):
    first, second, *rest = export.lines
    export.write([second, first, *rest], with_manifest=True)

    assert "Line 1 has entry 2" in export.fault()


def test_a_line_that_is_there_twice_is_told(export: Export):
    export.write([export.lines[0], *export.lines], with_manifest=True)

    assert "Line 2 has entry 1" in export.fault()


def test_a_file_cut_between_lines_is_told_by_its_manifest(export: Export):
    export.write(export.lines[:4])

    assert export.fault() == "Its rows is 4, but the manifest says 6."


def test_and_where_the_manifest_was_made_to_fit_by_the_noted_head(export: Export):
    head = export.entry(6)["cursor"]
    export.write(export.lines[:4], with_manifest=True)

    assert export.verify()[0] == 0
    assert "the file ends at 4" in export.fault("--head", head)


def test_a_file_cut_within_a_line_is_told(export: Export):
    export.file.write_bytes(b"".join(export.lines)[:-10])

    assert "Line 6 is cut off" in export.fault()


def test_another_file_of_the_same_entries_is_not_the_one_of_the_manifest(export: Export):
    line = json.dumps(json.loads(export.lines[0])).encode() + b"\n"
    export.write([line, *export.lines[1:]])

    assert export.fault().startswith("Its sha256 is ")


def test_a_chain_made_anew_fits_its_own_manifest_but_no_earlier_head(export: Export):
    head = export.entry(6)["cursor"]
    entries = [json.loads(line) for line in export.lines]
    entries[0]["record"]["name"] = "Somebody else"
    export.write(recomputed(entries), with_manifest=True)

    assert export.verify()[0] == 0
    assert "this is another history" in export.fault("--head", head)


def test_made_anew_without_a_change_it_is_the_same(export: Export):
    assert (
        recomputed([json.loads(line) for line in export.lines])[-1]
        == (_canonical(json.loads(export.lines[-1])) + "\n").encode()
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\n", "Line 1 is no JSON"),
        (b"[]\n", "Line 1 should be an object"),
        (b'{"number":1\n', "Line 1 is no JSON"),
        (b"\xff\n", "Line 1 is no JSON"),
        (b'{"number":1,"number":1}\n', "a key stands in it twice"),
        (b"[" * 100_000 + b"]" * 100_000 + b"\n", "Line 1 is no JSON"),
        (b'{"number":' + b"9" * 5_000 + b"}\n", "Line 1 is no JSON"),
    ],
)
def test_what_is_no_entry_is_told(export: Export, line: bytes, words: str):
    export.write([line, *export.lines])

    assert words in export.fault()


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("{", "is no JSON"),
        ("[]", "is no manifest"),
        ('{"format":2,"rows":1,"sha256":"","head":""}', "is in format 2, and this script knows 1"),
    ],
)
def test_a_manifest_that_is_none_leaves_no_answer(export: Export, manifest: str, words: str):
    export.manifest.write_text(manifest)

    code, said = export.verify()
    assert code == 2
    assert words in said


def test_a_missing_file_leaves_no_answer(export: Export):
    export.file.unlink()

    code, said = export.verify()
    assert code == 2
    assert "ledger.ndjson: No such file" in said


@pytest.mark.parametrize("head", ["12", "x.y", "1.0123", "1." + "g" * 16])
def test_what_is_no_head_leaves_no_answer(export: Export, head: str):
    code, said = export.verify("--head", head)

    assert code == 2
    assert "a head looks like 12.0123456789abcdef" in said


def test_it_explains_itself(export: Export):
    code, said = export.verify("--help")

    assert code == 0
    assert "Exit codes: 0 it checks; 1 it does not" in said


def test_the_site_serves_it(client: Any):
    response = client.get("/static/claims/verify_ledger.py")

    assert response.status_code == 200
    assert b"".join(response) == Path(str(SCRIPT)).read_bytes()
