"""Many new rows of one table at once, on either engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from django.db import connection, connections, models

Row = TypeVar("Row", bound=models.Model)

FEW = 25  # rows up to which one INSERT costs less than a COPY


def insert(model: type[Row], rows: Iterable[Row], count: int | None = None) -> None:
    """Insert new rows, which have their primary keys or leave them to the database.

    Of many, PostgreSQL takes them by COPY, and those it gave a key do not learn of it. Where
    `count` says how many there are, they may be made while they are taken: it works meanwhile.
    """
    if count is None:
        rows = list(rows)
        count = len(rows)
    if goes_by_copy(count):
        _copy(model, iter(rows))
    else:
        model._default_manager.bulk_create(rows)


def goes_by_copy(count: int) -> bool:
    """Are so many rows copied, and so need to have their keys before?"""
    return connection.vendor == "postgresql" and count > FEW


def _copy(model: type[Row], rows: Iterator[Row]) -> None:
    first = next(rows)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and getattr(first, field.attname) is None)
    ]
    # pre_save fills the companions of a column, which come after it.
    columns = [(field.pre_save, field.get_db_prep_save) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    # Not the proxy, which looks for the thread's connection at every value.
    database: Any = connections[connection.alias]
    with (
        database.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy,
    ):
        for row in chain([first], rows):
            copy.write_row([prepare(value(row, True), database) for value, prepare in columns])
            row._state.adding, row._state.db = False, connection.alias


def draw_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys for `count` new rows, in order, that no other row gets.

    To be asked within `locked_ledger`: on SQLite nobody else inserts then. One query, or none.
    """
    if not count:
        return ()
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # SQLite notes there the highest key that there ever was; a table that had none is missing.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        ((last,),) = cursor.fetchall() or ((0,),)
    return range(last + 1, last + 1 + count)
