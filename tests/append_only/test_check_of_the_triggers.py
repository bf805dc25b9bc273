"""The system check compares what the triggers say, not what they are called."""

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection

from claims import append_only
from tests.append_only.rows import TABLES, execute

pytestmark = pytest.mark.django_db

EVENTS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("change", "truncate")}
TRIGGERS = [
    (table, f"{table}_refuse_{event}") for table in TABLES for event in EVENTS[connection.vendor]
]
each_trigger = pytest.mark.parametrize(("table", "trigger"), TRIGGERS)


def of(table):
    return f" ON {table}" if connection.vendor == "postgresql" else ""


def warned():
    return [each.msg for each in checks.run_checks(databases=["default"])]


def alter(trigger, old, new):
    """The trigger as it was made, but for one phrase."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [trigger])
        else:
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", [trigger]
            )
        (text,) = cursor.fetchone()
    assert old in text
    table = trigger.partition("_refuse_")[0]
    execute(f"DROP TRIGGER {trigger}{of(table)}")
    execute(text.replace(old, new))


def test_it_is_silent_while_they_stand():
    assert append_only.faults(connection) == []
    assert warned() == []


@each_trigger
def test_one_that_is_missing_is_named(table, trigger):
    execute(f"DROP TRIGGER {trigger}{of(table)}")

    (warning,) = warned()
    assert f": {trigger}." in warning


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite disables none")
@each_trigger
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE", "ENABLE REPLICA"])
def test_one_that_is_not_always_on_is_named(table, trigger, how):
    execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")

    assert append_only.faults(connection) == [trigger]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the text of an SQLite trigger")
@pytest.mark.parametrize(
    ("trigger", "old", "new"),
    [
        ("claims_change_refuse_delete", " BEGIN", " WHEN 0 BEGIN"),
        ("claims_change_refuse_update", "WHEN NOT", "WHEN 0 AND NOT"),
        ("claims_change_refuse_insert", '"previous_hash"', '"key"'),
    ],
)
def test_one_that_says_something_else_is_named(trigger, old, new):
    alter(trigger, old, new)

    assert append_only.faults(connection) == [trigger]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the parts of PostgreSQL's")
@pytest.mark.parametrize(
    ("trigger", "old", "new"),
    [
        ("claims_change_refuse_change", "BEFORE DELETE OR UPDATE", "BEFORE DELETE"),
        ("claims_change_refuse_change", "UPDATE ON", "UPDATE OF actor ON"),
        ("claims_change_refuse_change", "FOR EACH ROW", "FOR EACH ROW WHEN (false)"),
        ("claims_change_refuse_change", '"salt": "record"', '"key": "record"'),
        ("claims_change_refuse_change", "FOR EACH ROW", "FOR EACH STATEMENT"),
    ],
)
def test_one_that_fires_otherwise_is_named(trigger, old, new):
    alter(trigger, old, new)
    execute(f"ALTER TABLE claims_change ENABLE ALWAYS TRIGGER {trigger}")

    assert append_only.faults(connection) == [trigger]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no functions")
def test_a_function_that_lets_go_is_every_triggers_fault():
    execute(
        "CREATE OR REPLACE FUNCTION claims_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$"
    )

    assert append_only.faults(connection) == sorted(trigger for _table, trigger in TRIGGERS)


@each_trigger
def test_what_is_amiss_is_put_right(table, trigger):
    execute(f"DROP TRIGGER {trigger}{of(table)}")

    append_only.install(connection)

    assert append_only.faults(connection) == []


def test_a_start_stops_on_the_warning():
    execute(f"DROP TRIGGER {TRIGGERS[0][1]}{of(TRIGGERS[0][0])}")

    with pytest.raises(CommandError, match=TRIGGERS[0][1]):
        call_command("check", databases=["default"], fail_level="WARNING")
