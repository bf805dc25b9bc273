"""What is taken away while rows are loaded is there again afterwards, as it was."""

import pytest
from django.db import IntegrityError, connection

from claims import append_only
from claims.models import Claim, Link
from claims.search import Found, parse

from .loading import unindexed
from .made_claims import make_claims

pytestmark = pytest.mark.django_db

POSTGRESQL = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = current_schema()
UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || tgenabled::text
FROM pg_trigger WHERE NOT tgisinternal
"""
SQLITE = "SELECT type, name, sql FROM sqlite_master"


def definitions():
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
        return set(cursor.fetchall())


def test_indexes_constraints_and_triggers_are_there_again():
    before = definitions()

    with unindexed():
        assert len(before - definitions()) > 60
    assert definitions() == before
    assert append_only.faults(connection) == []


def test_made_claims_leave_them_as_they_were():
    before = definitions()

    make_claims(20)

    assert definitions() == before


def test_search_finds_what_was_loaded():
    make_claims(20)

    assert Claim.objects.filter(Found(parse("borne"))).count() == 20


def test_a_row_that_names_none_is_refused_once_the_constraints_are_made_again():
    if connection.vendor == "sqlite":
        pytest.skip("within a transaction SQLite checks them all along")
    with pytest.raises(IntegrityError), unindexed():
        Link.objects.create(claim_id=1, type="revises", target_id=2)
