"""Rows are entered in blocks: what was cut off is finished by another run."""

from pathlib import Path
from typing import Any

import pytest

from claims import curation
from claims.exchange.imports import Faults, Import, claim_bundles, open_sheets, run
from claims.models import Change, Claim, Speaker, Topic
from tests.exchange.desk import FIGURE, FILES, PROMISE, ROWS, faults_of, put, put_desk, take_in


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BLOCK", 2)
    monkeypatch.setattr(claim_bundles, "BLOCK", 2)


def test_blocks_of_two_make_the_same_desk(db: None, small_blocks: None, tmp_path: Path):
    assert take_in(put_desk(tmp_path)) == {"created": ROWS}
    assert take_in(tmp_path) == {"unchanged": ROWS}
    assert Claim.objects.get(uid=PROMISE).status == "borne_out_late"


@pytest.mark.django_db(transaction=True)
def test_what_was_entered_before_it_was_cut_off_stays_and_is_not_entered_twice(
    small_blocks: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    put_desk(tmp_path)
    entered = []
    enter = curation.enter_dossiers

    def die_at_the_second(dossiers: Any, **options: Any) -> Any:
        if entered:
            raise KeyboardInterrupt
        entered.append(dossiers)
        return enter(dossiers, **options)

    monkeypatch.setattr(curation, "enter_dossiers", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        take_in(tmp_path)
    assert (Speaker.objects.count(), Claim.objects.count()) == (2, 1)

    monkeypatch.setattr(curation, "enter_dossiers", enter)
    fates = take_in(tmp_path)

    assert sum(fates.values()) == ROWS
    assert set(fates) == {"created", "unchanged"}
    assert (Speaker.objects.count(), Claim.objects.count()) == (2, 2)
    assert take_in(tmp_path) == {"unchanged": ROWS}


def test_the_check_writes_nothing(db: None, tmp_path: Path):
    with Import(open_sheets([put_desk(tmp_path)], Faults()), actor="ada") as importing:
        report = importing.check()

    assert (report.done, report.rows, report.refused) == (ROWS, ROWS, 0)
    assert not Change.objects.exists()
    assert not Topic.objects.exists()


def test_a_row_that_somebody_changes_after_the_check_is_a_conflict_and_the_rest_goes_in(
    desk: Path, tmp_path: Path
):
    path = put(tmp_path, "claims", f"id,measure\n{PROMISE},laws\n{FIGURE},people\n")
    with Import(open_sheets([path], Faults()), actor="ada") as importing:
        importing.check()
        claim = Claim.objects.get(uid=PROMISE)
        edit = curation.ClaimWrite(
            claim=claim, revision=claim.revision, values={"criteria": "The protocol is signed."}
        )
        curation.write_claims([edit], actor="bea")

        report = importing.enter()

    (conflict,) = report.conflicts.told
    assert (conflict.line, conflict.column) == (2, "revision")
    assert "after it was checked" in conflict.message
    assert Claim.objects.get(uid=PROMISE).measure == ""
    assert Claim.objects.get(uid=FIGURE).measure == "people"


def test_a_topic_that_somebody_changes_after_the_check_is_a_conflict(desk: Path, tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\npeacekeeping,Peace\n")
    with Import(open_sheets([path], Faults()), actor="ada") as importing:
        importing.check()
        topic = Topic.objects.get()
        curation.write_reference(
            [
                curation.ReferenceWrite(
                    model=Topic, row=topic, revision=topic.revision, values={"name": "Peacekeepers"}
                )
            ],
            actor="bea",
        )

        report = importing.enter()

    assert (report.conflicts.count, Topic.objects.get().name) == (1, "Peacekeepers")


def test_progress_is_told_block_by_block(db: None, small_blocks: None, tmp_path: Path):
    told: list[tuple[str, int, int]] = []

    take_in(put_desk(tmp_path), progress=lambda *words: told.append(words))

    assert {of for _doing, _done, of in told} == {ROWS}
    checked = [done for doing, done, _of in told if doing == "checked"]
    assert checked == sorted(checked)
    assert (checked[-1], told[-1]) == (ROWS, ("entered", ROWS, ROWS))


def test_a_claim_that_goes_by_its_external_id_is_entered_once(db: None, tmp_path: Path):
    put_desk(tmp_path)
    put(tmp_path, "claims", FILES["claims"].replace(f"{FIGURE},r/2", ",r/2"))
    (tmp_path / "links.csv").unlink()

    assert take_in(tmp_path) == {"created": ROWS - 1}
    assert take_in(tmp_path) == {"unchanged": ROWS - 1}


def test_links_that_go_round_through_other_blocks_are_found_by_the_check(
    desk: Path, small_blocks: None, tmp_path: Path
):
    uids = [f"{number}9999999-9999-4999-8999-999999999999" for number in range(5)]
    claims = "".join(f"{uid},assertion,It is so.,zas,belta,2020,published\n" for uid in uids)
    put(tmp_path, "claims", f"id,kind,statement,speaker,source,said_on,editorial_state\n{claims}")
    links = "".join(
        f"{number}8888888-8888-4888-8888-888888888888,{uid},part_of,{uids[(number + 1) % 5]}\n"
        for number, uid in enumerate(uids)
    )
    put(tmp_path, "links", f"id,claim,type,target\n{links}")

    assert {fault.column for fault in faults_of(tmp_path)} == {"target"}
    assert Claim.objects.count() == 2
