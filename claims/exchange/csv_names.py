"""Slugs and uids in cells, and the rows that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from claims.filter_fields import nearest
from claims.models import Reference

from .cells import Column
from .csv_files import File, Row
from .csv_run import Run

ALIKE = 1_000  # names that are looked through for the one that was meant


def with_rows_for_names(run: Run, file: File, rows: Sequence[Row]) -> list[Row]:
    """`rows` with rows in place of the slugs and uids in them, but for those with faults."""
    naming = [(column, column.names) for column in file.columns if column.names]
    wanted: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
    for column, model in naming:
        for row in rows:
            wanted[model].update(names_in(row, column))
    found = {model: rows_by_key(model, keys) for model, keys in wanted.items()}
    return [row for row in rows if _put_rows_for_names(run, file, row, naming, found)]


def _put_rows_for_names(
    run: Run,
    file: File,
    row: Row,
    naming: Sequence[tuple[Column, type[models.Model]]],
    found: Mapping[type[models.Model], Mapping[Any, models.Model]],
) -> bool:
    good = True
    for column, model in naming:
        named = []
        for name in names_in(row, column):
            if name in found[model] and name not in run.refused[model]:
                named.append(found[model][name])
                continue
            good = False
            if name not in run.refused[model] and model not in run.unread:
                run.refuse(file, row, column.name, _unknown(run, model, name))
        if column.many and column.name in row.values:
            row.values[column.name] = named
        elif named:
            row.values[column.name] = named[0]
    if not good:
        run.pass_over(file, row)
    return good


def _unknown(run: Run, model: type[models.Model], name: str | UUID) -> str:
    hint = "" if run.faults.full else alike(model, name)
    return _("There is no %(model)s “%(name)s”.%(hint)s") % {
        "model": model._meta.verbose_name,
        "name": name,
        "hint": hint,
    }


def names_in(row: Row, column: Column) -> list[Any]:
    """The slugs or uids in a cell, while no rows stand for them."""
    value = row.values.get(column.name)
    return (value or []) if column.many else [] if value is None else [value]


def rows_by_key(model: type[Any], keys: Collection[Any]) -> dict[Any, Any]:
    if issubclass(model, Reference):
        return {row.slug: row for row in model._default_manager.filter(slug__in=keys)}
    return {row.uid: row for row in model._default_manager.filter(uid__in=keys)}


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
