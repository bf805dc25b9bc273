"""What the cells of a staged row mean, with every fault by column."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from claims.exchange.cells import Column
from claims.exchange.columns import TABLES

from .staging import Staged

Refuse = Callable[[str, str], None]  # column, message


def parse(row: Staged, refuse: Refuse) -> None:
    """Fill `row.values`. Columns that the file does not have, and empty ones that leave it to
    what is there (`Column.told`), are not among them; nor are companions."""
    table, cells, values = row.table, row.cells, row.values
    for column, name, empty in _written(table.name):
        cell = cells.get(name)
        if cell:
            try:
                values[name] = column.parse(cell)  # type: ignore[misc]
            except ValueError as error:
                refuse(name, str(error))
        elif column.required:
            refuse(name, _("This is missing. %(about)s") % {"about": column.about})
        elif cell is not None and not column.told:
            values[name] = empty()
    if not row.key and not any(row.values.get(key) for key in table.keys):
        refuse(
            table.keys[0],
            _("Give it %(keys)s, or importing this file again would enter it twice.")
            % {"keys": _(" or ").join(table.keys)},
        )


@cache
def _written(table: str) -> list[tuple[Column, str, Callable[[], Any]]]:
    """The columns that are no companions, with their names and what an empty cell means: nothing,
    or the model's default where there has to be something."""
    columns = [each for each in TABLES[table].columns if each.parse is not None]
    return [(column, column.name, _empty(table, column)) for column in columns]


def _empty(table: str, column: Column) -> Callable[[], Any]:
    if column.many or column.told or column.required:
        return list
    field: Any = TABLES[table].model._meta.get_field(column.name)
    default: Callable[[], Any] = field.get_default
    return default


def changed_companions(row: Staged, there: Any) -> dict[str, str]:
    """Faults of companions, by column, that no longer say what an export would.

    Nothing is said of rows that moved on since they were exported: the file's author did not
    change those. `there` is the row as it stands.
    """
    seen = row.values.get("revision")
    if seen is not None and seen != there.revision:
        return {}
    faults = {}
    for column in row.table.columns:
        cell = row.cells.get(column.name)
        if column.parse is None and column.instead and cell:
            says = column.read(there, "")
            if cell.casefold() not in (says.casefold(), column.cell(there, "").casefold()):
                faults[column.name] = _(
                    "This column is only read, and says “%(says)s” now. %(instead)s"
                ) % {"says": says[:60], "instead": column.instead}
    return faults
