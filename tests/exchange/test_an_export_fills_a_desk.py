"""Whatever a desk has been through, its export makes the same desk of an empty one."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from claims.audit import verify
from claims.exchange.columns import TABLES
from claims.exchange.exports import archive
from claims.models import Assessment, Claim
from tests.factories import add_evidence, assess, edit, make_claim
from tests.random_desk import write_at_random

from .desk import take_in
from .exported import whole

Rows = dict[str, dict[str, dict[str, str]]]  # by table and by key


def exported(folder: Path, **options: Any) -> Path:
    """The zip of all that is public."""
    folder.mkdir(exist_ok=True)
    path = folder / "claims.zip"
    path.write_bytes(whole(archive(filters={}, site_url="https://a.example", **options)))
    return path


def rows_of(path: Path) -> Rows:
    found: Rows = {}
    with zipfile.ZipFile(path) as packed:
        for name, table in TABLES.items():
            text = io.TextIOWrapper(packed.open(f"{name}.csv"), encoding="utf-8", newline="")
            key = "slug" if "slug" in table.by_name else "id"
            found[name] = {row[key]: row for row in csv.DictReader(text, strict=True)}
            for row in found[name].values():
                row.pop("revision", None)  # counts the writes at one desk
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("safe", [True, False])
def test_a_random_history_comes_back_row_by_row(tmp_path: Path, seed: int, safe: bool):
    with transaction.atomic():
        for _write in write_at_random(seed, 60):
            pass
        packed = exported(tmp_path, safe=safe)
        transaction.set_rollback(True)
    before = rows_of(packed)

    assert set(take_in(packed)) == {"created"}

    after = rows_of(exported(tmp_path / "again", safe=safe))
    assert after == before
    assert set(take_in(packed)) == {"unchanged"}
    verify()  # it raises for a fault


@pytest.mark.django_db
def test_a_verdict_on_older_words_is_stale_there_too(tmp_path: Path):
    with transaction.atomic():
        claim = make_claim()
        assess(claim, "borne_out", evidence=[add_evidence(claim)])
        edit(claim, values={"statement": "It opens in the spring."})
        packed = exported(tmp_path)
        recorded_at = Assessment.objects.get().recorded_at
        transaction.set_rollback(True)

    take_in(packed)

    claim, verdict = Claim.objects.get(), Assessment.objects.get()
    assert (claim.words_revision, verdict.words_revision, claim.stale) == (2, 1, True)
    assert verdict.recorded_at == recorded_at
