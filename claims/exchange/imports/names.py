"""Speakers, sources, topics and collections that cells name by their slugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from claims.exchange.cells import Column
from claims.exchange.columns import TABLES
from claims.filter_fields import nearest
from claims.models import Reference, in_blocks

from .parsing import parse
from .staging import AT_ONCE, Stage, Staged, Staging

MOST_KEPT = 2_000  # rows of a table, beside those of one block
ALIKE = 1_000  # names that are looked through for the one that was meant

Known = dict[type[models.Model], dict[str, Any]]
_TABLE_OF: dict[type[models.Model], str] = {table.model: table.name for table in TABLES.values()}


class Waiting(Exception):
    """A row names another of the files that is still to come."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class PassedOver(Exception):
    """A row names another of the files that is refused, or that may have been lost."""


class Names:
    """The reference rows that a block of rows names: those that are there, and those that come
    with the same files, which until they are entered exist in memory alone.

    `known` are rows by slug from one block to the next, for as long as nothing becomes of them.
    """

    def __init__(
        self,
        staging: Staging,
        rows: Sequence[Staged],
        *,
        coming: Stage,
        hints: bool,
        known: Known,
    ) -> None:
        self._cut_short = staging.cut_short
        self._coming = coming  # rows at this stage are still to be gone through
        self._hints = hints
        wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
        for row in rows:
            for column, model in _naming(row.table.name):
                wanted[model].update(_slugs(row, column))
        self._known = known
        self._there: dict[type[models.Model], dict[str, Any]] = {}
        self._staged: dict[type[models.Model], dict[str, Staged]] = {}
        for model, slugs in wanted.items():
            kept = known.setdefault(model, {})
            if len(kept) > MOST_KEPT:
                kept.clear()
            new = slugs - kept.keys()
            self._there[model] = rows_by_slug(model, new)
            name = _TABLE_OF[model]
            self._staged[model] = staging.named(name, new) if name in staging.tables else {}

    def put_rows(self, row: Staged, refuse: Callable[[str, str], None]) -> None:
        """Put rows in place of the slugs in `row.values`. Raises `Waiting` and `PassedOver`."""
        for column, model in _naming(row.table.name):
            named = [self._row(column, model, slug, refuse) for slug in _slugs(row, column)]
            if column.name in row.values:
                row.values[column.name] = named if column.many else next(iter(named), None)

    def _row(
        self,
        column: Column,
        model: type[models.Model],
        slug: str,
        refuse: Callable[[str, str], None],
    ) -> Any:
        if known := self._known[model].get(slug):
            return known
        staged = self._staged[model].get(slug)
        if staged and staged.stage in (Stage.REFUSED, Stage.PASSED_OVER):
            raise PassedOver
        if there := self._there[model].get(slug):
            return self._known[model].setdefault(slug, there)
        if staged is None and _TABLE_OF[model] in self._cut_short:
            raise PassedOver
        if staged is None:
            refuse(column.name, unknown(model, slug, self._hints))
            return None
        if staged.stage == self._coming:
            raise Waiting(column.name)
        return self._known[model].setdefault(slug, _in_memory(staged))


@cache
def _naming(table: str) -> list[tuple[Column, type[models.Model]]]:
    return [
        (column, column.names)
        for column in TABLES[table].columns
        if column.names and issubclass(column.names, Reference)
    ]


def _slugs(row: Staged, column: Column) -> list[str]:
    value = row.values.get(column.name)
    return (value or []) if column.many else [] if value is None else [value]


def _in_memory(staged: Staged) -> Any:
    """A row that is still to be entered; whom it names in turn is of no account to a claim."""
    parse(staged, lambda column, message: None)
    names = {column.name for column, _model in _naming(staged.table.name)} | {"revision"}
    return staged.table.model(
        **{name: value for name, value in staged.values.items() if name not in names}
    )


def rows_by_slug(model: type[Any], slugs: Collection[str]) -> dict[str, Any]:
    rows = model._default_manager.all()
    return {
        row.slug: row for some in in_blocks(slugs, AT_ONCE) for row in rows.filter(slug__in=some)
    }


def unknown(model: type[Any], name: str | UUID, hint: bool = True) -> str:
    """That there is no such row, and with `hint`, for two queries, which may have been meant."""
    return _("There is no %(model)s “%(name)s”.%(hint)s") % {
        "model": model._meta.verbose_name,
        "name": name,
        "hint": alike(model, name) if hint else "",
    }


def alike(model: type[Any], name: str | UUID) -> str:
    """A hint at the row that was meant: of those that begin alike, or else of the first ones."""
    rows = model._default_manager.all()
    if isinstance(name, UUID):
        first = name.int >> 120 << 120
        begin = rows.filter(uid__range=(UUID(int=first), UUID(int=first | (1 << 120) - 1)))
        key = "uid"
    else:
        begin, key = rows.filter(slug__startswith=name[:2]), "slug"
    for candidates in (begin, rows):
        known = map(str, candidates.values_list(key, flat=True)[:ALIKE])
        if hint := nearest(str(name), known):
            return hint
    return ""
