"""Many new rows of one table at once, on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)

FEW = 25  # rows up to which one INSERT costs less than a COPY


def insert(model: type[Row], rows: Iterable[Row], count: int | None = None) -> None:
    """Insert new rows, which have their primary keys or leave them to the database.

    Of many, PostgreSQL takes them by COPY, and those it gave a key do not learn of it. Where
    `count` says how many there are, they may be made while they are taken.
    """
    if count is None:
        rows = list(rows)
        count = len(rows)
    if goes_by_copy(count):
        _copy(model, iter(rows), connections[connection.alias])
    else:
        model._default_manager.bulk_create(rows)


@contextmanager
def inserting(model: type[Row], rows: Iterable[Row], count: int) -> Iterator[None]:
    """As `insert`, while what is done within, which must not ask the database, goes on.

    For a table whose index takes PostgreSQL longer than Python takes to make the rows. They are
    made in another thread, with whatever language is its own.
    """
    if not goes_by_copy(count):
        insert(model, rows, count)
        yield
        return
    database = connections[connection.alias]
    database.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:  # left, it is waited for
            copied = thread.submit(_copy, model, iter(rows), database)
            yield
        copied.result()
    finally:
        database.dec_thread_sharing()


def goes_by_copy(count: int) -> bool:
    """Are so many rows copied, and so need to have their keys before?"""
    return connection.vendor == "postgresql" and count > FEW


def _copy(model: type[Row], rows: Iterator[Row], database: Any) -> None:
    """`database` is no proxy, which would look for the thread's connection at every value."""
    first = next(rows)
    columns = _columns(model, keyed=first.pk is not None)
    quote = database.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns.fields)
    with (
        database.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy,
    ):
        for row in chain([first], rows):
            copy.write_row(columns.values(row, database))
            row._state.adding, row._state.db = False, database.alias


# Columns whose values PostgreSQL's driver takes as they stand on a row.
_PLAIN = {
    *(models.AutoField, models.BigAutoField, models.BooleanField, models.CharField),
    *(models.DateField, models.DateTimeField, models.DecimalField, models.IntegerField),
    *(models.BigIntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField),
    *(models.SlugField, models.TextField, models.UUIDField),
}


@dataclass(frozen=True)
class _Columns:
    """The columns of a table that a COPY fills; most can be read off a row in one go."""

    fields: Sequence[models.Field]
    read: Callable[[models.Model], Sequence[Any]]
    others: Sequence[tuple[int, models.Field]]  # by position, those that are not `_PLAIN`

    def values(self, row: models.Model, database: Any) -> Sequence[Any]:
        filled = [(at, field, field.pre_save(row, True)) for at, field in self.others]
        values = list(self.read(row))  # after pre_save has filled the companions of a column
        for at, field, value in filled:
            values[at] = field.get_db_prep_save(value, database)
        return values


@cache
def _columns(model: type[models.Model], *, keyed: bool) -> _Columns:
    fields = [each for each in model._meta.concrete_fields if keyed or not each.primary_key]
    return _Columns(
        fields=fields,
        read=attrgetter(*[each.attname for each in fields]),
        others=[(at, each) for at, each in enumerate(fields) if not _is_plain(each)],
    )


def _is_plain(field: models.Field) -> bool:
    if isinstance(field, models.ForeignKey):
        return _is_plain(field.target_field)
    reads_a_clock = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field) in _PLAIN and not reads_a_clock


def blank(model: type[Row], **columns: Any) -> Row:
    """A new row with these columns (a foreign key as its `attname`), the others as they are by
    default. As the constructor makes it, which takes ten times as long to ask each column."""
    shared, makers = _defaults(model)
    made = {name: make() for name, make in makers.items() if name not in columns}
    row = model.__new__(model)
    row.__dict__ |= {"_state": ModelState(), **shared, **made, **columns}
    return row


@cache
def _defaults(
    model: type[models.Model],
) -> tuple[Mapping[str, Any], Mapping[str, Callable[[], Any]]]:
    """What all new rows have in a column, and for the other columns what makes it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    makers = {
        name: each.get_default
        for name, each in fields.items()
        if each.has_default() and callable(each.default)
    }
    shared = {name: each.get_default() for name, each in fields.items() if name not in makers}
    return shared, makers


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
