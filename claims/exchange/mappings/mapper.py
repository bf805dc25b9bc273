"""`Mapper`: somebody's files by a mapping into `Sheet`s of our tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from django.db import models
from django.utils.translation import gettext as _

from claims.exchange.cells import Column
from claims.exchange.columns import TABLES, Table
from claims.exchange.imports.sheets import Fault, Row, Sheet, Unreadable
from claims.filter_fields import nearest
from claims.models import Reference

from .contexts import Context, Sources
from .fields import OURS, bindings, fields_of, kept_whole
from .language import MappingFault
from .names import Namer
from .plan import Block, Cell, Plan
from .records import leaves, read_records
from .report import Made, Report, Seen
from .templates import several

_TABLE_OF: dict[type[models.Model], str] = {table.model: name for name, table in TABLES.items()}


class Mapper:
    """Reads the files; `sheets` then yields their rows, and `report` says what came into none.

    The records stand in memory. Raises `MappingFault`, `Unreadable` and OSError.
    """

    def __init__(self, plan: Plan, path: Path, joined: Mapping[str, Path] | None = None) -> None:
        if unknown := next((name for name in joined or {} if name not in plan.joins), None):
            raise MappingFault(
                _("The mapping joins no “%(name)s”.%(nearest)s")
                % {"name": unknown, "nearest": nearest(unknown, plan.joins)}
            )
        files = {
            name: (joined or {}).get(name, path.parent / join.file)
            for name, join in plan.joins.items()
        }
        self.plan = plan
        self._files = {OURS: path.name} | {name: file.name for name, file in files.items()}
        try:
            self._sources = Sources(
                plan,
                list(read_records(path, plan.records)),
                {
                    name: list(read_records(file, plan.joins[name].records))
                    for name, file in files.items()
                },
            )
        except ValueError as fault:  # a key that cannot be made
            raise Unreadable(Fault(path.name, 1, "", str(fault))) from fault
        self._namer = Namer(plan.name)
        self._rows: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._made_of: defaultdict[str, list[Context]] = defaultdict(list)

    def sheets(self) -> Iterator[Sheet]:
        """One for each block, in the order in which tables name each other; read them in turn."""
        for block in self.plan.blocks:
            yield Sheet(block.table, self._files[self._file_of(block)], self._rows_of(block))

    @property
    def report(self) -> Report:
        """What was not mapped: complete when all rows of all sheets have been read."""
        report = self._sources.report
        report.unread.clear()
        report.missing.clear()
        report.not_asked_for.clear()
        self._sources.note_not_asked_for()
        read, whole = fields_of(self.plan), kept_whole(self.plan)
        for name, records in self._sources.all_records():
            there: dict[str, Seen] = {}
            for record in records:
                for path, text in leaves(record.value):
                    there.setdefault(path, Seen()).note(record.file, record.line, text)
            for path, seen in there.items():
                if (name, path) not in read and not self._is_left_out(name, path, whole):
                    report.unread[self._files[name], path] = seen
            for file, path in sorted(read):
                begun = (each == path or each.startswith(f"{path}.") for each in there)
                if file == name and path and not any(begun):
                    report.missing[self._files[name], path] = nearest(path, there)
        return report

    def _is_left_out(self, name: str, path: str, whole: set[tuple[str, str]]) -> bool:
        """On purpose; or it is within a field that is kept as a whole."""
        names = path.split(".")
        above = [".".join(names[:length]) for length in range(1, len(names) + 1)]
        return any(
            (f"{name}.{each}" if name else each) in self.plan.leave_out or (name, each) in whole
            for each in above
        )

    def _file_of(self, block: Block) -> str:
        """The file that the lines of its rows are of."""
        if block.each:
            return bindings(self.plan, block)[block.each[-1].name][0]
        return self._file_of(self.plan.of_table(block.of)[0]) if block.of else OURS

    # Rows

    def _rows_of(self, block: Block) -> Iterator[Row]:
        made = self._sources.report.made.setdefault(block.where_from, Made())
        rows = self._rows[block.table.name]
        for context in self._contexts(block, made):
            if isinstance(context, Row):
                yield context
                continue
            row = self._row(block, context)
            key = next((row.cells[key] for key in block.table.keys if row.cells.get(key)), "")
            if not row.fault and key in rows:
                differing = [
                    name for name, cell in row.cells.items() if rows[key].get(name) != cell
                ]
                made.same += 1
                if differing:
                    example = f"{differing[0]} {row.cells[differing[0]]}"
                    made.other.note(context.place.file, row.line, example)
                continue
            if key and not row.fault:
                rows[key] = row.cells
                self._made_of[block.table.name].append(context)
            made.rows += 1
            yield row

    def _row(self, block: Block, context: Context) -> Row:
        cells: dict[str, str] = {}
        for name, cell in block.cells.items():
            try:
                cells[name] = self._cell(block.table, block.table.by_name[name], cell, context)
            except ValueError as fault:
                return Row(context.place.line, cells, str(fault), name)
        if "extra" in block.table.by_name:
            try:
                extra = {
                    name: _one(name, context.one_of(cell)) for name, cell in block.extra.items()
                }
            except ValueError as fault:
                return Row(context.place.line, cells, str(fault), "extra")
            filled = {name: text for name, text in extra.items() if text}
            cells["extra"] = json.dumps(filled, ensure_ascii=False) if filled else ""
        return Row(context.place.line, cells)

    def _cell(self, table: Table, column: Column, cell: Cell, context: Context) -> str:
        if column.json == "array":
            texts = [self._named(table, column, text) for text in context.all_of(cell)]
            return json.dumps(list(dict.fromkeys(texts)), ensure_ascii=False) if texts else ""
        text = _one(column.name, context.one_of(cell))
        return self._named(table, column, text) if text else ""

    def _named(self, table: Table, column: Column, text: str) -> str:
        """In place of somebody else's name for a row, ours."""
        if column.name in ("slug", "id"):
            of: type[models.Model] | None = table.model
        else:
            of = column.names
        if of is None:
            return text
        make = self._namer.slug if issubclass(of, Reference) else self._namer.uid
        return make(_TABLE_OF[of], text)

    # What rows are made of

    def _contexts(self, block: Block, made: Made) -> Iterator[Context | Row]:
        """In order; a row with a fault where one cannot be told."""
        groups: defaultdict[str, list[tuple[str, Context]]] = defaultdict(list)
        for number, context in enumerate(self._all_contexts(block)):
            try:
                if not all(context.one_of(cell) for cell in block.where):
                    made.left_out.note(context.place.file, context.place.line)
                    continue
                group = _one("group", context.one_of(block.group)) if block.group else str(number)
                groups[group].append((_one("by", context.one_of(block.by)), context))
            except ValueError as fault:
                yield Row(context.place.line, {}, str(fault))
        for together in groups.values():
            if block.by:
                together.sort(key=lambda each: each[0])
            yield from _taken(block, [context for _order, context in together])

    def _all_contexts(self, block: Block) -> Iterator[Context]:
        if block.of:
            contexts = [replace(each, beside={}) for each in self._made_of[block.of]]
        else:
            contexts = [self._sources.alone(record) for record in self._sources.records]
        for each in block.each:
            contexts = [inner for outer in contexts for inner in outer.within(each)]
        yield from contexts


def _taken(block: Block, group: list[Context]) -> Iterator[Context]:
    """Of the rows of one group, those that the block takes, with what stands beside each."""
    if block.changes:
        said: list[str] | None = None
        changed = []
        for context in group:
            says = context.one_of(block.changes)
            if says != said:
                changed.append(context)
            said = says
        group = changed
    start, end = {"first": (0, 1), "others": (1, None)}.get(block.take, (0, None))
    beside = [*group, None]
    for place, context in list(enumerate(group))[start:end]:
        near = {"first": group[0], "previous": beside[place - 1], "next": beside[place + 1]}
        yield replace(context, beside={name: each for name, each in near.items() if each})


def _one(what: str, texts: list[str]) -> str:
    if len(texts) > 1:
        raise several(what, texts)
    return texts[0] if texts else ""
