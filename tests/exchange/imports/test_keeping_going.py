"""What is well can be taken, and what is not comes back as a file to be mended."""

import csv
from pathlib import Path

import pytest

from claims.exchange.imports import ImportRefused
from claims.models import Assessment, Claim, Evidence, Topic
from tests.exchange.desk import FILES, NEW, PROMISE, SIGNED, UPDATE, VERDICT, put, put_desk, take_in


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_rows_that_are_well_are_entered(db: None, tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\nun,UN\nnato nato,N\neu,EU\n")

    assert take_in(path, keep_going=True) == {"created": 2}
    assert set(Topic.objects.values_list("slug", flat=True)) == {"un", "eu"}


def test_the_others_come_back_with_the_reason(db: None, tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\nun,UN\nnato nato,=N\neu,\n")

    take_in(path, keep_going=True, refused=tmp_path / "refused")

    assert rows_of(tmp_path / "refused" / "topics.csv") == [
        {
            "slug": "nato nato",
            "name": "'=N",
            "reason": "slug: “nato nato” is no slug: that is made of letters, digits, - and _.",
        },
        {"slug": "eu", "name": "", "reason": "name: This field is required."},
    ]


def test_what_came_back_is_taken_once_it_is_mended(db: None, tmp_path: Path):
    refused = tmp_path / "refused"
    put(tmp_path, "topics", "slug,name\nun,UN\nnato nato,N\n")
    take_in(tmp_path / "topics.csv", keep_going=True, refused=refused)

    text = (refused / "topics.csv").read_bytes()
    put(refused, "topics", text.replace(b"nato nato,", b"nato,"))

    assert take_in(refused) == {"created": 1}
    assert Topic.objects.get(slug="nato").name == "N"


def test_what_rests_on_a_refused_row_is_passed_over_and_comes_back_too(db: None, tmp_path: Path):
    put_desk(tmp_path)
    put(tmp_path, "evidence", FILES["evidence"].replace(",supports,", ",support,"))

    take_in(tmp_path, keep_going=True, refused=tmp_path / "refused")

    assert Claim.objects.get(uid=PROMISE).status == "pending"
    assert not Assessment.objects.exists()
    assert [str(uid) for uid in Evidence.objects.values_list("uid", flat=True)] != [SIGNED]
    (evidence,) = rows_of(tmp_path / "refused" / "evidence.csv")
    assert (evidence["id"], evidence["reason"].partition(":")[0]) == (SIGNED, "stance")
    passed_over = rows_of(tmp_path / "refused" / "assessments.csv")
    assert {row["id"]: row["refused_because"] for row in passed_over} == {
        UPDATE: "It needs a row that is refused.",
        VERDICT: "It needs a row that is refused.",
    }


def test_so_is_a_claim_of_a_refused_speaker_whom_another_row_of_the_file_names(
    desk: Path, tmp_path: Path
):
    put(tmp_path, "speakers", "slug,name,organisation\nzas,Stanislav Zas,csto\ncsto,,\n")
    put(tmp_path, "claims", f"id,on_behalf_of,quote\n{PROMISE},csto,Soon\n")

    assert "changed" not in take_in(tmp_path, keep_going=True, dry_run=True)
    assert "changed" not in take_in(tmp_path, keep_going=True)
    assert Claim.objects.get(uid=PROMISE).quote == ""


def test_an_assessment_keeps_its_own_reason_beside_ours(desk: Path, tmp_path: Path):
    row = f"{NEW},{PROMISE},not_borne_out,development,delayed,\n"
    path = put(tmp_path, "assessments", f"id,claim,outcome,cause,reason,rationale\n{row}")
    refused = tmp_path / "refused"

    take_in(path, keep_going=True, refused=refused)

    (back,) = rows_of(refused / "assessments.csv")
    assert back["reason"] == "delayed"
    assert "rationale: Say how you know" in back["refused_because"]
    with pytest.raises(ImportRefused) as again:
        take_in(refused)
    assert "reason" not in {fault.column for fault in again.value.report.faults.told}


def test_all_that_hangs_on_a_refused_claim_is_left_out_with_it(db: None, tmp_path: Path):
    put_desk(tmp_path)
    put(tmp_path, "claims", FILES["claims"].replace("2020,by,", "2020,untill,"))

    fates = take_in(tmp_path, keep_going=True)

    assert Claim.objects.count() == 1
    assert fates == {"created": 7}  # a topic, a collection, two speakers, two sources and a claim


def test_without_keep_going_nothing_is_entered_and_the_bad_rows_come_back_all_the_same(
    db: None, tmp_path: Path
):
    path = put(tmp_path, "topics", "slug,name\nun,UN\nnato nato,N\n")

    with pytest.raises(ImportRefused):
        take_in(path, refused=tmp_path / "refused")

    assert not Topic.objects.exists()
    assert len(rows_of(tmp_path / "refused" / "topics.csv")) == 1
