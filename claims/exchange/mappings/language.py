"""Reading a mapping: what its TOML may say, with every fault by name."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from claims.exchange.columns import TABLES, Table
from claims.filter_fields import nearest

from .plan import BESIDE, TAKES, Block, Cell, Each, Join, Plan
from .templates import Template

BUILT_IN = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.toml"))}
_TOP = ("name", "records", "with", "names", "maps", "leave_out")
_OF_BLOCK = ("each", "where", "group", "by", "take", "changes", "of", "extra")


class MappingFault(ValueError):
    """A mapping says what it cannot say."""


def read_mapping(name: str) -> Plan:
    """A mapping of our own by its name, or a file. Raises `MappingFault` and OSError."""
    path = BUILT_IN.get(name) or Path(name)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        known = ", ".join(BUILT_IN)
        raise MappingFault(
            _("There is no file %(name)s, nor a mapping of that name: %(known)s.%(nearest)s")
            % {"name": name, "known": known, "nearest": nearest(name, BUILT_IN)}
        ) from None
    except UnicodeDecodeError:
        raise MappingFault(_("%(file)s: save it as UTF-8.") % {"file": path.name}) from None
    try:
        return parse_mapping(text)
    except (MappingFault, tomllib.TOMLDecodeError) as fault:
        raise MappingFault(f"{path.name}: {fault}") from fault


def parse_mapping(text: str) -> Plan:
    """Raises `MappingFault` and `tomllib.TOMLDecodeError`."""
    said = tomllib.loads(text)
    _known(said, (*_TOP, *TABLES), "")
    maps = _tables(said.get("maps", {}), "maps")
    plan = Plan(
        name=_text(said.get("name"), "name"),
        records=_text(said.get("records", ""), "records", empty=True),
        joins={
            name: _join(join, f"with.{name}")
            for name, join in _tables(said.get("with", {}), "with").items()
        },
        names={
            name: _cell(value, f"names.{name}")
            for name, value in _table(said.get("names", {}), "names").items()
        },
        maps={
            name: {
                key: _text(value, f"maps.{name}.{key}", empty=True) for key, value in each.items()
            }
            for name, each in maps.items()
        },
        leave_out=frozenset(_texts(said.get("leave_out", []), "leave_out")),
        blocks=tuple(
            _block(TABLES[name], block, f"{name}[{number}]" if number else name)
            for name in TABLES
            for number, block in enumerate(_several(said.get(name, [])))
        ),
    )
    if not plan.blocks:
        raise MappingFault(
            _("It maps nothing: give one of these tables: %(tables)s.")
            % {"tables": ", ".join(TABLES)}
        )
    _check_references(plan)
    return plan


def _block(table: Table, said: Any, where: str) -> Block:
    said = _table(said, where)
    columns = [column.name for column in table.columns if column.parse]
    _known(said, (*_OF_BLOCK, *columns), where)
    cells = {
        name: _cell(said[name], f"{where}.{name}")
        for name in columns
        if name in said and name not in _OF_BLOCK
    }
    if not any(key in cells for key in table.keys):
        raise MappingFault(
            _("%(where)s: give it %(keys)s, which its rows go by.")
            % {"where": where, "keys": _(" or ").join(table.keys)}
        )
    if missing := next(
        (each for each in table.columns if each.required and each.name not in cells), None
    ):
        raise MappingFault(
            _("%(where)s.%(name)s is missing. %(about)s")
            % {"where": where, "name": missing.name, "about": missing.about}
        )
    if "extra" in said and "extra" not in columns:
        raise MappingFault(_("%(where)s: only claims have an extra.") % {"where": where})
    if "by" in said and "group" not in said:
        raise MappingFault(_("%(where)s.by orders a group: say which.") % {"where": where})
    each = said.get("each", [])
    block = Block(
        table=table,
        where_from=where,
        cells=cells,
        extra=_extra(said.get("extra", {}), f"{where}.extra"),
        each=tuple(_each(text, f"{where}.each") for text in _texts(each, f"{where}.each")),
        where=tuple(_cell(each, f"{where}.where") for each in _several(said.get("where", []))),
        group=_cell(said.get("group", []), f"{where}.group"),
        by=_cell(said.get("by", []), f"{where}.by"),
        take=_text(said.get("take", "all"), f"{where}.take"),
        changes=_cell(said.get("changes", []), f"{where}.changes"),
        of=_text(said.get("of", ""), f"{where}.of", empty=True),
    )
    if block.take not in TAKES or ((block.take != "all" or block.changes) and not block.group):
        raise MappingFault(
            _("%(where)s: with a group, “take” is one of %(takes)s, and “changes” a template.")
            % {"where": where, "takes": ", ".join(TAKES)}
        )
    return block


def _check_references(plan: Plan) -> None:
    """Maps, blocks and names that are spoken of are there, and no name leads back to itself."""
    cells = [
        *((f"names.{name}", cell) for name, cell in plan.names.items()),
        *((f"with.{name}", (*join.key, *join.on)) for name, join in plan.joins.items()),
    ]
    for block in plan.blocks:
        where = block.where_from
        if block.of and not plan.of_table(block.of):
            raise MappingFault(
                _("%(where)s.of: no rows of that table are made.") % {"where": where}
            )
        if block.of and list(TABLES).index(block.of) >= list(TABLES).index(block.table.name):
            raise MappingFault(
                _("%(where)s.of: its rows are made later than these.") % {"where": where}
            )
        cells += [(f"{where}.{name}", cell) for name, cell in block.cells.items()]
        cells += [(f"{where}.extra.{name}", cell) for name, cell in block.extra.items()]
        cells += [(where, cell) for cell in (*block.where, block.group, block.by, block.changes)]
    for where, cell in cells:
        for template in cell:
            for name in template.maps:
                if name not in plan.maps:
                    raise MappingFault(
                        _("%(where)s: there is no [maps.%(name)s].%(nearest)s")
                        % {"where": where, "name": name, "nearest": nearest(name, plan.maps)}
                    )
    for name, join in plan.joins.items():
        for template in join.key:
            for path in template.paths:
                if path in plan.names or path.partition(".")[0] in plan.joins:
                    raise MappingFault(
                        _("with.%(name)s.key is about its own records: name a field of those.")
                        % {"name": name}
                    )
        _check_round(plan, f"with.{name}", join.on, [])
    for name, cell in plan.names.items():
        _check_round(plan, f"names.{name}", cell, [])


def _check_round(plan: Plan, where: str, cell: Cell, behind: list[str]) -> None:
    if where in behind:
        raise MappingFault(_("%(where)s leads back to itself.") % {"where": where})
    for template in cell:
        for path in template.paths:
            head, _dot, rest = path.partition(".")
            while head in BESIDE:
                path = rest
                head, _dot, rest = path.partition(".")
            if path in plan.names:
                _check_round(plan, f"names.{path}", plan.names[path], [*behind, where])
            elif head in plan.joins:
                _check_round(plan, f"with.{head}", plan.joins[head].on, [*behind, where])


def _join(said: Any, where: str) -> Join:
    said = _table(said, where)
    _known(said, ("file", "key", "on", "records"), where)
    return Join(
        file=_text(said.get("file"), f"{where}.file"),
        key=_cell(said.get("key"), f"{where}.key"),
        on=_cell(said.get("on"), f"{where}.on"),
        records=_text(said.get("records", ""), f"{where}.records", empty=True),
    )


def _extra(said: Any, where: str) -> dict[str, Cell]:
    if isinstance(said, list):
        return {path: _cell(f"{{{path}|join}}", where) for path in _texts(said, where)}
    return {name: _cell(cell, f"{where}.{name}") for name, cell in _table(said, where).items()}


def _each(text: str, where: str) -> Each:
    path, _as, name = text.partition(" as ")
    take, is_part, rest = path.partition(" of ")
    if is_part and take in TAKES:
        path = rest
    else:
        take = "all"
    if not (path.strip() and name.strip().isidentifier()):
        raise MappingFault(
            _("%(where)s: write “quotes as quote”, not “%(text)s”.")
            % {"where": where, "text": text}
        )
    return Each(path.strip(), name.strip(), take)


def _cell(said: Any, where: str) -> Cell:
    """A template, or several."""
    templates = []
    for text in _texts(said, where):
        try:
            templates.append(Template.parse(text))
        except ValueError as fault:
            raise MappingFault(f"{where}: {fault}") from fault
    return tuple(templates)


def _texts(said: Any, where: str) -> list[str]:
    return [_text(each, where, empty=True) for each in _several(said)]


def _several(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _text(said: Any, where: str, *, empty: bool = False) -> str:
    if not isinstance(said, str) or not (said or empty):
        raise MappingFault(_("%(where)s is missing, or no text.") % {"where": where})
    return said


def _table(said: Any, where: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise MappingFault(_("%(where)s is no table of TOML.") % {"where": where})
    return said


def _tables(said: Any, where: str) -> dict[str, dict[str, Any]]:
    return {name: _table(each, f"{where}.{name}") for name, each in _table(said, where).items()}


def _known(said: Iterable[str], known: Collection[str], where: str) -> None:
    for name in said:
        if name not in known:
            raise MappingFault(
                _("%(name)s: there is no such key.%(nearest)s")
                % {
                    "name": f"{where}.{name}" if where else name,
                    "nearest": nearest(name, known),
                }
            )
