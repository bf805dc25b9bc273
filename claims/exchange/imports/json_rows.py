"""The rows of an NDJSON file: one JSON object a line (RFC 8259), its keys the names of columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from claims.exchange.columns import Table
from claims.filter_fields import nearest

from .csv_rows import MAX_CELL, WHY_REFUSED, missing_columns, too_long
from .encodings import Encoding, Lines, is_bad, mended
from .files import File
from .sheets import SHOWN, Row, Sheet

_MAX_SHOWN = 60


class _Number(str):
    """A number as it is written, so that it stays exact however long it is."""


class _NoObject(ValueError):
    """Why a line is no object of ours."""


def begins_as_json(head: bytes) -> bool:
    """Whether a file that begins so can be no CSV."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith((b"{", b"["))


def open_ndjson(table: Table, file: File, encoding: Encoding) -> Sheet:
    return Sheet(
        table,
        file.name,
        _rows(table, file, encoding),
        notes=(encoding.note, _("Each of its lines is a JSON object.")),
    )


def _rows(table: Table, file: File, encoding: Encoding) -> Iterator[Row]:
    with file.opened() as stream:
        lines = Lines(stream, encoding, file.name)
        with closing(iter(lines)) as texts:
            faulty = 0
            for text in texts:
                if text.strip():
                    row = _row(table, lines, text, hints=faulty < SHOWN)
                    faulty += bool(row.fault)
                    yield row
                lines.begin()


def _row(table: Table, lines: Lines, text: str, *, hints: bool) -> Row:
    try:
        values = _object(text)
    except _NoObject as error:
        return Row(lines.number, {}, lines.bad.message if lines.bad else str(error))
    cells: dict[str, str] = {}
    column = fault = ""
    for name, value in values.items():
        if name not in table.by_name:
            if name not in WHY_REFUSED and not fault:
                column = mended(name[:_MAX_SHOWN]) or "“”"
                fault = _("There is no such column in %(table)s.%(hint)s") % {
                    "table": table.name,
                    "hint": nearest(name[:_MAX_SHOWN], table.by_name) if hints else "",
                }
            continue
        cell, wrong = _cell(value)
        cells[name] = mended(cell)
        if not wrong and is_bad(cell):
            wrong = lines.bad.message if lines.bad else _no_text()
        if wrong and not fault:
            column, fault = name, wrong
    if lines.bad and not fault:
        fault = lines.bad.message
    if not fault and (missing := missing_columns(table, list(values))):
        column = missing[0]
        fault = _("This is missing. %(about)s") % {"about": table.by_name[column].about}
    return Row(lines.number, cells, fault, column)


def _object(text: str) -> dict[str, Any]:
    """Raises _NoObject."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_once,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise _NoObject(
            _("At character %(position)d this is no JSON: write one whole object a line.")
            % {"position": error.pos + 1}
        ) from None
    except RecursionError:
        raise _NoObject(_("Its brackets are nested too deeply.")) from None
    if not isinstance(value, dict):
        raise _NoObject(_('Write an object a line, such as {"slug": "un", "name": "UN"}.'))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for name, _value in pairs:
            if name in seen:
                raise _NoObject(
                    _("“%(name)s” is there twice.") % {"name": mended(name[:_MAX_SHOWN])}
                )
            seen.add(name)
    return values


def _no_number(word: str) -> NoReturn:
    raise _NoObject(_("%(word)s is no number of JSON.") % {"word": word})


def _cell(value: Any) -> tuple[str, str]:
    """A value as a cell of CSV has it, and what is wrong with it."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if isinstance(value, str):
        cell = str(value)
    else:
        within = value.values() if isinstance(value, dict) else value
        if not all(type(each) is str for each in within):
            return "", _("Of arrays and objects, only those of texts are taken.")
        cell = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
    return cell, too_long(cell) if len(cell) > MAX_CELL else ""


def _no_text() -> str:
    return _(
        "There is a NUL character, or half of another (\\ud800 to \\udfff), in it; take it out."
    )
