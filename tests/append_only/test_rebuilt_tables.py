"""SQLite alters a table by making it anew: its triggers are away meanwhile, and back after it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models
from django.db.migrations import AlterField, Migration
from django.db.migrations.loader import MigrationLoader

from claims import append_only
from tests.append_only.rows import contents, execute, insert_rows

pytestmark = pytest.mark.django_db(transaction=True)


class WiderActor(Migration):
    operations = [AlterField("change", "actor", models.CharField(max_length=200))]


@pytest.fixture
def one_more_migration(monkeypatch):
    load = MigrationLoader.load_disk
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("claims")

    def with_one_more(self):
        load(self)
        migration = WiderActor("9999_wider_actor", "claims")
        migration.dependencies = [newest]
        self.disk_migrations["claims", migration.name] = migration

    monkeypatch.setattr(MigrationLoader, "load_disk", with_one_more)
    yield
    call_command("migrate", *newest, verbosity=0)


def test_a_migration_alters_a_table_and_leaves_it_protected(one_more_migration):
    insert_rows()
    before = contents()

    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, "claims_change")
    (actor,) = (each for each in description if each.name == "actor")
    assert actor.display_size == 200
    assert contents() == before
    assert append_only.faults(connection) == []
    with pytest.raises(IntegrityError, match="append-only"):
        execute("UPDATE claims_change SET actor = ''")


def test_a_migrate_with_nothing_to_do_never_takes_them_away(monkeypatch):
    monkeypatch.setattr(append_only, "install", lambda connection: None)

    call_command("migrate", verbosity=0)

    assert append_only.faults(connection) == []
