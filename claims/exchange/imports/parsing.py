"""What the cells of a staged row mean, with every fault by column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from claims.exchange.cells import Column
from claims.exchange.columns import Table

from .staging import Staged

Refuse = Callable[[str, str], None]  # column, message


def parse(row: Staged, refuse: Refuse) -> None:
    """Fill `row.values`. Columns that the file does not have, and empty ones that leave it to
    what is there (`Column.told`), are not among them; nor are companions."""
    table = row.table
    for column in table.columns:
        cell = row.cells.get(column.name)
        if column.parse is None or (cell is None and not column.required):
            continue
        if cell:
            try:
                row.values[column.name] = column.parse(cell)
            except ValueError as error:
                refuse(column.name, str(error))
        elif column.required:
            refuse(column.name, _("This is missing. %(about)s") % {"about": column.about})
        elif not column.told:
            row.values[column.name] = _empty(table, column)
    if not row.key and not any(row.values.get(key) for key in table.keys):
        refuse(
            table.keys[0],
            _("Give it %(keys)s, or importing this file again would enter it twice.")
            % {"keys": _(" or ").join(table.keys)},
        )


def _empty(table: Table, column: Column) -> Any:
    """What an empty cell means: nothing, or the model's default where there has to be something."""
    if column.many:
        return []
    defaults: Any = table.model._meta.get_field(column.name)
    return defaults.get_default()


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
