"""What every test shares: the ledger's row and the triggers survive a flush."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from claims import append_only
from claims.units import ratio

first_rows = import_module("claims.migrations.0002_ledger_and_roles")
api_tokens = import_module("claims.migrations.0009_api_tokens")


@pytest.fixture(scope="session", autouse=True)
def a_flush_passes_the_triggers() -> Iterator[None]:
    """A transactional test ends with a flush, which the triggers would refuse, and which takes
    the rows that migrations made."""
    flush = TransactionTestCase._fixture_teardown

    def flush_and_restore(self: TransactionTestCase) -> None:
        append_only.drop(connection)
        flush(self)
        append_only.install(connection)
        with connection.schema_editor() as editor:
            first_rows.add_ledger_row(apps, editor)
        with connection.schema_editor() as editor:
            first_rows.add_roles(apps, editor)
            api_tokens.let_roles_make_tokens(apps, editor)

    TransactionTestCase._fixture_teardown = flush_and_restore
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session", autouse=True)
def pint_is_loaded() -> None:
    """It takes a third of a second, which Hypothesis would lay to one example."""
    ratio("km", "m")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it is in use: threads share no in-memory database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
