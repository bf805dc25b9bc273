"""A file's claims are counted with each block that is entered, and with none that is not."""

from pathlib import Path
from typing import Any

import pytest

from claims import curation
from claims.exchange.imports import ImportRefused, claim_bundles, run
from claims.models import ClaimCount
from tests.exchange.desk import FILES, put, put_desk, take_in

PROMISE = ("promise", "borne_out_late", "borne_out_late", "")
FIGURE = ("assertion", "pending", "", "")


def kept() -> dict[Any, int]:
    """The counts, which are what counting gives."""
    counts = ClaimCount.objects.kept()
    assert counts == ClaimCount.objects.counted()
    return counts


def test_claims_with_their_verdicts_are_counted_and_once(db: None, tmp_path: Path):
    take_in(put_desk(tmp_path))
    assert kept() == {PROMISE: 1, FIGURE: 1}

    take_in(tmp_path)
    assert kept() == {PROMISE: 1, FIGURE: 1}


@pytest.mark.django_db(transaction=True)
def test_of_a_file_cut_off_the_blocks_that_were_entered_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    put_desk(tmp_path)
    monkeypatch.setattr(run, "BLOCK", 2)
    monkeypatch.setattr(claim_bundles, "BLOCK", 2)
    enter, entered = curation.enter_dossiers, []

    def die_after_the_second(dossiers: Any, **options: Any) -> Any:
        with curation.locked_ledger():
            done = enter(dossiers, **options)
            entered.append(kept())
            if len(entered) == 2:
                raise KeyboardInterrupt
        return done

    monkeypatch.setattr(curation, "enter_dossiers", die_after_the_second)
    with pytest.raises(KeyboardInterrupt):
        take_in(tmp_path)

    assert entered == [{PROMISE: 1}, {PROMISE: 1, FIGURE: 1}]
    assert kept() == {PROMISE: 1}
    monkeypatch.setattr(curation, "enter_dossiers", enter)
    take_in(tmp_path)
    assert kept() == {PROMISE: 1, FIGURE: 1}


@pytest.mark.django_db(transaction=True)
def test_of_a_file_refused_nothing_is_counted(tmp_path: Path):
    put_desk(tmp_path)
    put(tmp_path, "assessments", FILES["assessments"].replace("delayed", "vague"))

    with pytest.raises(ImportRefused):
        take_in(tmp_path)

    assert kept() == {}
