"""The seeds enter through the importer, whole, and only once."""

import csv

from django.core.management import call_command

from claims.models import (
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Collection,
    Evidence,
    Link,
    Source,
    Speaker,
    Topic,
)

from .conftest import SEEDS

TABLES = {
    "speakers": Speaker,
    "sources": Source,
    "topics": Topic,
    "collections": Collection,
    "claims": Claim,
    "evidence": Evidence,
    "assessments": Assessment,
    "links": Link,
}


def rows_of(stem):
    with (SEEDS / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_every_file_is_there(seeds):
    assert {path.stem for path in SEEDS.glob("*.csv")} == TABLES.keys()
    for stem, model in TABLES.items():
        assert model.objects.count() == len(rows_of(stem)) > 0, stem


def test_claims_keep_the_names_they_have_in_the_files(seeds):
    assert {str(uid) for uid in Claim.objects.values_list("uid", flat=True)} == {
        row["id"] for row in rows_of("claims")
    }


def test_every_claim_is_public_and_has_its_texts(seeds):
    assert set(Claim.objects.values_list("editorial_state", flat=True)) == {"published"}
    assert ClaimDocument.objects.count() == Claim.objects.count()


def test_a_second_import_changes_nothing(seeds, capsys):
    before = list(Change.objects.values_list("hash", flat=True))

    call_command("import_claims", str(SEEDS))

    assert list(Change.objects.values_list("hash", flat=True)) == before
    assert "0 created, 0 changed, " in capsys.readouterr().out
