"""The zip: every table, whole by itself, with what tells that it is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.exchange.columns import TABLES
from claims.exchange.exports import archive
from claims.models import Claim, ClaimQuerySet, Ledger
from tests.exchange.desk import take_in
from tests.exchange.exported import table_csv, whole
from tests.factories import (
    add_evidence,
    assess,
    link,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
    rename,
    say_again,
)

pytestmark = pytest.mark.django_db


def unpacked(claims: ClaimQuerySet | None = None, **options: Any) -> zipfile.ZipFile:
    options = {"filters": {}, "site_url": "https://a.b"} | options
    made = zipfile.ZipFile(io.BytesIO(whole(archive(claims, **options))))
    assert made.testzip() is None
    return made


def manifest_of(made: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(made.read("manifest.json")))


def names_in(made: zipfile.ZipFile, table: str, column: str = "slug") -> set[str]:
    text = made.read(f"{table}.csv").decode()
    return {row[column] for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_it_has_every_table_as_it_is_exported_alone():
    assess(make_claim(), "borne_out")

    made = unpacked()

    assert made.namelist() == [
        "README.md",
        *(f"{name}.csv" for name in TABLES),
        "manifest.json",
    ]
    for name in TABLES:
        assert made.read(f"{name}.csv").decode() == table_csv(name, site_url="https://a.b")


def test_the_manifest_tells_a_file_that_is_whole():
    assess(make_claim(), "borne_out")

    made = unpacked(safe=False)

    manifest = manifest_of(made)
    for name, facts in manifest.pop("files").items():
        data = made.read(name)
        assert facts == {
            "rows": len(list(csv.DictReader(io.StringIO(data.decode(), newline="")))),
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    assert manifest.pop("head_at") is not None
    assert len(manifest.pop("day")) == len("2020-10-16")
    assert manifest == {
        "format": 1,
        "safe": False,
        "filters": {},
        "head": Ledger.objects.get().cursor,
        "site": "https://a.b",
        "licence": None,
    }


def test_the_licence_is_told_where_there_is_one(settings: Any):
    settings.DATA_LICENCE = "CC-BY-4.0"

    made = unpacked()

    assert manifest_of(made)["licence"] == "CC-BY-4.0"
    assert "Licence: CC-BY-4.0" in made.read("README.md").decode()


def test_the_readme_tells_of_every_column():
    text = unpacked().read("README.md").decode()

    for table in TABLES.values():
        _before, _heading, after = text.partition(f"## {table.name}.csv")
        for column in table.columns:
            if not column.asked:
                assert f"| `{column.name}` | {column.about}" in after


def test_the_same_ledger_makes_the_same_bytes():
    make_claim()

    assert whole(archive(filters={}, site_url="")) == whole(archive(filters={}, site_url=""))


def two_worlds() -> Claim:
    """A claim with all that it names, and another that has nothing to do with it."""
    union = make_speaker(slug="union", kind="organisation")
    office = make_speaker(slug="office", kind="organisation", organisation=union)
    claim = make_claim(
        speaker=make_speaker(slug="ada", organisation=office),
        on_behalf_of=make_speaker(slug="behalf", kind="organisation"),
        source=make_source(slug="said"),
        topics=[make_topic(slug="un")],
        collections=[make_collection(slug="report")],
    )
    say_again(claim, source=make_source(slug="again"))
    assess(claim, "borne_out", evidence=[add_evidence(claim, source=make_source(slug="shown"))])
    other = make_claim(topics=[make_topic()], collections=[make_collection()])
    say_again(other)
    assess(other, "borne_out")
    link(claim, other, "repeats")
    return claim


def test_under_filters_it_has_the_claims_and_all_that_they_name():
    claim = two_worlds()

    made = unpacked(Claim.objects.filter(pk=claim.pk).published(), filters={"speaker": "ada"})

    assert names_in(made, "claims", "id") == {str(claim.uid)}
    assert names_in(made, "speakers") == {"ada", "behalf", "office", "union"}
    assert names_in(made, "sources") == {"said", "again", "shown"}
    assert (names_in(made, "topics"), names_in(made, "collections")) == ({"un"}, {"report"})
    for table in ("appearances", "evidence", "assessments"):
        assert names_in(made, table, "claim") == {str(claim.uid)}
    assert names_in(made, "links", "id") == set()  # the other end is not here
    assert manifest_of(made)["filters"] == {"speaker": "ada"}


def test_it_fills_an_empty_desk(tmp_path: Path):
    with transaction.atomic():
        claim = two_worlds()
        made = unpacked(Claim.objects.filter(pk=claim.pk).published())
        transaction.set_rollback(True)
    made.extractall(tmp_path)

    fates = take_in(*tmp_path.glob("*.csv"))

    assert set(fates) == {"created"}


def test_organisations_that_belong_to_each_other_end():
    one = make_speaker(kind="organisation")
    other = make_speaker(kind="organisation", organisation=one)
    rename(one, organisation=other)
    make_claim(speaker=one)

    made = unpacked(Claim.objects.published())

    assert names_in(made, "speakers") == {one.slug, other.slug}


def test_no_claims_are_no_rows():
    make_claim()

    made = unpacked(Claim.objects.none())

    assert {facts["rows"] for facts in manifest_of(made)["files"].values()} == {0}


def test_it_costs_a_query_a_table():
    for _number in range(3):
        assess(make_claim(), "borne_out")
    whole(archive(filters={}, site_url=""))

    with CaptureQueriesContext(connection) as captured:
        whole(archive(filters={}, site_url=""))

    assert len(captured) == 2 + len(TABLES)  # the ledger's head; its last entry; the tables


def test_a_broken_off_one_ends_in_nothing_that_looks_whole():
    make_claim()
    blocks = archive(filters={}, site_url="")
    begun = next(blocks).data

    blocks.close()

    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(begun))


@pytest.mark.django_db(transaction=True)
def test_all_tables_are_of_one_instant():
    make_claim()
    before = Ledger.objects.get().cursor
    blocks = archive(filters={}, site_url="")
    begun = [next(blocks)]  # of the first table

    writer = threading.Thread(target=write_elsewhere)
    writer.start()
    writer.join()

    made = zipfile.ZipFile(io.BytesIO(whole([*begun, *blocks])))
    assert (manifest_of(made)["head"], len(names_in(made, "claims", "id"))) == (before, 1)
    assert Claim.objects.count() == 2


def write_elsewhere() -> None:
    try:
        make_claim()
    finally:
        connection.close()
