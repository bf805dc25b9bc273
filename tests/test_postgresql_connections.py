"""A kept connection is used as it is, until the server has hung up."""

import pytest
from django.db import OperationalError, connection

from claims.models import Claim
from tests.factories import make_claim

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections"),
]


@pytest.fixture
def kept(monkeypatch):
    """A connection as a server thread keeps it from request to request; it counts what it asks."""
    own = connection.copy()
    own.settings_dict = own.settings_dict | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    own.asked = 0
    is_usable = own.is_usable

    def counted():
        own.asked += 1
        return is_usable()

    monkeypatch.setattr(own, "is_usable", counted)
    backend(own)
    yield own
    own.close()


def backend(database):
    """The process on the server's side, asked for as the first query of a request."""
    database.close_if_unusable_or_obsolete()  # as where a request ends
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone()[0]


def test_an_idle_connection_is_used_again_without_a_question(kept):
    first = backend(kept)

    assert backend(kept) == first
    assert kept.asked == 0


def test_where_the_server_hung_up_there_is_a_new_one(kept):
    gone = backend(kept)
    end(gone)

    assert backend(kept) != gone
    assert kept.asked == 1


def test_one_that_was_closed_on_our_side_is_made_anew(kept):
    gone = backend(kept)
    kept.connection.close()

    assert backend(kept) != gone


def test_within_a_request_a_lost_connection_is_an_error_and_gone_with_the_request(kept):
    end(backend(kept))
    kept.health_check_done = True  # as after the request's first query

    with pytest.raises(OperationalError):
        kept.cursor().execute("SELECT 1")

    assert backend(kept)


def test_no_other_statement_is_kept_than_what_is_prepared(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT %s", ["a long text"])
    with kept.prepared_cursor() as cursor:
        cursor.execute("SELECT %s::text", ["a uid"])

    statements = kept.connection._prepared
    assert [query for query, _types in statements._names] == [b"SELECT $1::text"]
    assert not statements._counts


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_prepared_anew_where_a_migration_has_changed_its_columns():
    claim = make_claim()
    assert Claim.objects.published_row(claim.uid, ("kind",)) == ("promise",)
    try:
        widen("kind", 11)

        assert Claim.objects.published_row(claim.uid, ("kind",)) == ("promise",)
    finally:
        widen("kind", 10)


def widen(column, characters):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE claims_claim ALTER COLUMN {column} TYPE varchar({characters})")
