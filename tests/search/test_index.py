"""The engines' indexes: made for the claims that are there, whole after whatever migration."""

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AddField, AlterField, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from claims import append_only
from claims.models import Claim, SearchText
from claims.search import Found, parse
from tests.factories import edit, make_claim, make_draft, make_speaker

pytestmark = pytest.mark.django_db(transaction=True)


def found(typed):
    return set(Claim.objects.filter(Found(parse(typed))).values_list("statement", flat=True))


@pytest.fixture
def newest():
    """Back to the newest migration in the end."""
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("claims")
    yield newest
    call_command("migrate", *newest, verbosity=0)


def test_the_migration_brings_in_the_claims_that_are_there(newest, monkeypatch):
    make_claim(statement="The ring road", speaker=make_speaker(aliases=["Ada"]))
    make_draft(statement="The ring of Łódź")
    make_claim(statement="The bridge")
    before = list(SearchText.objects.order_by("pk").values_list("pk", "text", "format"))

    call_command("migrate", "claims", "0007", verbosity=0)
    assert "claims_searchtext" not in connection.introspection.table_names()
    assert "claims_search" not in connection.introspection.table_names()
    migration = MigrationExecutor(connection).loader.get_migration("claims", "0011_search")
    monkeypatch.setitem(migration.operations[1].code.__globals__, "BLOCK", 2)
    call_command("migrate", *newest, verbosity=0)

    assert found("ring") == {"The ring road", "The ring of Łódź"}
    assert found("lodz OR bridge") == {"The ring of Łódź", "The bridge"}
    assert list(SearchText.objects.order_by("pk").values_list("pk", "text", "format")) == before
    edit(Claim.objects.get(statement="The bridge"), values={"statement": "The ring"})
    assert found("ring -road") == {"The ring of Łódź", "The ring"}


class AlteredTexts(Migration):
    """What makes SQLite rebuild the tables of the texts and of the claims."""

    operations = [
        AddField("searchtext", "note", models.CharField(max_length=9, default="")),
        AlterField("claim", "measure", models.CharField(max_length=301, blank=True)),
    ]


def test_an_index_is_whole_after_its_table_was_made_anew(newest, monkeypatch):
    load = MigrationLoader.load_disk

    def with_one_more(self):
        load(self)
        migration = AlteredTexts("9999_altered_texts", "claims")
        migration.dependencies = [newest]
        self.disk_migrations["claims", migration.name] = migration

    monkeypatch.setattr(MigrationLoader, "load_disk", with_one_more)
    claim = make_claim(statement="The ring road")

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM claims_searchtext")
        assert cursor.fetchall() == [("",)]
        cursor.execute("UPDATE claims_searchtext SET text = ' bridge '")

    assert found("ring") == set()
    assert found("bridge") == {claim.statement}
    SearchText.objects.all().delete()
    assert found("bridge") == set()


def test_a_flush_empties_the_index():
    make_claim(statement="The ring road")
    assert indexed_rows() == 1

    append_only.drop(connection)
    call_command("flush", verbosity=0, interactive=False)

    assert indexed_rows() == 0


def indexed_rows():
    rows = "claims_search WHERE claims_search MATCH 'ring'"
    if connection.vendor == "postgresql":
        rows = "claims_searchtext WHERE words @@ 'ring'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {rows}")
        return cursor.fetchone()[0]
