"""Other programs read the cells that we wrote: Python's csv, pandas, and PostgreSQL's COPY."""

from __future__ import annotations

import csv
import io

import pandas
import pytest
from django.db import connection

from claims.exchange.columns import TABLES
from claims.exchange.exports import table_extract
from tests.exchange.exported import table_csv
from tests.exchange.exports.test_the_same_from_either_engine import nasty_desk

pytestmark = pytest.mark.django_db


def files_of_a_nasty_desk():
    nasty_desk()
    return [
        (
            name,
            [
                [cell or "" for cell in row]
                for row in table_extract(table, site_url="https://a.b").cells()
            ],
            table_csv(name, site_url="https://a.b"),
        )
        for name, table in TABLES.items()
    ]


@pytest.fixture(scope="module")
def files(rows_for_all):
    """Each table's name, the texts of its cells, and its file."""
    return rows_for_all(files_of_a_nasty_desk)


def test_pythons_csv(files):
    for name, cells, text in files:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)

        assert header == [column.name for column in TABLES[name].columns if not column.asked]
        assert rows == cells


def test_pandas(files):
    for _name, cells, text in files:
        frame = pandas.read_csv(
            io.BytesIO(text.encode()), dtype=str, keep_default_na=False, na_filter=False
        )

        assert frame.to_numpy().tolist() == cells


def test_postgresqls_copy(files):
    if connection.vendor != "postgresql":
        pytest.skip("COPY is PostgreSQL's")
    for name, cells, text in files:
        columns = ", ".join(f'"{column.name}" text' for column in TABLES[name].columns)
        named = ", ".join(f'"{column.name}"' for column in TABLES[name].columns if not column.asked)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE taken (line serial, {columns}) ON COMMIT DROP")
            with cursor.copy(f"COPY taken ({named}) FROM STDIN (FORMAT csv, HEADER match)") as copy:
                copy.write(text.encode())
            cursor.execute(f"SELECT {named} FROM taken ORDER BY line")
            rows = [[cell or "" for cell in row] for row in cursor.fetchall()]
            cursor.execute("DROP TABLE taken")

        assert rows == cells
