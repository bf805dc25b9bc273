"""What of somebody's file came into no table: fields, values, records that were not joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

SHOWN = 40  # characters of an example
MOST = 100  # lines of one kind that are told


@dataclass
class Seen:
    """How often something was met, and where first: a file and a line."""

    count: int = 0
    file: str = ""
    line: int = 0
    example: str = ""

    def note(self, file: str, line: int, example: str = "") -> None:
        if not self.count:
            self.file, self.line, self.example = file, line, example
        self.count += 1


@dataclass
class Made:
    """What became of the records of one block."""

    rows: int = 0
    left_out: Seen = field(default_factory=Seen)  # by `where`
    same: int = 0  # as an earlier row of this slug or id
    other: Seen = field(default_factory=Seen)  # than that row


@dataclass
class Report:
    """Everything that was not mapped; complete when all rows have been read."""

    made: dict[str, Made] = field(default_factory=dict)  # by block
    unread: dict[tuple[str, str], Seen] = field(default_factory=dict)  # by file and field
    missing: dict[tuple[str, str], str] = field(default_factory=dict)  # and the nearest there is
    unmapped: dict[tuple[str, str], Seen] = field(default_factory=dict)  # by map and value
    not_found: dict[str, Seen] = field(default_factory=dict)  # by join
    not_asked_for: dict[str, Seen] = field(default_factory=dict)  # by join

    @property
    def rows(self) -> Counter[str]:
        """How many rows were made of each table."""
        counts: Counter[str] = Counter()
        for block, made in self.made.items():
            counts[block.partition("[")[0]] += made.rows
        return counts

    def lines(self) -> Iterator[str]:
        """For people to read."""
        for block, made in self.made.items():
            yield _("%(block)s: %(rows)d rows") % {"block": block, "rows": made.rows}
            if made.left_out.count:
                yield _("%(block)s: %(times)d left out by “where”, %(first)s") % {
                    "block": block,
                    "times": made.left_out.count,
                    "first": _first(made.left_out),
                }
            if made.same:
                yield _("%(block)s: %(times)d rows go by the name of an earlier one") % {
                    "block": block,
                    "times": made.same,
                }
            if made.other.count:
                yield _(
                    "%(block)s: %(times)d of them say otherwise, and were not taken, %(first)s"
                ) % {
                    "block": block,
                    "times": made.other.count,
                    "first": _first(made.other),
                }
        yield from _told(_("Not mapped"), self.unread)
        yield from _told(_("In no map"), self.unmapped)
        for (file, path), hint in self.missing.items():
            yield _("%(file)s: no record has a field “%(path)s”.%(hint)s") % {
                "file": file,
                "path": path,
                "hint": hint,
            }
        for name, seen in self.not_found.items():
            yield _("with.%(name)s: %(times)d times nothing was found, %(first)s") % {
                "name": name,
                "times": seen.count,
                "first": _first(seen),
            }
        for name, seen in self.not_asked_for.items():
            yield _("with.%(name)s: %(times)d records were asked for by none, %(first)s") % {
                "name": name,
                "times": seen.count,
                "first": _first(seen),
            }


def _told(what: str, found: Mapping[tuple[str, str], Seen]) -> Iterator[str]:
    for (where, name), seen in islice(found.items(), MOST):
        yield _("%(what)s: %(where)s, “%(name)s”, %(times)d times, %(first)s") % {
            "what": what,
            "where": where,
            "name": name,
            "times": seen.count,
            "first": _first(seen),
        }
    if len(found) > MOST:
        yield _("%(what)s: … and %(more)d more") % {"what": what, "more": len(found) - MOST}


def _first(seen: Seen) -> str:
    place = _("first at %(file)s:%(line)d") % {"file": seen.file, "line": seen.line}
    example = " ".join(seen.example[: SHOWN + 1].split())
    if not example:
        return place
    return f"{place}: {example[:SHOWN]}{'…' if len(example) > SHOWN else ''}"
