"""Triggers that keep insert-only tables insert-only, on either engine and in any shell.

UPDATE, DELETE, REPLACE and TRUNCATE are refused with an integrity error. One exception: a text
named in the model's ``REDACTABLE`` may become NULL where a `Redaction` row warrants it.

The triggers are made from the models' ``_meta``. A migration that rebuilds an SQLite table would
lose them or trip over them, so they are dropped before a migration there and installed after one
on both engines; `check_triggers` compares their text, not their names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models import Assessment, AssessmentEvidence, Change, Redaction

APPEND_ONLY = (Assessment, AssessmentEvidence, Change, Redaction)
FUNCTION = "claims_refuse_change"
# Bits of pg_trigger.tgtype: a row trigger before update or delete, a statement one before truncate.
ROW_BEFORE_UPDATE_DELETE, BEFORE_TRUNCATE = 27, 34

# %(schema)s is the only blank. TG_ARGV: redactable columns as JSON, the primary key's name.
FUNCTION_BODY = """
DECLARE
    warrants jsonb := TG_ARGV[0]::jsonb;
    old_row jsonb;
    new_row jsonb;
    changed text;
    warranted boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        old_row := to_jsonb(OLD);
        new_row := to_jsonb(NEW);
        FOR changed IN SELECT key FROM jsonb_each(old_row)
                       WHERE value IS DISTINCT FROM new_row -> key LOOP
            warranted := warrants ? changed AND new_row ->> changed IS NULL AND EXISTS (
                SELECT 1 FROM %(schema)s.claims_redaction AS r
                WHERE r."table" = TG_TABLE_NAME AND r."row" = old_row ->> TG_ARGV[1]
                      AND r."column" = warrants ->> changed);
            EXIT WHEN NOT warranted;
        END LOOP;
        IF warranted THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '%% is append-only: %% refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put right whatever `faults` finds. Idempotent; takes no lock where nothing is amiss."""
    if not faults(connection):
        return
    with connection.cursor() as cursor:
        for statement in _creation(connection):
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; only a migration and the tests' flush have a reason to."""
    with connection.cursor() as cursor:
        for model in _tables_there(connection):
            table = model._meta.db_table
            for name in _trigger_names(connection, table):
                of_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{of_table}')


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are missing, altered or switched off, by name."""
    installed, expected = _installed(connection), _expected(connection)
    return sorted(name for name, text in expected.items() if installed.get(name) != text)


def check_triggers(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Any]:
    """A system check. A warning: an error would block the migration that installs them."""
    return [
        checks.Warning(
            f"Insert-only tables are not protected on “{alias}”: {', '.join(missing)}.",
            hint="Run manage.py migrate, which installs the triggers.",
            id="claims.W001",
        )
        for alias in databases or []
        if (missing := faults(connections[alias]))
    ]


def drop_before_migration(using: str, plan: list[Any], **kwargs: Any) -> None:
    """SQLite alters a table by making it anew, which its triggers would refuse or not survive."""
    if plan and connections[using].vendor == "sqlite":
        drop(connections[using])


def install_after_migration(using: str, **kwargs: Any) -> None:
    install(connections[using])


def _tables_there(connection: BaseDatabaseWrapper) -> list[type[models.Model]]:
    there = connection.introspection.table_names()
    return [model for model in APPEND_ONLY if model._meta.db_table in there]


def _trigger_names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    events = {"sqlite": ("insert", "update", "delete"), "postgresql": ("change", "truncate")}
    return [f"{table}_refuse_{event}" for event in events[connection.vendor]]


def _warrants(model: Any) -> dict[str, str]:
    column = {field.name: field.column for field in model._meta.fields}
    return {column[name]: column[warrant] for name, warrant in model.REDACTABLE.items()}


def _unique_keys(model: type[models.Model]) -> list[list[str]]:
    """Every set of columns that names one row: what REPLACE would silently delete by."""
    column = {field.name: str(field.column) for field in model._meta.fields}
    single = [[str(field.column)] for field in model._meta.fields if field.unique]
    several = [
        [column[name] for name in constraint.fields]
        for constraint in model._meta.total_unique_constraints
    ]
    return single + several


# SQLite


def _sqlite_triggers(model: type[models.Model]) -> dict[str, str]:
    # A key of another type than integer leaves the rowid as one more by which to replace.
    table, pk = model._meta.db_table, model._meta.pk.column
    warrants = _warrants(model)
    same = " AND ".join(
        f'NEW."{f.column}" IS OLD."{f.column}"'
        for f in model._meta.fields
        if f.column not in warrants
    )
    blanked = "".join(
        f' AND (NEW."{column}" IS OLD."{column}" OR (NEW."{column}" IS NULL AND EXISTS ('
        f'SELECT 1 FROM "claims_redaction" r WHERE r."table" = \'{table}\''
        f' AND r."row" = CAST(OLD."{pk}" AS TEXT) AND r."column" = \'{warrant}\')))'
        for column, warrant in warrants.items()
    )
    differs = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in warrants)
    taken = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" t WHERE '
        + " AND ".join(f't."{column}" = NEW."{column}"' for column in key)
        + ")"
        for key in [["rowid"], *_unique_keys(model)]
    )
    when = {
        "insert": f" WHEN {taken}",
        "update": f" WHEN NOT ({same}{blanked} AND ({differs or 'FALSE'}))",
        "delete": "",
    }
    return {
        f"{table}_refuse_{event}": (
            f'CREATE TRIGGER "{table}_refuse_{event}" BEFORE {event.upper()} ON "{table}"'
            f"{condition} BEGIN SELECT RAISE(ABORT, '{table} is append-only: "
            f"{event if event != 'insert' else 'replace'} refused'); END"
        )
        for event, condition in when.items()
    }


# PostgreSQL


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


def _postgresql_arguments(model: type[models.Model]) -> tuple[str, str]:
    return json.dumps(_warrants(model), sort_keys=True), str(model._meta.pk.column)


def _function_body(connection: BaseDatabaseWrapper) -> str:
    return FUNCTION_BODY % {"schema": _schema(connection)}


# Both: what should stand, what stands, and how to make it so


def _expected(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    expected: dict[str, Any] = {}
    for model in _tables_there(connection):
        if connection.vendor == "sqlite":
            expected |= _sqlite_triggers(model)
        else:
            arguments = "".join(f"{each}\0" for each in _postgresql_arguments(model)).encode()
            change, truncate = _trigger_names(connection, model._meta.db_table)
            body = _function_body(connection)
            expected[change] = (ROW_BEFORE_UPDATE_DELETE, True, "A", arguments, body)
            expected[truncate] = (BEFORE_TRUNCATE, True, "A", arguments, body)
    return expected


def _installed(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT t.tgname, t.tgtype, t.tgqual IS NULL AND t.tgattr = '', t.tgenabled,"
            " t.tgargs, p.prosrc"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND p.proname = %s",
            [FUNCTION],
        )
        return {
            name: (
                kind,
                unconditional,
                enabled if isinstance(enabled, str) else enabled.decode(),
                bytes(args),
                src,
            )
            for name, kind, unconditional, enabled, args, src in cursor.fetchall()
        }


def _creation(connection: BaseDatabaseWrapper) -> list[str]:
    statements = []
    if connection.vendor == "sqlite":
        for model in _tables_there(connection):
            for name, text in _sqlite_triggers(model).items():
                statements += [f'DROP TRIGGER IF EXISTS "{name}"', text]
        return statements
    schema = _schema(connection)
    statements.append(
        f"CREATE OR REPLACE FUNCTION {schema}.{FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
        f" AS $body${_function_body(connection)}$body$"
    )
    for model in _tables_there(connection):
        table = f'{schema}."{model._meta.db_table}"'
        arguments = ", ".join(f"'{each}'" for each in _postgresql_arguments(model))
        events = ("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")
        names = _trigger_names(connection, model._meta.db_table)
        for name, (event, each) in zip(names, events, strict=True):
            statements += [
                f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON {table}'
                f" FOR EACH {each} EXECUTE FUNCTION {schema}.{FUNCTION}({arguments})",
                f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{name}"',
            ]
    return statements
