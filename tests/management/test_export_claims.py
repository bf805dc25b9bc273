import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.exchange.exports import Block
from claims.management.commands import export_claims
from claims.models import Ledger
from tests.factories import assess, make_claim, make_speaker, make_topic, say_again

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[dict[str, str]]:
    out = StringIO(newline="")
    call_command("export_claims", *arguments, stdout=out)
    return list(csv.DictReader(StringIO(out.getvalue(), newline="")))


def test_claims_are_printed():
    claim = make_claim()

    (row,) = run("--site-url", "https://a.b/")

    assert row["url"] == f"https://a.b/api/v1/claims/{claim.uid}/"


def test_another_table_goes_to_a_file(tmp_path: Path):
    make_topic(slug="un", name="Nations, united")
    path = tmp_path / "topics.csv"

    call_command("export_claims", "--table", "topics", "--output", str(path))

    assert path.read_bytes() == (b'slug,revision,name,description\r\nun,1,"Nations, united",\r\n')


def test_claims_are_filtered_as_in_the_api():
    ada = make_speaker(slug="ada")
    kept, pending = make_claim(speaker=ada), make_claim(speaker=ada)
    assess(kept, "borne_out")
    make_claim()

    rows = run("speaker=ada", "status=pending")

    assert [row["id"] for row in rows] == [str(pending.uid)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["spaeker=ada"], "spaeker: there is no such filter; .* Did you mean “speaker”?"),
        (["kind=vow"], "kind: “vow” is not one of: promise"),
        (["speaker=adda"], "speaker: There is no “adda”. Did you mean “ada”?"),
        (["speaker"], "speaker: write a filter as name=value"),
        (["kind=promise", "kind=prediction"], "kind: give it once"),
        (["quantity_min=5"], "quantity_min: "),
        (
            ["kind=promise", "--table", "topics"],
            "Filters are for claims and what hangs .*, not for topics",
        ),
    ],
)
def test_a_bad_filter_is_named(arguments: list[str], words: str):
    make_speaker(slug="ada")

    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_the_form_is_as_the_file_ends_unless_it_is_said(tmp_path: Path):
    claim = make_claim(statement="=1+1")

    for name, begins in {
        "a.csv": b"id,revision",
        "a.ndjson": b'{"id":"%b"' % str(claim.uid).encode(),
        "a.xlsx": b"PK",
        "a.zip": b"PK",
        "a.txt": b"id,revision",
    }.items():
        call_command("export_claims", "--output", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)
    call_command("export_claims", "--format", "ndjson", "--output", str(tmp_path / "b.txt"))
    assert (tmp_path / "b.txt").read_bytes().startswith(b"{")


def test_columns_texts_and_the_mark_are_chosen_as_in_the_api(tmp_path: Path):
    make_claim(statement="=1+1")
    path = tmp_path / "claims.csv"

    options = ["--columns", "statement,status", "--safe", "0", "--bom"]
    call_command("export_claims", *options, "--output", str(path))

    assert path.read_bytes() == b"\xef\xbb\xbfstatement,status\r\n=1+1,pending\r\n"


def test_the_past_and_other_vocabularies_are_asked_for_as_in_the_api():
    claim = make_claim()
    then = Ledger.objects.get().cursor
    assess(claim, "borne_out")

    (row,) = run(f"as_of={then}", "--vocab", "metaculus")

    assert (row["status"], row["metaculus"], row["changed_since"]) == ("pending", "open", "true")


def test_what_hangs_on_claims_is_filtered_with_them():
    kept, pending = make_claim(), make_claim()
    assess(kept, "borne_out")
    say_again(pending)

    assert len(run("--table", "appearances")) == 1
    assert run("--table", "appearances", "status=borne_out") == []
    assert len(run("--table", "assessments", "status=borne_out")) == 1


def test_a_file_is_not_there_until_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    make_claim()
    path = tmp_path / "claims.csv"
    path.write_bytes(b"the one of yesterday")
    monkeypatch.setattr(export_claims, "csv_blocks", broken)

    with pytest.raises(ZeroDivisionError):
        call_command("export_claims", "--output", str(path))

    assert path.read_bytes() == b"the one of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def broken(*_arguments: Any, **_options: Any) -> Iterator[Block]:
    yield Block(0, b"id\r\n")
    raise ZeroDivisionError


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_claims", "--output", str(tmp_path / "none" / "claims.csv"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--columns", "idd"], "--columns: There is no column “idd”. Did you mean “id”?"),
        (["--table", "topics", "--columns", "id"], "--columns: There is no column “id”."),
        (["--table", "topics", "--vocab", "metaculus"], "--vocab is for claims only"),
        (["--table", "topics", "--format", "zip"], "A zip has every table"),
        (["--format", "zip", "as_of=0.0000000000000000"], "as_of: a zip is exported as it is now"),
        (["--format", "ndjson", "--bom"], "--bom is for csv only"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: list[str], words: str):
    with pytest.raises(CommandError, match=words):
        run(*arguments)
