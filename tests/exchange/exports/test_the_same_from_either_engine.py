"""What the database writes is, byte for byte, what Python would have written from the rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.exchange.columns import TABLES, Table
from claims.exchange.database_cells import ObjectOfTexts
from claims.exchange.exports import Extract, csv_blocks, table_extract
from claims.exchange.vocabularies import Vocabulary
from claims.models import Claim, Evidence
from tests.exchange.desk import PROMISE
from tests.exchange.exported import whole
from tests.exchange.test_round_trip import NASTY, texts
from tests.factories import add_evidence, assess, edit, make_claim, make_source, make_speaker
from tests.random_desk import write_at_random

SITE = "https://desk.example/100%s"


def by_python(extract: Extract) -> bytes:
    """From models, with `Column.read`, through Python's own writer."""
    file = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if len(extract.columns) == 1 else csv.QUOTE_MINIMAL
    writer = csv.writer(file, quoting=quoting)
    writer.writerow([column.name for column in extract.columns])
    for row in extract.rows:
        writer.writerow(
            [column.cell(row, extract.site_url, safe=extract.safe) for column in extract.columns]
        )
    return file.getvalue().encode()


def by_iterator(extract: Extract) -> bytes:
    """From the database's texts, through Python's own writer: as SQLite exports."""
    file = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if len(extract.columns) == 1 else csv.QUOTE_MINIMAL
    writer = csv.writer(file, quoting=quoting)
    writer.writerow([column.name for column in extract.columns])
    writer.writerows(extract.cells())
    return file.getvalue().encode()


def check(table: Table, **options: Any) -> None:
    extract = table_extract(table, site_url=SITE, **options)
    sent = whole(csv_blocks(extract))
    assert sent == by_python(extract)
    assert sent == by_iterator(extract)


def check_all() -> None:
    for table in TABLES.values():
        for safe in (True, False):
            check(table, safe=safe)


def nasty_desk() -> None:
    """Every kind of value in every table, with the worst texts that may stand there."""
    office = make_speaker(kind="organisation", name="=Office", aliases=["=1+1", "🙂"])
    make_speaker(organisation=office, aliases=["\\", 'Büro, "das"', "\u2029", "</b>"])
    for number, text in enumerate(NASTY):
        source = make_source(
            url="" if number % 2 else f"https://a.example/{number}",
            title=text.strip(),
            published_on="2020-Q4~",
        )
        claim = make_claim(
            speaker=office if number % 2 else make_speaker(name=text.strip()),
            on_behalf_of=None if number % 2 else office,
            source=source,
            statement=text.strip(),
            quote=text,
            quote_is_translation=bool(number % 2),
            condition=f"{text} if",
            quantity=(None, "approx 3600.50 people", "between -10 20.5 percent", "eq 0 km")[
                number % 4
            ],
            said_on=("2020-01-15", "0001", "2019/2020-05", "2021-H2?")[number % 4],
            due="../2021",
            due_mode="by",
            due_basis="ours",
        )
        shown = add_evidence(
            claim, summary=text.strip(), source=source, dated=(None, "2021?")[number % 2]
        )
        add_evidence(claim, replaces=shown, observed="gte 1.5 km")
        wrong = assess(
            claim,
            "not_borne_out",
            headline=text.strip()[:80],
            rationale=text,
            evidence=[shown, add_evidence(claim, dated="2019")],
            happened_on=("2019", None, "2019~", "0001")[number % 4],
            happened_before_said=True,
        )
        assess(claim, "void", cause="correction", corrects=wrong)
    Evidence.objects.filter(pk=shown.pk).update(recorded_at=timezone.now().replace(microsecond=0))


@pytest.mark.django_db
def test_of_nasty_texts():
    nasty_desk()

    check_all()


@pytest.mark.django_db
def test_of_whatever_a_desk_may_write():
    for _ in write_at_random(seed=5, number=40):
        pass

    check_all()


@given(text=texts)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_of_any_text(desk: Path, text: str):
    claim = Claim.objects.get(uid=PROMISE)
    edit(claim, values={"criteria": text, "measure": " ".join(text.split())[:300]})

    check(TABLES["claims"])
    check(TABLES["claims"], columns=["criteria"])


@pytest.mark.django_db
@pytest.mark.parametrize("text", [r"\.", "", '"', "a"])
def test_of_a_single_column_every_cell_is_quoted(text: str):
    make_claim(criteria=text)

    check(TABLES["claims"], columns=["criteria"])

    sent = whole(csv_blocks(table_extract(TABLES["claims"], columns=["criteria"])))
    assert sent.startswith(b'"criteria"\r\n"')


@pytest.mark.django_db
def test_of_nothing():
    none = table_extract(TABLES["claims"], Claim.objects.none(), columns=["id", "status"])

    assert whole(csv_blocks(none)) == b"id,status\r\n"


@given(st.dictionaries(st.text(st.characters(exclude_categories=("Cc", "Cs"))), texts))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_of_texts_by_name(db: None, held: dict[str, str]):
    office = make_speaker(kind="organisation")
    type(office).objects.filter(pk=office.pk).update(aliases=held)

    rows = type(office).objects.filter(pk=office.pk)
    (cell,) = rows.values_list(ObjectOfTexts(F("aliases")), flat=True)

    written = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert cell == (written if held else None)


def test_every_column_is_written_by_the_database_but_other_vocabularies_and_the_past():
    asked = {*Vocabulary.values, "as_of"}
    slow = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.sql is None and column.asked not in asked
    }

    assert slow == set()


@pytest.mark.django_db
def test_on_postgresql_each_table_is_one_copy(django_assert_num_queries: Any):
    if connection.vendor != "postgresql":
        pytest.skip("COPY is PostgreSQL's")
    nasty_desk()
    for table in TABLES.values():
        with django_assert_num_queries(1) as captured:
            whole(csv_blocks(table_extract(table)))
        assert captured[0]["sql"].startswith("COPY (SELECT ")
