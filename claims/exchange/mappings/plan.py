"""What a mapping comes to, once its TOML has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.exchange.columns import Table

from .templates import Template

TAKES = ("all", "first", "others")
BESIDE = ("first", "previous", "next")  # what rows of the same group are called

Cell = tuple[Template, ...]


@dataclass(frozen=True)
class Join:
    """A second file: `key` over its records finds those that `on` over ours asks for."""

    file: str
    key: Cell
    on: Cell
    records: str = ""


@dataclass(frozen=True)
class Each:
    """A list, what its items are called, and which of them are taken: one of `TAKES`."""

    path: str
    name: str
    take: str

    def taken(self, items: list[Any]) -> list[Any]:
        return {"first": items[:1], "others": items[1:]}.get(self.take, items)


@dataclass(frozen=True)
class Block:
    """How rows of one table are made."""

    table: Table
    where_from: str  # how faults call it
    cells: Mapping[str, Cell]
    extra: Mapping[str, Cell]
    each: tuple[Each, ...]
    where: tuple[Cell, ...]
    group: Cell
    by: Cell
    take: str
    changes: Cell
    of: str


@dataclass(frozen=True)
class Plan:
    """A mapping that was read."""

    name: str
    records: str
    joins: Mapping[str, Join]
    names: Mapping[str, Cell]
    maps: Mapping[str, Mapping[str, str]]
    leave_out: frozenset[str]
    blocks: tuple[Block, ...]

    def of_table(self, name: str) -> list[Block]:
        return [block for block in self.blocks if block.table.name == name]
