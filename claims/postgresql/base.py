from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, OperationalError


class _PreparedCursor(base.ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Any:
        # Only here: with a threshold psycopg keeps the last hundred statements of every cursor,
        # those that carry an upload too.
        connection: Connection = self.connection  # type: ignore[attr-defined]
        connection.prepare_threshold = 0
        try:
            return super().execute(query, params, prepare=True, **kwargs)  # type: ignore[misc]
        finally:
            connection.prepare_threshold = None


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(cursor, _PreparedCursor):  # psycopg keeps no text of it
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is asked for its health only where its socket has something to say.

    Django asks ``SELECT 1`` before the first query of each request, which for one claim is half of
    what the database is asked. A server that closes a connection sends word of it, and of an idle
    connection hardly anything else is to be read.
    """

    ops_class = DatabaseOperations

    def close_if_health_check_failed(self) -> None:
        if self.connection and not self.health_check_done and not _has_word(self.connection):
            self.health_check_done: bool = (
                True  # until the request ends: it may be in a transaction
            )
        super().close_if_health_check_failed()

    def prepared_cursor(self) -> CursorWrapper:
        """A cursor whose statements the server parses once for a connection, and soon plans once.

        Only for what is best planned the same way whatever its values.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(_PreparedCursor(self.connection))  # type: ignore


def _has_word(connection: Connection) -> bool:
    """Whether there is anything to read from the server, if only that it hung up."""
    poll = select.poll()
    try:
        poll.register(connection.pgconn.socket, select.POLLIN)
    except OperationalError:  # closed on our side
        return True
    return bool(poll.poll(0))
