"""The texts of cells, made by the database: the same on either engine as a column's `read` gives.

An export then neither makes a model of each row nor looks up what hangs on it: PostgreSQL copies
the texts out as they are. NULL is an empty cell. None of it takes parameters from outside.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Func, Q, Subquery, TextField, Value, When

# A spreadsheet takes a cell that begins with one of these for a formula, or hides it.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


class Text(Func):
    """SQL on each engine; `sqlite` where that one differs."""

    template = "%(expressions)s"
    sqlite = ""
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self.sqlite or self.template
        return self.as_sql(compiler, connection, template=template, **context)


class Filled(Text):
    """NULL for an empty text."""

    template = "NULLIF(%(expressions)s, '')"


class Guarded(Text):
    """As `cells.guarded`."""

    template = (
        "CASE WHEN substr(%(expressions)s, 1, 1) IN ({}) THEN '''' || %(expressions)s"
        " ELSE %(expressions)s END"
    ).format(", ".join("'{}'".format(each.replace("'", "''")) for each in RISKY))


class WrittenNumber(Text):
    template = "CAST(%(expressions)s AS text)"


class WrittenDay(Text):
    template = "to_char(%(expressions)s, 'YYYY-MM-DD')"  # whatever the server's DateStyle
    sqlite = "%(expressions)s"


class WrittenInstant(Text):
    """As ``datetime.isoformat``, in UTC."""

    template = (
        "replace(to_char(%(expressions)s AT TIME ZONE 'UTC',"
        """ 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), '.000000', '')"""
    )
    sqlite = "replace(%(expressions)s, ' ', 'T') || '+00:00'"


class WrittenUid(Text):
    template = "CAST(%(expressions)s AS text)"
    sqlite = " || '-' || ".join(
        f"substr(%(expressions)s, {start}, {length})"
        for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    )


class SecondWord(Text):
    """Of a quantity as written: its value, exactly."""

    template = "split_part(%(expressions)s, ' ', 2)"
    sqlite = (
        "substr(%(expressions)s, instr(%(expressions)s, ' ') + 1,"
        " instr(substr(%(expressions)s, instr(%(expressions)s, ' ') + 1), ' ') - 1)"
    )


class InCodePoints(Text):
    """To be sorted by, as Python sorts."""

    template = '%(expressions)s COLLATE "C"'
    sqlite = "%(expressions)s"


class ArrayOfTexts(Text):
    """A JSON column that holds texts, as a JSON array without blanks."""

    template = "NULLIF(array_to_json(ARRAY(SELECT jsonb_array_elements_text(%(expressions)s)))::text, '[]')"  # noqa: E501
    sqlite = "NULLIF((SELECT json_group_array(value) FROM json_each(%(expressions)s)), '[]')"


class ObjectOfTexts(Text):
    """A JSON column that holds texts by name, as a JSON object without blanks, by name."""

    template = (
        "(SELECT '{' || string_agg(to_json(key)::text || ':' || to_json(value)::text, ','"
        """ ORDER BY key COLLATE "C") || '}' FROM jsonb_each_text(%(expressions)s))"""
    )
    sqlite = (
        "NULLIF((SELECT json_group_object(key, value) FROM"
        " (SELECT key, value FROM json_each(%(expressions)s) ORDER BY key)), '{}')"
    )


class ArrayOfRows(Subquery):
    """The ``cell`` of each row, as a JSON array without blanks."""

    template = "NULLIF(array_to_json(ARRAY(%(subquery)s))::text, '[]')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "NULLIF((SELECT json_group_array(cell) FROM (%(subquery)s)), '[]')"
        return self.as_sql(compiler, connection, template=template)


def true_where(condition: Q, otherwise: str = "false") -> Case:
    return Case(When(condition, then=Value("true")), default=Value(otherwise))


def unmarked(period: str) -> Q:
    """The condition that a fuzzy date carries neither ``~`` nor ``?``."""
    return ~Q(**{f"{period}__contains": "~"}) & ~Q(**{f"{period}__contains": "?"})


def address_of_claim(site_url: str) -> Any:
    return Between(Value(f"{site_url}/api/v1/claims/"), WrittenUid(F("uid")), Value("/"))


class Between(Text):
    """Texts, one after the other; NULL where one is."""

    arg_joiner = " || "
