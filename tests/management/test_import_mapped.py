"""Anybody's sheet by a mapping: entered, tried, written down or refused with their own lines."""

import json
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from claims.choices import Outcome
from claims.exchange import mappings
from claims.models import Change, Claim, Source

pytestmark = pytest.mark.django_db

# The example that the language is explained with.
EXAMPLE = dedent((mappings.__doc__ or "").partition("::\n")[2].partition("**Templates.**")[0])
SHEET = (
    "No;Who;Promise;Date;Link;Headline;Ward;Status;Where;Page\n"
    "1;Jane Doe;A bridge;3.5.2017;https://daily.example/a;Her plan;North;Kept;Town hall;7\n"
    "2;Jane Doe;A road;4.5.2017;https://daily.example/b;;South Side;;;\n"
    "3;José Ruiz;A park;4.5.2017;https://daily.example/b;;;Dead;Radio;\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The mapping of the example, and a sheet of that city hall."""
    mapping, sheet = tmp_path / "city.toml", tmp_path / "sheet.csv"
    topics = '[topics]\neach = "Ward as ward"\nslug = "{ward}"\nname = "{ward}"\n'
    also = '[[topics]]\nslug = "city-hall"\nname = "City hall"\n'
    mapping.write_text(EXAMPLE + topics.replace("[topics]", "[[topics]]") + also, "utf-8")
    sheet.write_text(SHEET, "utf-8")
    return mapping, sheet


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("import_mapped", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: str | Path) -> tuple[str, list[str]]:
    errors = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_mapped", *map(str, arguments), stdout=StringIO(), stderr=errors)
    return str(refusal.value), errors.getvalue().splitlines()


def test_a_sheet_is_entered_and_a_second_time_unchanged(files):
    assert run(*files).splitlines()[-1] == "10 created, 0 changed, 0 unchanged"
    assert run(*files).splitlines()[-1] == "0 created, 0 changed, 10 unchanged"

    bridge = Claim.objects.get(statement="A bridge")
    assert (bridge.speaker.slug, str(bridge.said_on)) == ("jane-doe", "2017-05-03")
    assert (bridge.source.title, bridge.source.publisher) == ("Her plan", "daily.example")
    assert [each.name for each in bridge.topics.order_by("slug")] == ["City hall", "North"]
    assert bridge.extra == {"Where": "Town hall", "Page": "7"}
    assert bridge.is_published
    assert Claim.objects.get(statement="A road").extra == {}
    assert Source.objects.count() == 2


def test_what_was_not_mapped_is_said_first(files):
    said = run(*files)

    assert "Not mapped: sheet.csv, “Status”, 2 times, first at sheet.csv:2: Kept\n" in said
    assert "topics: 2 rows\n" in said  # of an empty cell there is none
    assert "sources: 1 rows go by the name of an earlier one\n" in said


def test_a_dry_run_says_all_and_writes_nothing(files):
    assert run(*files, "--dry-run").endswith("\ndry run: 10 created, 0 changed, 0 unchanged\n")

    assert not Change.objects.exists()


def test_the_actor_stands_in_the_ledger(files):
    run(*files, "--actor", "ada")

    assert set(Change.objects.values_list("actor", flat=True)) == {"ada"}


def test_it_can_be_written_down_instead_and_imported_from_there(files, tmp_path: Path):
    folder = tmp_path / "new" / "rows"
    assert "created" not in run(*files, "--output", folder)
    assert not Claim.objects.exists()
    assert sorted(path.stem for path in folder.iterdir()) == [
        *("claims", "sources", "speakers", "topics")
    ]

    call_command("import_claims", str(folder), stdout=StringIO())
    assert run(*files).splitlines()[-1] == "0 created, 0 changed, 10 unchanged"
    message, _lines = refused(*files, "--output", folder)
    assert "holds CSV files already" in message


def test_faults_are_told_where_they_come_from(files):
    mapping, sheet = files
    sheet.write_text(SHEET.replace("A bridge", '"\n"').replace(";4.5.2017", ";autumn"), "utf-8")

    message, lines = refused(mapping, sheet)

    assert message == "nothing was written"
    assert sorted(lines) == [
        "sheet.csv:2: statement: This field is required.",
        *(
            f"sheet.csv:{line}: said_on: “autumn” is no date of the form %d.%m.%Y."
            for line in (4, 5)
        ),
    ]
    assert not Change.objects.exists()


def test_a_verdict_goes_through_a_map(files):
    mapping, _sheet = files
    verdicts = """
    [evidence]
    where = "{Status|map:status}"
    id = "{No}"
    claim = "{No}"
    kind = "report"
    summary = "As the sheet has it: {Status}."
    source = "{Link}"
    [assessments]
    where = "{Status|map:status}"
    id = "{No}"
    claim = "{No}"
    outcome = "{Status|map:status}"
    rationale = "As the sheet has it."
    evidence = "{No}"
    """
    with mapping.open("a", encoding="utf-8") as file:
        file.write(dedent(verdicts))

    said = run(*files)

    assert "In no map: maps.status, “Dead”, 1 times, first at sheet.csv:4\n" in said
    assert [claim.outcome for claim in Claim.objects.order_by("statement")] == [
        *(Outcome.BORNE_OUT, "", "")
    ]


def test_a_file_of_which_no_row_is_made_is_refused(files):
    mapping, sheet = files
    sheet.write_text(SHEET.partition("\n")[0], "utf-8")

    assert refused(mapping, sheet)[0] == "The mapping makes no row of this file."


def test_what_cannot_be_read_is_refused_by_name(files, tmp_path: Path):
    mapping, sheet = files
    broken = tmp_path / "broken.jsonl"
    broken.write_text(json.dumps({"No": 1}) + "\n{")

    assert refused(mapping, tmp_path / "gone.csv")[0].endswith(
        "gone.csv: No such file or directory"
    )
    assert refused(mapping, broken)[0].startswith(f"{broken}:2: This is not JSON")
    assert "nor a mapping of that name" in refused("cityhall", sheet)[0]
    assert refused(mapping, sheet, "--with", "people")[0] == "--with takes NAME=FILE, not “people”."
    assert "joins no “people”" in refused(mapping, sheet, "--with", "people=x.csv")[0]
    assert refused(mapping)[0] == "Name a mapping and a file; --describe explains mappings."
    assert "nothing to try" in refused(mapping, sheet, "--output", tmp_path, "--dry-run")[0]


def test_the_language_explains_itself():
    described = run("--describe")

    for words in ("take", "map:NAME", "[assessments]", "recorded_at", "factopolis", "trumptracker"):
        assert words in described
