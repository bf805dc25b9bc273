"""NDJSON: the cells of the CSV, with the types that JSON has."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from claims.exchange.columns import CLAIMS, TABLES
from claims.exchange.exports import claims_extract, ndjson_blocks, table_extract
from claims.models import Claim
from tests.exchange.desk import PROMISE
from tests.exchange.exported import table_csv, whole
from tests.exchange.test_round_trip import texts
from tests.factories import assess, edit, make_claim, make_speaker, make_topic
from tests.random_desk import write_at_random


def objects(text: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.decode().split("\n")[:-1]]


@pytest.mark.django_db
def test_each_line_has_a_claim_with_its_types():
    claim = make_claim(
        speaker=make_speaker(name="=Ada"),
        statement='He said "no",\ntwice.',
        quote="-1 is 007.",
        said_on="2020-10",
        quantity="approx 3600.50 people",
        topics=[make_topic(slug="b"), make_topic(slug="a")],
    )
    assess(claim, "borne_out")

    (row,) = objects(whole(ndjson_blocks(claims_extract(Claim.objects.all(), site_url=""))))

    assert list(row) == [column.name for column in CLAIMS.columns if not column.asked]
    assert (row["revision"], row["closed"], row["quote_is_translation"]) == (
        claim.revision,
        True,
        False,
    )
    assert (row["topics"], row["collections"], row["on_behalf_of"]) == (["a", "b"], None, None)
    assert (row["said_on"], row["quantity_value"]) == ("2020-10", "3600.5")
    assert (row["statement"], row["quote"]) == ('He said "no",\ntwice.', "-1 is 007.")
    assert row["speaker_name"] == "=Ada"  # raw: nothing runs JSON


@pytest.mark.django_db
def test_it_says_what_the_csv_says():
    for _ in write_at_random(seed=7, number=20):
        pass

    for name, table in TABLES.items():
        rows = objects(whole(ndjson_blocks(table_extract(table))))
        cells = csv.DictReader(io.StringIO(table_csv(name, safe=False), newline=""))

        for row, expected in zip(rows, cells, strict=True):
            assert {each: _cell(value) for each, value in row.items()} == expected


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.django_db
def test_other_vocabularies_and_the_past_have_types_too():
    assess(make_claim(), "borne_out")

    (row,) = objects(
        whole(
            ndjson_blocks(
                claims_extract(
                    Claim.objects.all(), site_url="", vocabularies=["claimreview", "metaculus"]
                )
            )
        )
    )

    assert (row["claimreview_rating"], row["claimreview_lossy"]) == (5, False)
    assert (row["metaculus"], row["metaculus_version"]) == ("yes", "1")


@given(text=texts)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_one_line_and_comes_back(desk: Path, text: str):
    claim = Claim.objects.get(uid=PROMISE)
    edit(claim, values={"criteria": text})
    claims = Claim.objects.filter(pk=claim.pk)

    (row,) = objects(whole(ndjson_blocks(claims_extract(claims, site_url=""))))

    assert row["criteria"] == (claim.criteria or None)
