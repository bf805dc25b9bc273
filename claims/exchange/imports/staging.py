"""All rows of an import in a temporary SQLite file: they are read once and gone through twice, in
the order in which they name each other, and are never in memory together."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from uuid import UUID

from claims.exchange.columns import TABLES, Table
from claims.models import in_blocks

from .sheets import Row, Sheet

AT_ONCE = 500  # rows that a statement puts in, or names that it asks for
MOST_TEXT = 4_000_000  # characters of cells in memory at once, but for one row that has more

PARTS = ("appearances", "evidence", "assessments")  # what hangs on one claim, and comes with it

_PLACES = {name: place for place, name in enumerate(TABLES)}
_TABLES = list(TABLES.values())
# Beside its key: the column in which no two rows of a table have the same, but for empty ones.
ONCE = {
    table.name: next(
        (each.name for each in table.columns if each.once and each.name not in ("id", "slug")), ""
    )
    for table in _TABLES
}


class Stage(IntEnum):
    """How far a row has come."""

    READ = 0
    CHECKED = 1
    ENTERED = 2
    REFUSED = 3
    PASSED_OVER = 4  # not at fault itself, but it needs a row that is refused


@dataclass
class Staged:
    """A row in the staging file."""

    pk: int
    table: Table
    file: str
    line: int
    key: str  # its slug or its uid; empty: it has none
    claim: str  # uid of the claim that it hangs on
    stage: Stage
    # Revision of what is there already, when it was checked; None: nothing was.
    seen: int | None
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)  # what the cells mean, once parsed

    @property
    def where(self) -> tuple[str, str]:
        """The row whose revision counts: itself, or the claim that it hangs on."""
        return ("claims", self.claim) if self.claim else (self.table.name, self.key)


_COLUMNS = "pk, place, file, line, key, claim, stage, seen, cells"


class Staging:
    """A context manager that throws its file away."""

    def __init__(self) -> None:
        self._file = tempfile.NamedTemporaryFile(suffix=".sqlite3")  # noqa: SIM115
        # A streamed answer may go on in another thread of the server, never in two at once.
        self._db = sqlite3.connect(self._file.name, isolation_level=None, check_same_thread=False)
        self._db.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -16000;
            CREATE TABLE staged (
                pk INTEGER PRIMARY KEY, place INTEGER, file TEXT, line INTEGER,
                key TEXT, once TEXT, claim TEXT, stage INTEGER, turn INTEGER,
                seen INTEGER, reason TEXT, cells TEXT
            );
            CREATE INDEX by_turn ON staged (place, stage, turn);
            """
        )
        self._turn = 0
        self.tables: frozenset[str] = frozenset()  # those with rows, once all is in
        # Tables of files that could not be read to their end: any of their rows may be missing.
        self.cut_short: set[str] = set()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self._file.close()

    # In

    def take(self, sheet: Sheet) -> Iterator[Row]:
        """Stage the rows of a sheet; yields those whose form is at fault, which are refused."""
        for block in _of_bearable_length(sheet.rows):
            self._many(
                "INSERT INTO staged (place, file, line, key, once, claim, stage, turn, reason,"
                " cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [self._columns_of(sheet, row) for row in block],
            )
            yield from (row for row in block if row.fault)

    def _columns_of(self, sheet: Sheet, row: Row) -> tuple[Any, ...]:
        cells = row.cells
        self._turn += 1
        return (
            _PLACES[sheet.table.name],
            sheet.name,
            row.line,
            cells.get("slug") or _uid(cells.get("id", "")),
            cells.get(ONCE[sheet.table.name], ""),
            # What names no claim is found, and refused, under a name that none has.
            (_uid(cells.get("claim", "")) or "?") if sheet.table.name in PARTS else "",
            Stage.REFUSED if row.fault else Stage.READ,
            self._turn,
            row.fault,
            json.dumps(cells, ensure_ascii=False),
        )

    def index_names(self) -> None:
        """Once all is in: quicker than row by row."""
        for name in ("key", "once", "claim"):
            self._db.execute(
                f"CREATE INDEX by_{name} ON staged (place, {name}, pk) WHERE {name} <> ''"
            )
        places = self._db.execute("SELECT DISTINCT place FROM staged")
        self.tables = frozenset(_TABLES[place].name for (place,) in places)

    # Names

    def doubles(self, name: str) -> Iterator[tuple[Staged, int]]:
        """Rows whose `name` (key, once) an earlier row of their table has, with its line."""
        self._db.execute(
            f"CREATE TEMP TABLE second_{name} AS SELECT pk AS second, first"
            " FROM (SELECT pk, row_number() OVER names AS nth,"
            " first_value(line) OVER names AS first"
            f" FROM staged WHERE {name} <> ''"
            f" WINDOW names AS (PARTITION BY place, {name} ORDER BY pk)) WHERE nth > 1"
        )
        last = 0
        while found := self._db.execute(
            f"SELECT {_COLUMNS}, first, second_{name}.rowid FROM second_{name}"
            f" JOIN staged ON pk = second WHERE second_{name}.rowid > ?"
            f" ORDER BY second_{name}.rowid LIMIT ?",
            [last, AT_ONCE],
        ).fetchall():
            for *columns, first, last in found:  # noqa: B007
                yield _staged(columns), first

    def without_key(self, table: str) -> Iterator[list[Staged]]:
        """Rows that are to be checked, and have no key, in blocks."""
        last = 0
        while block := self._rows(
            "place = ? AND stage = 0 AND key = '' AND pk > ? ORDER BY pk LIMIT ?",
            *(_PLACES[table], last, AT_ONCE),
        ):
            last = block[-1].pk
            yield block

    def give_keys(self, rows: Iterable[Staged]) -> None:
        self._many("UPDATE staged SET key = ? WHERE pk = ?", [(row.key, row.pk) for row in rows])

    def named(self, table: str, keys: Collection[str]) -> dict[str, Staged]:
        """Rows by their keys, those of `keys` that there are."""
        found: dict[str, Staged] = {}
        for some in in_blocks(keys, AT_ONCE):
            for row in self._rows(
                f"place = ? AND key IN ({_marks(some)}) AND key <> '' ORDER BY pk DESC",
                *(_PLACES[table], *some),
            ):
                found[row.key] = row  # of doubles, the first
        return found

    # Through

    def count(self, *tables: str, stage: Stage | None = None) -> int:
        """How many rows there are, of some tables and at some stage, or in all."""
        places = [_PLACES[table] for table in tables or TABLES]
        (number,) = self._db.execute(
            f"SELECT count(*) FROM staged WHERE place IN ({_marks(places)})"
            " AND (? IS NULL OR stage = ?)",
            [*places, stage, stage],
        ).fetchone()
        return int(number)

    def next(self, table: str, stage: Stage, most: int) -> list[Staged]:
        """The first rows of a table that are at a stage: as many as are asked for, unless their
        texts are long."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM (SELECT *, row_number() OVER turns AS nth,"
            " sum(length(cells)) OVER turns AS so_far"
            " FROM (SELECT * FROM staged WHERE place = ? AND stage = ? ORDER BY turn LIMIT ?)"
            " WINDOW turns AS (ORDER BY turn)) WHERE nth = 1 OR so_far <= ?",
            [_PLACES[table], stage, most, MOST_TEXT],
        )
        return [_staged(columns) for columns in rows]

    def next_claims(self, stage: Stage, most: int) -> list[str]:
        """Uids of the claims on which the first parts hang that are at a stage."""
        claims: dict[str, None] = {}
        for name in PARTS:
            if len(claims) < most:
                claims |= dict.fromkeys(row.claim for row in self.next(name, stage, most))
        return list(claims)[:most]

    def parts(self, claims: Sequence[str], stage: Stage) -> list[Staged]:
        """What hangs on claims, in the order of the files."""
        rows: list[Staged] = []
        for name in PARTS:
            if name in self.tables:
                rows += self._rows(
                    f"place = ? AND claim IN ({_marks(claims)}) AND claim <> '' AND stage = ?"
                    " ORDER BY pk",
                    *(_PLACES[name], *claims, stage),
                )
        return rows

    def put_off(self, rows: Sequence[Staged]) -> None:
        """Let rows come behind all others of their table."""
        moved = []
        for row in rows:
            self._turn += 1
            moved.append((self._turn, row.pk))
        self._many("UPDATE staged SET turn = ? WHERE pk = ?", moved)

    def note(self, rows: Iterable[Staged], stage: Stage) -> None:
        """Rows have come to a stage, over what they have `seen`."""
        self._many(
            "UPDATE staged SET stage = ?, seen = ? WHERE pk = ?",
            [(stage, row.seen, row.pk) for row in rows],
        )

    def refuse(self, row: Staged, reason: str, stage: Stage = Stage.REFUSED) -> None:
        """A row is not taken; further reasons are put behind the first."""
        self._db.execute(
            "UPDATE staged SET stage = ?, seen = ?,"
            " reason = trim(coalesce(reason, '') || ' ' || ?) WHERE pk = ?",
            [stage, row.seen, reason, row.pk],
        )

    def seen(self) -> dict[str, dict[str, int]]:
        """Revisions of what was there when its rows were checked, by table and name."""
        found: dict[str, dict[str, int]] = {}
        rows = self._db.execute("SELECT place, claim, key, seen FROM staged WHERE seen IS NOT NULL")
        for place, claim, key, seen in rows:
            found.setdefault("claims" if claim else _TABLES[place].name, {})[claim or key] = seen
        return found

    def not_taken(self, table: str) -> Iterator[tuple[Staged, str]]:
        """Rows that are refused or passed over, each with the reason."""
        query = (
            f"SELECT {_COLUMNS}, reason FROM staged WHERE place = ? AND stage IN (?, ?) ORDER BY pk"
        )
        for *columns, reason in self._db.execute(
            query, [_PLACES[table], Stage.REFUSED, Stage.PASSED_OVER]
        ):
            yield _staged(columns), reason

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(statement, rows)
        self._db.execute("COMMIT")

    def _rows(self, where: str, *parameters: Any) -> list[Staged]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM staged WHERE {where}", parameters)
        return [_staged(columns) for columns in rows]


def _staged(columns: Sequence[Any]) -> Staged:
    pk, place, file, line, key, claim, stage, seen, cells = columns
    return Staged(pk, _TABLES[place], file, line, key, claim, Stage(stage), seen, json.loads(cells))


def _of_bearable_length(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Blocks of rows that may be in memory together."""
    block: list[Row] = []
    length = 0
    for row in rows:
        block.append(row)
        length += sum(map(len, row.cells.values()))
        if len(block) == AT_ONCE or length > MOST_TEXT:
            yield block
            block, length = [], 0
    if block:
        yield block


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))


def _uid(cell: str) -> str:
    """A uid as it is compared: it may be written in several ways, and be none."""
    try:
        return str(UUID(cell)) if cell else ""
    except ValueError:
        return cell
