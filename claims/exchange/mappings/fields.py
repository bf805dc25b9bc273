"""Which fields of the files a mapping speaks of, told from the mapping alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .plan import BESIDE, Block, Cell, Plan

OURS = ""  # the file that is mapped, beside those that are joined
Place = tuple[str, str]  # the name of a join, or `OURS`, and a path in its records
RECORD = "record"


def fields_of(plan: Plan) -> set[Place]:
    """Every field that a template names."""
    found: set[Place] = set()
    for block in plan.blocks:
        bound = bindings(plan, block)
        cells = [*block.cells.values(), *block.extra.values(), *block.where]
        for cell in (*cells, block.group, block.by, block.changes):
            found.update(_of_cell(plan, cell, bound))
        for each in block.each:  # what a join is asked by, but not the list itself
            found.update(list(_of_path(plan, each.path, bound))[:-1])
    for name, join in plan.joins.items():
        found.update((name, path) for template in join.key for path in template.paths)
    return found


def bindings(plan: Plan, block: Block) -> dict[str, Place]:
    """Where the items stand that a block's templates call by name."""
    bound: dict[str, Place] = {}
    if block.of:
        for other in plan.of_table(block.of):
            bound |= bindings(plan, other)
    for each in block.each:
        places = list(_of_path(plan, each.path, bound))
        bound[each.name] = places[-1] if places else (OURS, each.path)
    return bound


def _of_cell(plan: Plan, cell: Cell, bound: Mapping[str, Place]) -> Iterator[Place]:
    for template in cell:
        for path in template.paths:
            yield from _of_path(plan, path, bound)


def _of_path(plan: Plan, path: str, bound: Mapping[str, Place]) -> Iterator[Place]:
    """The field itself comes last; before it, those that a join is asked by."""
    head, _dot, rest = path.partition(".")
    if head in bound:
        file, before = bound[head]
        yield file, ".".join(filter(None, (before, rest)))
    elif head in BESIDE:
        yield from _of_path(plan, rest, bound)
    elif path in plan.names:
        yield from _of_cell(plan, plan.names[path], bound)
    elif head in plan.joins:
        yield from _of_cell(plan, plan.joins[head].on, bound)
        yield head, rest
    else:
        yield OURS, rest if head == RECORD and rest else path


def kept_whole(plan: Plan) -> set[Place]:
    """Fields that a claim's `extra` keeps with all that is in them."""
    return {
        place
        for block in plan.blocks
        for cell in block.extra.values()
        for place in _of_cell(plan, cell, bindings(plan, block))
    }
