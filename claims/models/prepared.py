"""Queries that are asked all the time: what is the same each time is done once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import NotSupportedError, connections, router
from django.db.models import QuerySet, UUIDField

# In its place stands the value that is asked for.
_ANY = UUID(int=0)
_UID = UUIDField()


class Prepared:
    """The one row that a query has for a uid, as a tuple; compiled once, and on PostgreSQL parsed
    once for each connection and soon planned once.

    Of the text of one claim, compiling and planning are half of all that is done. `ask` gives the
    query for a uid, by whose value nothing else may change; its columns are integers and texts.
    """

    def __init__(self, ask: Callable[[UUID], QuerySet[Any, Any]]) -> None:
        self.ask = ask
        self.model = ask(_ANY).model
        # By alias of the database: the statement, and its values.
        self.compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def row(self, uid: UUID) -> tuple[Any, ...] | None:
        connection: Any = connections[router.db_for_read(self.model)]
        try:
            return self._row(connection, uid)
        except NotSupportedError:
            # A migration changed a column meanwhile. A new connection knows of no statement.
            if connection.in_atomic_block:
                raise
            connection.close()
            return self._row(connection, uid)

    def _row(self, connection: Any, uid: UUID) -> tuple[Any, ...] | None:
        if connection.alias not in self.compiled:
            self.compiled[connection.alias] = self._compile(connection)
        sql, params = self.compiled[connection.alias]
        stored = _UID.get_db_prep_value(uid, connection)
        prepares = connection.vendor == "postgresql"
        with connection.prepared_cursor() if prepares else connection.cursor() as cursor:
            cursor.execute(sql, [stored if each is _ANY else each for each in params])
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def _compile(self, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.ask(_ANY).query.get_compiler(connection.alias).as_sql()
        stored = _UID.get_db_prep_value(_ANY, connection)
        return sql, tuple(_ANY if each == stored else each for each in params)


class Recurring:
    """Rows of queries that are asked again word for word, as dicts; each is compiled once.

    `ask` gives the query of a question, such as `values` makes them; its columns are integers and
    texts. There are as many questions as clients think of: at `MOST` it begins anew.
    """

    MOST = 500

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]]) -> None:
        self.ask = ask
        self.compiled: dict[Hashable, _Compiled] = {}

    def rows(self, question: Hashable, *args: Any) -> list[dict[str, Any]]:
        """For a question, which is all that the query of `args` follows from."""
        if (compiled := self.compiled.get(question)) is None:
            if len(self.compiled) >= self.MOST:
                self.compiled.clear()
            compiled = self.compiled[question] = _Compiled.of(self.ask(*args))
        return compiled.rows()


@dataclass(frozen=True)
class _Compiled:
    alias: str
    sql: str
    params: Sequence[Any]
    columns: Sequence[str]

    @classmethod
    def of(cls, asked: QuerySet[Any, Any]) -> _Compiled:
        sql, params = asked.query.get_compiler(asked.db).as_sql()
        columns = [*asked.query.values_select, *asked.query.annotation_select]
        return cls(asked.db, sql, params, columns)

    def rows(self) -> list[dict[str, Any]]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return [dict(zip(self.columns, row, strict=True)) for row in cursor.fetchall()]
