"""No Django in the way: SQLite's own command line, and PostgreSQL over a plain connection."""

from __future__ import annotations

import subprocess

import psycopg
import pytest
from django.db import connection

from tests.append_only.rows import TABLES, columns_of, contents, insert_rows

pytestmark = pytest.mark.django_db(transaction=True)

each_table = pytest.mark.parametrize("table", TABLES)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statements")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own statements"
)


@pytest.fixture(autouse=True)
def _nothing_changes():
    insert_rows()
    before = contents()
    yield
    assert contents() == before


def bare_shell(sql: str) -> str:
    """The error that a shell answers `sql` with."""
    if connection.vendor == "sqlite":
        answer = subprocess.run(
            ["sqlite3", connection.settings_dict["NAME"], sql],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode != 0, f"{sql} was allowed"
        return answer.stderr
    parameters = connection.get_connection_params()
    place = {"dbname", "user", "password", "host", "port"} & parameters.keys()
    with (
        psycopg.connect(**{key: parameters[key] for key in place}) as shell,
        pytest.raises(psycopg.errors.IntegrityError) as refused,
    ):
        shell.execute(sql)
    return str(refused.value)


def copied(table: str, **changed: str) -> str:
    """The table's rows again, some of their columns changed."""
    columns = columns_of(table)
    return (
        f"({', '.join(map(quoted, columns))}) SELECT "
        f"{', '.join(changed.get(column, quoted(column)) for column in columns)} "
        f"FROM {table} WHERE true"
    )


def quoted(name: str) -> str:
    return f'"{name}"'


@each_table
def test_update(table):
    column = columns_of(table)[-1]

    assert "append-only" in bare_shell(f'UPDATE {table} SET "{column}" = NULL')


@each_table
def test_an_update_that_changes_nothing(table):
    column = columns_of(table)[0]

    assert "append-only" in bare_shell(f'UPDATE {table} SET "{column}" = "{column}"')


@each_table
def test_delete(table):
    assert "append-only" in bare_shell(f"DELETE FROM {table}")


@each_table
def test_upsert(table):
    key = columns_of(table)[0]

    assert "append-only" in bare_shell(
        f"INSERT INTO {table} {copied(table)}"
        f' ON CONFLICT ("{key}") DO UPDATE SET "{key}" = excluded."{key}"'
    )


@on_postgresql
@each_table
def test_truncate(table):
    assert "append-only" in bare_shell(f"TRUNCATE {table} CASCADE")


@on_postgresql
def test_truncating_what_they_hang_on():
    assert "append-only" in bare_shell("TRUNCATE claims_claim CASCADE")


@on_postgresql
@each_table
def test_a_session_that_plays_the_replica(table):
    assert "append-only" in bare_shell(
        f"SET session_replication_role = replica; DELETE FROM {table}"
    )


@on_postgresql
@each_table
def test_merge(table):
    key = columns_of(table)[0]

    assert "append-only" in bare_shell(
        f'MERGE INTO {table} AS old USING {table} AS new ON old."{key}" = new."{key}"'
        " WHEN MATCHED THEN DELETE"
    )


@on_sqlite
@each_table
@pytest.mark.parametrize("statement", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_replace(table, statement):
    assert "append-only" in bare_shell(f"{statement} INTO {table} {copied(table)}")


@on_sqlite
@each_table
@pytest.mark.parametrize("statement", ["UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_update_or(table, statement):
    key = columns_of(table)[0]

    assert "append-only" in bare_shell(f'{statement} {table} SET "{key}" = "{key}" + 1')


@on_sqlite
@pytest.mark.parametrize(
    ("table", "fresh"),
    [
        ("claims_assessment", {"id": "id + 100"}),
        ("claims_assessmentevidence", {"id": "id + 100"}),
        ("claims_redaction", {"id": "id + 100"}),
        ("claims_change", {"number": "number + 100"}),
        ("claims_change", {"number": "number + 100", "hash": "number"}),
    ],
)
def test_replace_by_another_unique_key(table, fresh):
    assert "append-only" in bare_shell(f"REPLACE INTO {table} {copied(table, **fresh)}")


@on_sqlite
def test_replace_by_the_hidden_row_number():
    columns = ", ".join(map(quoted, columns_of("claims_change")))
    fresh = {"number": "number + 100", "previous_hash": "number", "hash": "number"}
    values = ", ".join(fresh.get(name, quoted(name)) for name in columns_of("claims_change"))

    assert "append-only" in bare_shell(
        f"REPLACE INTO claims_change (rowid, {columns}) SELECT rowid, {values} FROM claims_change"
    )


@on_sqlite
def test_truncating_by_delete():
    assert "append-only" in bare_shell(
        "PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON; DELETE FROM claims_change"
    )
