from pathlib import Path

import pytest

from claims.exchange.imports import ImportRefused
from claims.models import Change, Claim, Ledger, Topic

from .desk import FILES, ROWS, put, put_desk, take_in


@pytest.mark.django_db(transaction=True)
def test_one_fault_in_the_last_file_leaves_nothing_behind(tmp_path: Path):
    put_desk(tmp_path)
    put(tmp_path, "assessments", FILES["assessments"].replace("delayed", "vague"))

    with pytest.raises(ImportRefused):
        take_in(tmp_path)

    assert not Claim.objects.exists()
    assert not Topic.objects.exists()
    assert not Change.objects.exists()
    assert Ledger.objects.get().number == 0


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path):
    fates = take_in(put_desk(tmp_path), dry_run=True)

    assert fates == {"created": ROWS}
    assert not Claim.objects.exists()
    assert not Change.objects.exists()
    assert Ledger.objects.get().number == 0


@pytest.mark.django_db
def test_a_thousand_faults_are_counted_and_a_hundred_told(tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\n" + "un un,UN\n" * 1_000)

    with pytest.raises(ImportRefused) as refused:
        take_in(path)

    assert refused.value.report.faults.count == 1_000
    assert len({fault.line for fault in refused.value.report.faults.told}) == 100


@pytest.mark.django_db
def test_more_rows_than_a_batch_are_entered(tmp_path: Path):
    rows = "".join(f"topic-{number},Topic {number}\n" for number in range(251))

    assert take_in(put(tmp_path, "topics", "slug,name\n" + rows)) == {"created": 251}
    assert Topic.objects.count() == 251
