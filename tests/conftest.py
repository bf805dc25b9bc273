"""What every test shares: its end leaves the database as the migrations did."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import sqlparse
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import settings
from whitenoise.middleware import WhiteNoiseMiddleware

from claims import append_only
from claims.models import Ledger
from claims.units import ratio

first_rows = import_module("claims.migrations.0002_ledger_and_roles")
api_tokens = import_module("claims.migrations.0009_api_tokens")
uploads = import_module("claims.migrations.0014_uploads")

# A busy machine is no fault of an example's.
settings.register_profile("suite", settings.default, deadline=None)
settings.load_profile("suite")

# What is collected stays to the end: six thousand tests would be gone through again and again.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--of-database",
        action="store_true",
        help="only tests that the engine matters to: with the database, and without a browser",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What may not ask the database (pytest-django sees to it) does the same on each engine."""
    if not config.getoption("of_database"):
        return
    kept, others = [], []
    for item in items:
        # A test that asks by `getfixturevalue` is to be marked: its fixtures are not known here.
        asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        matters = asks or item.get_closest_marker("django_db")
        (kept if matters and not item.get_closest_marker("browser") else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


@pytest.fixture(scope="module")
def rows_for_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Make rows once for all tests of a module: ``rows_for_all(make_claim)``.

    They stand in a transaction around those of the tests: what a test writes is undone, but what
    it does to the objects, the next one sees, and so do tests of the module that do not name them
    see the rows. So this is for modules whose tests all expect them, or do not mind.
    """

    def make(factory: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return factory()

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def what_was_committed_is_deleted() -> Iterator[None]:
    """A transactional test ends with a flush. The triggers would refuse it, it takes the rows that
    migrations made, and to TRUNCATE forty tables takes longer than most of the tests."""
    flush = TransactionTestCase._fixture_teardown

    def delete(self: TransactionTestCase) -> None:
        append_only.drop(connection)
        delete_rows()
        append_only.install(connection)
        Ledger.objects.create(pk=1)
        if not Group.objects.exists():  # the test itself was about a flush
            with connection.schema_editor() as editor:
                first_rows.add_roles(apps, editor)
                api_tokens.let_roles_make_tokens(apps, editor)
                uploads.let_roles_import(apps, editor)

    TransactionTestCase._fixture_teardown = delete
    yield
    TransactionTestCase._fixture_teardown = flush


def delete_rows() -> None:
    """All but roles and what they may do, in whatever order: keys are looked at in the end."""
    kept = {model._meta.db_table for model in (ContentType, Permission, Group)}
    kept.add(Group.permissions.through._meta.db_table)
    tables = set(connection.introspection.django_table_names(only_existing=True)) - kept
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"
                for table in sorted(tables)
            )
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Each test client makes the middleware anew, and that looks at every file of every package."""
    files: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(self: WhiteNoiseMiddleware) -> None:
        if not files:
            look(self)
            files.update(self.files)
        self.files.update(files)

    WhiteNoiseMiddleware.add_files_from_finders = look_once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = look


@pytest.fixture(scope="session", autouse=True)
def sql_is_parsed_once() -> Iterator[None]:
    """Django parses the statement that made an SQLite table whenever it describes one."""
    parse = sqlparse.parse
    sqlparse.parse = cache(parse)
    yield
    sqlparse.parse = parse


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
