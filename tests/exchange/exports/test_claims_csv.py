"""The claims export: what is in it, in what order, and at what cost."""

from __future__ import annotations

import csv
import io
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims import curation
from claims.exchange.columns import CLAIMS, TABLES
from claims.exchange.exports import claims_extract, csv_blocks, extracts
from claims.models import Claim, ClaimQuerySet, Redaction
from tests.exchange.exported import claims_csv, table_csv
from tests.factories import (
    add_evidence,
    assess,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
)


def exported(claims: ClaimQuerySet | None = None) -> list[dict[str, Any]]:
    text = claims_csv(claims, site_url="https://a.b")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.django_db
def test_a_row_holds_the_claim_and_plain_readings_of_it():
    claim = make_claim(
        speaker=make_speaker(name="=Ada"),
        statement="-1 is 007.",
        said_on="2020-10",
        due="../2021",
        due_mode="by",
        due_basis="ours",
        quantity="approx 3600.50 people",
        topics=[make_topic(slug="b"), make_topic(slug="a")],
    )
    assess(claim, "borne_out", headline="Done")

    (row,) = exported()

    assert list(row) == [column.name for column in CLAIMS.columns if not column.asked]
    assert (row["id"], row["revision"]) == (str(claim.uid), str(claim.revision))
    assert (row["statement"], row["speaker_name"]) == ("'-1 is 007.", "'=Ada")
    assert (row["said_on"], row["said_first"], row["said_last"]) == (
        "2020-10",
        "2020-10-01",
        "2020-10-31",
    )
    assert (row["due"], row["due_first"], row["due_last"]) == ("../2021", "", "2021-12-31")
    assert (row["quantity"], row["quantity_value"], row["quantity_unit"]) == (
        "approx 3600.5 people",
        "3600.5",
        "people",
    )
    assert (row["topics"], row["collections"]) == ('["a","b"]', "")
    assert (row["status"], row["closed"], row["headline"]) == ("borne_out", "true", "Done")
    assert (row["on_behalf_of"], row["quote_is_translation"]) == ("", "false")
    assert row["url"] == f"https://a.b/api/v1/claims/{claim.uid}/"


@pytest.mark.django_db
def test_it_is_rfc_4180():
    make_claim(statement='He said "no",\ntwice.')

    text = claims_csv()

    assert text.startswith("id,revision,external_id,")
    assert '"He said ""no"",\ntwice."' in text
    assert text.count("\r\n") == 2
    assert text.endswith("\r\n")


@pytest.mark.django_db
def test_the_headline_is_that_of_the_verdict_that_stands():
    corrected, reopened, updated = make_claim(), make_claim(), make_claim()
    wrong = assess(corrected, "borne_out", headline="Kept")
    assess(corrected, "not_borne_out", headline="Broken", cause="correction", corrects=wrong)
    assess(reopened, "borne_out", headline="Kept")
    assess(reopened, progress="stalled", reopens=True, cause="development", headline="Not yet")
    assess(updated, "not_borne_out", headline="Missed")
    assess(updated, progress="in_progress", cause="development", headline="Still at it")

    headlines = {row["id"]: row["headline"] for row in exported()}

    assert headlines == {
        str(corrected.uid): "Broken",
        str(reopened.uid): "",
        str(updated.uid): "Missed",
    }


@pytest.mark.django_db
def test_a_redacted_headline_is_empty():
    verdict = assess(make_claim(), "borne_out", headline="Ada's secret")
    Redaction.objects.create(
        table="claims_assessment",
        row=str(verdict.pk),
        column="headline",
        legal_basis="GDPR 17",
        at=timezone.now(),
        actor="ada",
    )
    type(verdict).objects.filter(pk=verdict.pk).update(headline=None)

    (row,) = exported()

    assert (row["headline"], row["status"]) == ("", "borne_out")


@pytest.mark.django_db
def test_rows_come_in_the_order_asked_for():
    early, late = make_claim(said_on="2019"), make_claim(said_on="2020-01")

    newest = exported(Claim.objects.order_by("-said_on_first", "-pk"))
    oldest = exported(Claim.objects.order_by("said_on_first", "pk"))

    assert [row["id"] for row in newest] == [str(late.uid), str(early.uid)]
    assert [row["id"] for row in oldest] == [str(early.uid), str(late.uid)]


@pytest.mark.django_db
def test_only_what_is_published_is_in_any_table():
    source = make_source()
    draft, public, retracted = make_draft(), make_claim(), make_claim()
    for claim in (draft, retracted):
        curation.write_claims(
            [
                curation.ClaimWrite(
                    claim=claim,
                    revision=claim.revision,
                    appearances=[curation.RowWrite(values={"said_on": "2020", "source": source})],
                )
            ],
            actor="ada",
        )
        add_evidence(claim)
    assess(retracted, "borne_out")
    retracted.refresh_from_db()
    curation.link(
        [
            curation.LinkWrite(
                claim=retracted, revision=retracted.revision, type="repeats", target=public
            )
        ],
        actor="ada",
    )
    retracted.refresh_from_db()
    curation.retract(
        [curation.StateChange(claim=retracted, revision=retracted.revision, reason="Wrong.")],
        actor="ada",
    )

    assert [row["id"] for row in exported()] == [str(public.uid)]
    for table in ("appearances", "evidence", "links", "assessments"):
        assert table_csv(table).count("\r\n") == 1, table


@pytest.mark.django_db
def test_claims_cost_one_query(django_assert_num_queries: DjangoAssertNumQueries):
    speaker, source, topic = make_speaker(), make_source(), make_topic()
    for _number in range(3):
        assess(make_claim(speaker=speaker, source=source, topics=[topic]), "borne_out")

    with django_assert_num_queries(1):
        rows = exported()

    assert len(rows) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(set(TABLES) - {"claims"}))
def test_another_table_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries, table: str
):
    for _number in range(3):
        claim = make_claim(speaker=make_speaker(organisation=make_speaker(kind="organisation")))
        add_evidence(claim, replaces=add_evidence(claim))

    with django_assert_num_queries(1):
        table_csv(table)


@pytest.mark.django_db
def test_rows_come_a_block_at_a_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extracts, "BLOCK", 2)
    for _number in range(5):
        make_claim()

    blocks = list(csv_blocks(claims_extract(Claim.objects.all(), site_url="")))

    assert [block.rows for block in blocks] == [0, 2, 2, 1]  # the header comes at once
    assert [block.data.count(b"\r\n") for block in blocks] == [1, 2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_an_export_holds_up_no_writer_and_sees_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extracts, "BLOCK", 1)
    for _number in range(3):
        make_claim()
    blocks = csv_blocks(claims_extract(Claim.objects.all(), site_url=""))
    assert next(blocks).rows == 0
    assert next(blocks).rows == 1

    writer = threading.Thread(target=write_elsewhere)
    writer.start()
    writer.join()

    assert sum(block.rows for block in blocks) == 2  # not the one that came in between
    assert Claim.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_one_that_is_broken_off_lets_go_of_its_snapshot(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extracts, "BLOCK", 1)
    make_claim()
    make_claim()
    blocks = csv_blocks(claims_extract(Claim.objects.all(), site_url=""))
    next(blocks)
    next(blocks)

    blocks.close()

    assert not connection.in_atomic_block
    make_claim()


def write_elsewhere() -> None:
    try:
        make_claim()
    finally:
        connection.close()
