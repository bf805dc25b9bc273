"""A database that takes many rows at once: what is only there to find or to refuse them is taken
away, and made again, which checks all of them, once they are in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from claims import append_only
from claims.search import index

MEMORY = "512MB"  # to make an index in
NULL = "\x01"  # in COPY: not the usual backslash, which texts are looked through for

_CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = ANY (%s) AND conrelid::regclass::text = ANY (%s)
ORDER BY contype, conname
"""
_INDEXES = """
SELECT format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
WHERE schemaname = current_schema() AND tablename = ANY (%s)
  AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY tablename, indexname
"""
_LITE = """
SELECT 'DROP INDEX "' || name || '"', sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(%s))
ORDER BY name
"""


def tables() -> list[str]:
    """Those of the claims, and of what they name."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models]


@contextmanager
def unindexed() -> Iterator[None]:
    """Without indexes, foreign keys and unique constraints but for primary keys, and without
    triggers; all of them are as they were afterwards."""
    if connection.vendor == "postgresql":
        _run("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked forbids to alter tables
        # A foreign key needs the index of what it refers to, and goes first.
        foreign, unique = (_pairs(_CONSTRAINTS, [[kind], tables()]) for kind in "fu")
        rest = _pairs(_INDEXES, [tables()])
        for drop, _make in (*foreign, *unique, *rest):
            _run(drop)
        yield
        _run(f"SET maintenance_work_mem = '{MEMORY}'")
        for _drop, make in (*rest, *unique, *foreign):
            _run(make)
        _run("RESET maintenance_work_mem")
    else:
        indexes = _pairs(_LITE, [json.dumps(tables())])
        append_only.drop(connection)
        index.remove(connection)
        for drop, _make in indexes:
            _run(drop)
        with connection.constraint_checks_disabled():  # but within a transaction
            yield
        for _drop, make in indexes:
            _run(make)
        connection.check_constraints(tables())
        append_only.install(connection)
        index.install(connection)


def insert(rows: Mapping[str, Any]) -> None:
    """Rows by table, with all columns in their order: lines of COPY on PostgreSQL, else tuples."""
    with connection.cursor() as cursor:
        for table, written in rows.items():
            if connection.vendor == "postgresql":
                copying = f"COPY {table} ({_columns(table)}) FROM STDIN (NULL '{NULL}')"
                with cursor.copy(copying) as copy:
                    copy.write(written)
            elif written:
                marks = ", ".join(["%s"] * len(written[0]))
                cursor.executemany(
                    f'INSERT INTO "{table}" ({_columns(table)}) VALUES ({marks})', written
                )


def _columns(table: str) -> str:
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    (model,) = (model for model in models if model._meta.db_table == table)
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


def _pairs(question: str, values: list[Any]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
