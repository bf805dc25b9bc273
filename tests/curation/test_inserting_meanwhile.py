"""What is done while rows are inserted is a part of the same transaction, as are the rows."""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, transaction

from claims.curation import bulk
from claims.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FEW", 0)


def topics(*slugs: str) -> list[Topic]:
    return [Topic(slug=slug, name=slug) for slug in slugs]


def test_the_rows_are_there_afterwards():
    with bulk.inserting(Topic, topics("un", "eu"), 2):
        made = sum(range(10))

    assert made == 45
    assert Topic.objects.count() == 2


def test_where_it_fails_nothing_is_there_and_the_connection_goes_on():
    with (
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
        bulk.inserting(Topic, topics("un", "eu"), 2),
    ):
        raise ZeroDivisionError

    assert Topic.objects.count() == 0


def test_rows_that_the_database_refuses_are_its_error_after_it():
    reached = False

    with (
        pytest.raises((IntegrityError, psycopg.IntegrityError)),
        transaction.atomic(),
        bulk.inserting(Topic, topics("un", "un"), 2),
    ):
        reached = True

    assert Topic.objects.count() == 0
    assert reached or bulk.connection.vendor == "sqlite"
