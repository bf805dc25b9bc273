"""What the templates of a row are filled from: a record, with what is bound, joined and beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .fields import RECORD
from .plan import BESIDE, Cell, Each, Join, Plan
from .records import Record, as_text, values_at
from .report import Report, Seen


@dataclass(frozen=True)
class Context:
    """A record, and the items within it that a row is about."""

    sources: Sources
    record: Record
    place: Record  # where faults lie: of what was bound last
    bound: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, Context] = field(default_factory=dict)  # by `BESIDE`

    def within(self, each: Each) -> Iterator[Context]:
        """One for each item of a list."""
        is_join = each.path in self.sources.joins
        items: list[Any] = (
            list(self.sources.joined(each.path, self)) if is_join else self.values(each.path)
        )
        for item in each.taken([item for item in items if as_text(item).strip()]):
            place = item if isinstance(item, Record) else self.place
            yield replace(self, bound={**self.bound, each.name: item}, place=place)

    def texts(self, path: str) -> list[str]:
        """What stands at a path: none, one or several texts, none of them empty."""
        found = (as_text(value).strip() for value in self.values(path))
        return [text for text in found if text]

    def mapped(self, name: str, text: str) -> str:
        """What the map of that name makes of a text; nothing, and a note, where it has none."""
        table = self.sources.plan.maps[name]
        if text not in table and "*" not in table:
            self.sources.note_unmapped(name, text, self.place)
            return ""
        found = table.get(text, table.get("*", ""))
        return text if found == "*" else found

    def values(self, path: str) -> list[Any]:
        head, _dot, rest = path.partition(".")
        if head in self.bound:
            return values_at(self.bound[head], rest)
        if head in BESIDE:
            other = self.beside.get(head)
            return other.values(rest) if other else []
        if path in self.sources.plan.names:
            return self.one_of(self.sources.plan.names[path])
        if head in self.sources.joins:
            return [
                value
                for record in self.sources.joined(head, self)
                for value in values_at(record, rest)
            ]
        return values_at(self.record, rest if head == RECORD and rest else path)

    def one_of(self, cell: Cell) -> list[str]:
        """What the first of the templates comes to that is not empty."""
        return next((texts for template in cell if (texts := template.texts(self))), [])

    def all_of(self, cell: Cell) -> list[str]:
        """What all of them come to, each text once."""
        return list(dict.fromkeys(text for template in cell for text in template.texts(self)))


class Sources:
    """The records of all files, those that are joined by their keys, and what is noted of them."""

    def __init__(
        self, plan: Plan, records: list[Record], joined: Mapping[str, list[Record]]
    ) -> None:
        self.plan = plan
        self.records = records
        self.joins: Mapping[str, Join] = plan.joins
        self.report = Report()
        self._of_joins = joined
        self._by_key: dict[str, dict[str, list[Record]]] = {}
        self._asked: defaultdict[str, set[str]] = defaultdict(set)
        self._noted: set[tuple[str, ...]] = set()
        for name, found in joined.items():
            by_key: defaultdict[str, list[Record]] = defaultdict(list)
            for record in found:
                for key in self.alone(record).all_of(self.joins[name].key):
                    by_key[key].append(record)
            self._by_key[name] = by_key

    def alone(self, record: Record) -> Context:
        return Context(self, record, record)

    def joined(self, name: str, asking: Context) -> list[Record]:
        """The records of a join that belong to what asks."""
        keys = asking.all_of(self.joins[name].on)
        self._asked[name].update(keys)
        found = [record for key in keys for record in self._by_key[name].get(key, ())]
        if keys and not found and (name, *keys) not in self._noted:
            self._noted.add((name, *keys))
            seen = self.report.not_found.setdefault(name, Seen())
            seen.note(asking.place.file, asking.place.line, ", ".join(keys))
        return found

    def note_unmapped(self, name: str, text: str, place: Record) -> None:
        once = (name, text, place.file, str(place.line))
        if once not in self._noted:
            self._noted.add(once)
            seen = self.report.unmapped.setdefault((f"maps.{name}", text), Seen())
            seen.note(place.file, place.line)

    def note_not_asked_for(self) -> None:
        """Of each join, the records that no row asked for."""
        for name, records in self._of_joins.items():
            for record in records:
                keys = self.alone(record).all_of(self.joins[name].key)
                if not self._asked[name].intersection(keys):
                    seen = self.report.not_asked_for.setdefault(name, Seen())
                    seen.note(record.file, record.line, ", ".join(keys))

    def all_records(self) -> Iterator[tuple[str, list[Record]]]:
        """Of each file, by the name of its join; ours has none."""
        yield "", self.records
        yield from self._of_joins.items()
