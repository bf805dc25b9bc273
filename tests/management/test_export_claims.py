import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import assess, make_claim, make_speaker, make_topic

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
