"""Keyset pages: a page starts where the last one ended, at any depth for the same price."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from claims.filter_fields import nearest
from claims.models import Collection, Source, Speaker, Topic

DEFAULT_SIZE, MAX_SIZE = 50, 200
PARAMETERS = ("cursor", "page_size", "ordering")


@dataclass(frozen=True)
class Ordering:
    """A column to sort by, with the primary key behind it. Where it is NULL, it sorts last."""

    column: str
    kind: type[date] | type[int] | type[str]
    nullable: bool = False

    @property
    def field(self) -> models.Field:
        fields = {date: models.DateField, int: models.BigIntegerField, str: models.CharField}
        return fields[self.kind]()

    def sorts(self, value: Any) -> bool:
        """Can `value`, as a cursor has it, stand in this column? May raise ValueError."""
        if value is None:
            return self.nullable
        if self.kind is int:
            return type(value) is int and 0 <= value < 2**63
        if not isinstance(value, str):
            return False
        return value.isprintable() if self.kind is str else bool(date.fromisoformat(value))

    def order_by(self, *, descending: bool) -> tuple[Any, ...]:
        column = F(self.column)
        if descending:
            return column.desc(nulls_last=self.nullable or None), "-pk"
        return column.asc(nulls_last=self.nullable or None), "pk"


CLAIM_ORDERINGS = {
    "said_on": Ordering("said_on_first", date),
    "due": Ordering("due_last", date, nullable=True),
    "changed": Ordering("ledger_number", int),
}
_BY_SLUG = {"slug": Ordering("slug", str)}
REFERENCE_ORDERINGS: dict[type[models.Model], dict[str, Ordering]] = {
    Speaker: _BY_SLUG,
    Source: _BY_SLUG | {"published_on": Ordering("published_on_first", date, nullable=True)},
    Topic: _BY_SLUG,
    Collection: _BY_SLUG | {"starts_on": Ordering("starts_on_first", date, nullable=True)},
}


def behind(ordering: Ordering, operator: str, value: Any, pk: int) -> Func[models.BooleanField]:
    """``(column, id) > (value, pk)``, compared as rows.

    The same said with OR is as slow as OFFSET, and Django's tuple lookups fall back to that on
    SQLite.
    """
    row = partial(Func, template="(%(expressions)s)", output_field=models.BooleanField())
    given = Value(value, ordering.field), Value(pk, models.BigIntegerField())
    return row(row(F(ordering.column), F("pk")), row(*given), arg_joiner=f" {operator} ")


@dataclass(frozen=True)
class Cursor:
    """The row that a page starts behind: its sort value (None: NULL), its primary key, and
    whether the page goes backwards from there."""

    ordering: str
    value: str | int | None
    pk: int
    backwards: bool = False

    def __str__(self) -> str:
        facts = [self.ordering, self.value, self.pk, int(self.backwards)]
        return base64.urlsafe_b64encode(json.dumps(facts).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str, orderings: dict[str, Ordering]) -> Self:
        """Raises ValueError where this is no cursor that such a list gave out."""
        facts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        ordering, value, pk, backwards = facts
        if not isinstance(pk, int) or not 0 < pk < 2**63 or backwards not in (0, 1):
            raise ValueError(text)
        if not orderings[ordering.removeprefix("-")].sorts(value):
            raise ValueError(text)
        return cls(ordering, value, pk, bool(backwards))


@dataclass(frozen=True)
class Page:
    rows: list[tuple]
    next: str | None
    previous: str | None


def page_of(
    queryset: QuerySet,
    request: Request,
    orderings: dict[str, Ordering],
    default: str,
    columns: tuple[Any, ...],
    *,
    place: str | None = None,
) -> Page:
    """One page of `queryset`, as tuples of its sort value, its primary key and `columns`.

    `place` is what ``as_of`` has become: all pages of one answer are as of the same.

    One query; a second one where a page runs from the rows with a sort value into those without.
    Raises ValidationError by parameter.
    """
    params = request.query_params
    column, descending = ordering_of(params, orderings, default)
    ordering = params.get("ordering", default)
    cursor = cursor_of(params, orderings, ordering)
    size = size_of(params)
    backwards = cursor is not None and cursor.backwards
    descending = descending != backwards  # a page that goes up the list walks it in reverse

    rows: list[tuple] = []
    for segment in _segments(column, cursor, backwards):
        if len(rows) > size:
            break
        rows += _within(queryset, segment, column, cursor, descending).values_list(
            column.column, "pk", *columns
        )[: size + 1 - len(rows)]
        cursor = None  # the next segment is taken from its start
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    came_from = "cursor" in params

    def address(row: tuple, *, back: bool) -> str:
        value = row[0].isoformat() if isinstance(row[0], date) else row[0]
        of_page = replace_query_param(
            request.build_absolute_uri(), "cursor", str(Cursor(ordering, value, row[1], back))
        )
        return replace_query_param(of_page, "as_of", place) if place else of_page

    has_next, has_previous = (came_from, more) if backwards else (more, came_from)
    return Page(
        rows,
        next=address(rows[-1], back=False) if rows and has_next else None,
        previous=address(rows[0], back=True) if rows and has_previous else None,
    )


VALUES, NULLS = "values", "nulls"


def _segments(column: Ordering, cursor: Cursor | None, backwards: bool) -> list[str]:
    """Rows with a sort value come before those without, whichever way the values run."""
    segments = [VALUES, NULLS] if column.nullable else [VALUES]
    if backwards:
        segments.reverse()
    if cursor is not None and column.nullable:
        return segments[segments.index(NULLS if cursor.value is None else VALUES) :]
    return segments


def _within(
    queryset: QuerySet, segment: str, column: Ordering, cursor: Cursor | None, descending: bool
) -> QuerySet:
    sign, operator = ("-", "<") if descending else ("", ">")
    if segment == NULLS:
        queryset = queryset.filter(**{f"{column.column}__isnull": True}).order_by(f"{sign}pk")
        if cursor is not None:
            queryset = queryset.filter(**{f"pk__{'lt' if descending else 'gt'}": cursor.pk})
        return queryset
    if column.nullable:
        queryset = queryset.filter(**{f"{column.column}__isnull": False})
    if cursor is not None:
        queryset = queryset.filter(behind(column, operator, cursor.value, cursor.pk))
    return queryset.order_by(f"{sign}{column.column}", f"{sign}pk")


def ordering_of(
    params: QueryDict, orderings: dict[str, Ordering], default: str
) -> tuple[Ordering, bool]:
    """What a list is to be sorted by, and whether descending."""
    ordering = params.get("ordering", default)
    if ordering.removeprefix("-") not in orderings:
        raise ValidationError(
            {
                "ordering": [
                    _("Give one of: %(known)s, with - before it for the reverse.%(nearest)s")
                    % {"known": ", ".join(orderings), "nearest": nearest(ordering, orderings)}
                ]
            }
        )
    return orderings[ordering.removeprefix("-")], ordering.startswith("-")


def cursor_of(params: QueryDict, orderings: dict[str, Ordering], ordering: str) -> Cursor | None:
    """Where a page of a list so ordered starts; None: at its beginning."""
    if "cursor" not in params:
        return None
    try:
        cursor = Cursor.parse(str(params["cursor"]), orderings)
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error, RecursionError):
        raise ValidationError(
            {"cursor": [_("This is no cursor of this list: take it from next or previous.")]}
        ) from None
    if cursor.ordering != ordering:
        raise ValidationError({"cursor": [_("This cursor belongs to another ordering.")]})
    return cursor


def size_of(params: QueryDict) -> int:
    text = params.get("page_size", str(DEFAULT_SIZE))
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= MAX_SIZE:
        raise ValidationError(
            {"page_size": [_("Give a whole number from 1 to %(most)d.") % {"most": MAX_SIZE}]}
        )
    return int(text)
