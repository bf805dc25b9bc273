from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims import curation
from claims.models import Change, Claim, Topic
from tests.exchange.desk import ROWS, put, put_desk

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("import_claims", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_ends_with_what_became_of_the_rows(tmp_path: Path):
    put_desk(tmp_path)

    assert run(tmp_path) == f"{ROWS} created, 0 changed, 0 unchanged\n"
    assert run(tmp_path) == f"0 created, 0 changed, {ROWS} unchanged\n"


def test_a_dry_run_says_so(tmp_path: Path):
    said = run(put_desk(tmp_path), "--dry-run")

    assert said.endswith(f"dry run: {ROWS} created, 0 changed, 0 unchanged\n")
    assert f"{tmp_path / 'topics.csv'}: Its encoding is UTF-8.\n" in said
    assert not Claim.objects.exists()


def test_files_are_taken_in_the_order_that_they_need(tmp_path: Path):
    put_desk(tmp_path)
    files = [tmp_path / f"{table}.csv" for table in ("claims", "topics", "sources", "speakers")]

    assert run(*files, tmp_path / "collections.csv") == "8 created, 0 changed, 0 unchanged\n"


def test_faults_go_to_stderr_line_by_line(tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\nun,\nnato nato,N\n")
    errors = StringIO()

    with pytest.raises(CommandError, match="nothing was written") as failure:
        call_command("import_claims", str(path), stderr=errors)

    assert failure.value.returncode == 1
    assert [line.partition(": ")[0] for line in errors.getvalue().splitlines()] == [
        f"{path}:2",
        f"{path}:3",
    ]
    assert not Topic.objects.exists()


def test_faults_past_the_hundredth_are_counted(tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\n" + "a b,A\n" * 107)
    errors = StringIO()

    with pytest.raises(CommandError):
        call_command("import_claims", str(path), stderr=errors)

    assert len(errors.getvalue().splitlines()) == 101
    assert errors.getvalue().endswith("... and 7 more\n")


def test_the_table_can_be_told(tmp_path: Path):
    path = put(tmp_path, "march", "slug,name\nun,UN\n")

    assert run(path, "--table", "topics") == "1 created, 0 changed, 0 unchanged\n"


def test_the_ledger_says_who_did_it(tmp_path: Path):
    run(put(tmp_path, "topics", "slug,name\nun,UN\n"), "--actor", "ada")

    assert Change.objects.get().actor == "ada"


@pytest.mark.parametrize("actor", ["", "x" * 151])
def test_an_actor_needs_a_name_that_fits(tmp_path: Path, actor: str):
    with pytest.raises(CommandError, match="at most 150 characters"):
        run(put_desk(tmp_path), f"--actor={actor}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match=r"claims\.csv: No such file"):
        run(tmp_path / "claims.csv")


def test_a_run_that_is_cut_off_says_how_far_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    put_desk(tmp_path)

    def stop(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(curation, "enter_dossiers", stop)

    with pytest.raises(CommandError, match=f"cut off when 6 of {ROWS} rows were entered: run it"):
        run(tmp_path)
