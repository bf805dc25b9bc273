"""Where a text stands in the database: in any table of it, however it is spelled there."""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

from django.contrib.sessions.models import Session
from django.db import connection

from claims.search import index

# Columns of these types hold no words; what Django has no name for (a search vector) may.
NO_TEXT = frozenset(
    {
        *("AutoField", "BigAutoField", "SmallAutoField", "BooleanField", "UUIDField"),
        *("IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField"),
        *("PositiveBigIntegerField", "PositiveSmallIntegerField", "DecimalField", "FloatField"),
        *("DateField", "DateTimeField", "TimeField", "DurationField"),
    }
)

# The object whose names somebody chose; those of all others are words of the code.
NAMED_BY_PEOPLE = "extra"

# Columns of text that the code fills with JSON, and nobody with prose.
JSON = frozenset(
    {
        *(("claims_change", name) for name in ("record", "fields_changed")),
        *(("claims_claimdocument", name) for name in ("summary", "timeline")),
        ("claims_speaker", "aliases"),
        ("claims_claim", "extra"),
        ("claims_idempotencykey", "body"),
        ("django_admin_log", "change_message"),
    }
)


@dataclass(frozen=True, order=True)
class Place:
    """A column of a row. `row` is its primary key as text; empty where the table has none."""

    table: str
    column: str
    row: str


class Wanted:
    """A text to look for, exactly as given, and as addresses, HTML and JSON spell it."""

    def __init__(self, text: str) -> None:
        self.text = text
        # The longest first, so that taking one out leaves no half of another.
        known = {text, html.escape(text), quote(text), quote(text, safe=""), quote_plus(text)}
        self.spellings = sorted(known, key=len, reverse=True)
        self.stored = {
            stored
            for each in known
            for stored in (each, json.dumps(each)[1:-1], json.dumps(each, ensure_ascii=False)[1:-1])
        }

    def is_in(self, value: Any, *, is_json: bool = False, column: str = "") -> bool:
        """Is it in a text, or in one of the values of a structure, that stands in a column?

        A text that `is_json` is only taken for what it says: an escaped line feed before “ews” is
        no “news”, and its keys are words of the code. Any other may be both.
        """
        parsed = _parsed(value) if is_json and isinstance(value, str) else None
        return self._is_within({column: value if parsed is None else parsed})

    def _is_within(self, value: Any) -> bool:
        if isinstance(value, str):
            plain = any(each in value for each in self.spellings)
            return plain or self._is_within(_parsed(value))
        if isinstance(value, dict):
            names = value.get(NAMED_BY_PEOPLE)
            return any(self._is_within(each) for each in value.values()) or (
                isinstance(names, dict) and any(map(self._is_within, names))
            )
        return isinstance(value, list) and any(self._is_within(each) for each in value)

    def replaced_in(self, value: Any, mark: str, *, is_json: bool = False) -> Any:
        """`value` with `mark` in its place."""
        if isinstance(value, str):
            if not is_json or _parsed(value) is None:
                for each in self.spellings:
                    value = value.replace(each, mark)
            parsed = _parsed(value)
            if parsed is not None and self._is_within(parsed):
                return json.dumps(self.replaced_in(parsed, mark))
            return value
        if isinstance(value, dict):
            return {name: self.replaced_in(each, mark) for name, each in value.items()}
        if isinstance(value, list):
            return [self.replaced_in(each, mark) for each in value]
        return value


def _parsed(text: str) -> Any:
    """What a JSON object or array says; None: it is plain text."""
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True)
class Table:
    """A table that has columns which may hold words; `key` is None where it has no primary key."""

    name: str
    key: str | None
    columns: list[str]


def tables_with_text() -> list[Table]:
    """As the database itself has them; it takes longer to say so than to be looked through."""
    introspection: Any = connection.introspection
    tables = []
    with connection.cursor() as cursor:
        for name in sorted(introspection.table_names(cursor)):
            # Search has its texts folded, of whatever was written alike, and they are made anew.
            if name.startswith(index.INDEX):
                continue
            if columns := _columns_with_text(cursor, name):
                key = introspection.get_primary_key_column(cursor, name)
                tables.append(Table(name, key, columns))
    return tables


def find(
    wanted: Wanted, tables: Iterable[Table], *, beside: Collection[str] = ()
) -> Iterator[Place]:
    """Every place where it stands, in all `tables` but those named `beside`."""
    for table in tables:
        if table.name not in beside:
            yield from _find_in(table, wanted)
    for session in Session.objects.iterator():  # signed and packed: no SQL looks into it
        if wanted.is_in(session.get_decoded()):
            yield Place(Session._meta.db_table, "session_data", session.session_key)


def _find_in(table: Table, wanted: Wanted) -> Iterator[Place]:
    name = connection.ops.quote_name
    # Not LIKE, which on SQLite takes A for a.
    position = "instr" if connection.vendor == "sqlite" else "strpos"
    texts = [f"CAST({name(column)} AS text)" for column in table.columns]
    stored = sorted(wanted.stored)
    tests = [f"{position}({text}, %s) > 0" for text in texts for _each in stored]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name(table.key) if table.key else 'NULL'}, {', '.join(texts)}"  # noqa: S608
            f" FROM {name(table.name)} WHERE {' OR '.join(tests)}",  # (names of the database's)
            stored * len(texts),
        )
        for row, *values in cursor:
            for column, value in zip(table.columns, values, strict=True):
                is_json = (table.name, column) in JSON
                if value is not None and wanted.is_in(value, is_json=is_json, column=column):
                    yield Place(table.name, column, "" if row is None else str(row))


def _columns_with_text(cursor: Any, table: str) -> list[str]:
    introspection: Any = connection.introspection
    columns = []
    for column in introspection.get_table_description(cursor, table):
        try:
            kind = introspection.get_field_type(column.type_code, column)
        except KeyError:
            kind = ""
        if kind not in NO_TEXT:
            columns.append(column.name)
    return columns
