"""Kinds of CSV column: how a row fills a cell, and what a cell means, each way round.

An empty cell is NULL or empty; several values are a JSON array; fuzzy dates and quantities stand
as written. A companion is a reading of other columns: exported, and passed over on import unless
somebody wrote over it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.validators import slug_re
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from claims.dates import FuzzyDate, FuzzyDateError
from claims.filter_fields import nearest
from claims.quantities import Quantity, QuantityError

from .database_cells import (
    RISKY,
    ArrayOfRows,
    ArrayOfTexts,
    Filled,
    Guarded,
    InCodePoints,
    ObjectOfTexts,
    WrittenInstant,
    WrittenNumber,
    WrittenUid,
    true_where,
)
from .spreadsheets import spreadsheet_date, spreadsheet_number


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs: one apostrophe before a risky beginning."""
    return f"'{text}" if text.startswith(RISKY) else text


def restored(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a CSV file: how a row fills its cell, and what the cell means to curation.

    `parse` raises ValueError with a message for the file's author; it is never given an empty
    cell, which means the model's own default, or with `told` nothing at all. A cell that names
    rows of `names` parses to their slugs or uids.
    """

    name: str
    about: str
    read: Callable[[Any, str], str]  # a row and the site's address
    parse: Callable[[str], Any] | None = None  # None: a companion
    guard: bool = False  # a text somebody chose, which a spreadsheet might run
    required: bool = False
    once: bool = False  # no two rows have the same, but for empty ones
    told: bool = False  # an empty cell leaves it to what is there, or to curation
    confirms: bool = False  # says that something odd is meant; no fact of the row
    names: type[models.Model] | None = None
    many: bool = False
    instead: str = ""  # of a companion: what to write in its place
    # Only in an export that asks for it: as of a number of the ledger, or in a vocabulary.
    asked: str = ""
    # The text that `read` gives, made by the database: an expression on the table's rows, of the
    # site's address. None: rows are read one by one, which is slow.
    sql: Callable[[str], Any] | None = None
    json: str = "string"  # what it is in JSON, whose texts are those of the cell

    def cell(self, row: Any, site_url: str, *, safe: bool = True) -> str:
        text = self.read(row, site_url)
        return guarded(text) if self.guard and safe else text

    def expression(self, site_url: str, *, safe: bool = True) -> Any:
        """The same cell, as the database makes it; NULL: it is empty. Needs `sql`."""
        if self.sql is None:
            raise TypeError(f"{self.name} has no sql")
        text = self.sql(site_url)
        return Filled(Guarded(text) if self.guard and safe else text)


# Meanings of a cell


def _date(cell: str) -> FuzzyDate:
    try:
        return FuzzyDate.parse(cell)
    except FuzzyDateError as error:
        raise ValueError(f"{error}{spreadsheet_date(cell)}") from error


def _quantity(cell: str) -> Quantity:
    try:
        return Quantity.parse(cell)
    except QuantityError as error:
        raise ValueError(f"{error}{spreadsheet_number(cell)}") from error


def _text(cell: str) -> str:
    return cell.replace("\r\n", "\n")  # within a cell, some spreadsheets write this


def _word(words: Sequence[str], cell: str) -> str:
    if cell not in words:
        raise ValueError(
            _("“%(cell)s” is not one of: %(words)s.%(nearest)s")
            % {
                "cell": cell[:60],
                "words": ", ".join(words),
                "nearest": nearest(cell, words),
            }
        )
    return cell


def _yes_no(cell: str) -> bool:
    known = {"true": True, "false": False}  # spreadsheets write them in capitals
    if cell.lower() not in known:
        raise ValueError(_("Write true or false, not “%(cell)s”.") % {"cell": cell[:60]})
    return known[cell.lower()]


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
        raise ValueError(
            _("Write a whole number, not “%(cell)s”.") % {"cell": cell[:60]}
            + spreadsheet_number(cell)
        )
    return int(cell)


def _instant(cell: str) -> datetime:
    try:
        instant = parse_datetime(cell)
        if instant is not None and instant.tzinfo is not None:
            instant.astimezone(UTC)  # which the ends of the calendar do not have everywhere
    except (ValueError, OverflowError):
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(
            _("“%(cell)s” is no instant with its offset, such as 2021-09-16T12:00:00+00:00.")
            % {"cell": cell[:60]}
        )
    return instant


def _slug(cell: str) -> str:
    if not slug_re.match(cell):
        raise ValueError(
            _("“%(cell)s” is no slug: that is made of letters, digits, - and _.")
            % {"cell": cell[:60]}
            + spreadsheet_number(cell)
        )
    return cell


def _uid(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError:
        raise ValueError(
            _("“%(cell)s” is no uid: that looks like 3b767982-3f20-4389-bd1e-b51526302961.")
            % {"cell": cell[:60]}
            + spreadsheet_number(cell)
        ) from None


def _list(cell: str) -> list[str]:
    try:
        values = json.loads(cell)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError(_('Write a JSON array of texts, such as ["peacekeeping","un"].'))
    if any("\ud800" <= character <= "\udfff" for each in values for character in each):
        raise ValueError(_("A text holds half a character, an escape such as \\ud800 alone."))
    return values


def _object(cell: str) -> dict[str, str]:
    try:
        pairs = json.loads(cell, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        pairs = None
    # A tuple is what the hook made of an object.
    if not isinstance(pairs, tuple) or not all(isinstance(text, str) for _name, text in pairs):
        raise ValueError(_('Write a JSON object of texts, such as {"page":"7","desk":"Berlin"}.'))
    texts = dict(pairs)
    if len(texts) < len(pairs):
        raise ValueError(_("A name is there twice in this object."))
    return texts


def _names(parse: Callable[[str], Any], cell: str) -> list[Any]:
    names = [parse(each) for each in _list(cell)]
    if len(set(names)) < len(names):
        twice = next(each for at, each in enumerate(names) if each in names[:at])
        raise ValueError(_("“%(name)s” is named twice.") % {"name": twice})
    return names


def _array(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""


# Kinds of column


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _attribute(name: str) -> Callable[[Any, str], str]:
    return lambda row, site_url: _as_text(getattr(row, name))


def _from(expression: Any) -> Callable[[str], Any]:
    return lambda site_url: expression


def text(name: str, about: str, **more: Any) -> Column:
    """A text somebody wrote; a redacted one (NULL) is an empty cell."""
    return Column(
        name=name,
        about=about,
        read=_attribute(name),
        parse=_text,
        guard=True,
        sql=_from(F(name)),
        **more,
    )


def word(
    name: str, words: type[models.TextChoices], about: str, *, listed: bool = True, **more: Any
) -> Column:
    """A code of a vocabulary, which is listed unless `about` says which are taken."""
    return Column(
        name=name,
        about=f"{about} One of: {', '.join(words.values)}." if listed else about,
        read=_attribute(name),
        parse=partial(_word, words.values),
        sql=_from(F(name)),
        **more,
    )


def fuzzy_date(name: str, about: str) -> Column:
    return Column(name=name, about=about, read=_attribute(name), parse=_date, sql=_from(F(name)))


def quantity(name: str, about: str) -> Column:
    return Column(
        name=name, about=about, read=_attribute(name), parse=_quantity, sql=_from(F(name))
    )


def yes_no(name: str, about: str) -> Column:
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: "true" if getattr(row, name) else "false",
        parse=_yes_no,
        sql=_from(true_where(Q(**{name: True}))),
        json="boolean",
    )


def confirmation(name: str, asked: Callable[[Any], bool], about: str, *, asked_of: Q) -> Column:
    """Says that something odd is meant. Exported as true where an import would ask, which the
    condition `asked_of` says of rows in the database."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: "true" if asked(row) else "",
        parse=_yes_no,
        told=True,
        confirms=True,
        sql=_from(true_where(asked_of, "")),
        json="boolean",
    )


def texts(name: str, about: str) -> Column:
    """Several texts, as a JSON array."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array(getattr(row, name)),
        parse=_list,
        sql=_from(ArrayOfTexts(F(name))),
        json="array",
    )


def object_of_texts(name: str, about: str) -> Column:
    """Texts by name, as a JSON object."""

    def read(row: Any, site_url: str) -> str:
        found = getattr(row, name)
        return (
            json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            if found
            else ""
        )

    return Column(
        name=name,
        about=about,
        read=read,
        parse=_object,
        sql=_from(ObjectOfTexts(F(name))),
        json="object",
    )


def counter(name: str, about: str) -> Column:
    """A number that curation keeps, and that a file may hold it to."""
    return Column(
        name=name,
        about=about,
        read=_attribute(name),
        parse=_number,
        told=True,
        sql=_from(WrittenNumber(F(name))),
        json="integer",
    )


def instant(name: str, about: str) -> Column:
    """An instant of ours: RFC 3339 (an empty cell of a new row: now)."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: getattr(row, name).isoformat(),
        parse=_instant,
        told=True,
        sql=_from(WrittenInstant(F(name))),
    )


def slug() -> Column:
    return Column(
        name="slug",
        about="Its name in addresses and in other files; it never changes.",
        read=_attribute("slug"),
        parse=_slug,
        guard=True,
        once=True,
        sql=_from(F("slug")),
    )


def uid(about: str) -> Column:
    return Column(
        name="id",
        about=about,
        read=_attribute("uid"),
        parse=_uid,
        once=True,
        told=True,
        sql=_from(WrittenUid(F("uid"))),
    )


def slug_of(name: str, model: type[models.Model], about: str) -> Column:
    """Names a row of `model`."""

    def read(row: Any, site_url: str) -> str:
        named = getattr(row, name)
        return named.slug if named else ""

    return Column(
        name=name,
        about=about,
        read=read,
        parse=_slug,
        guard=True,
        names=model,
        sql=_from(F(f"{name}__slug")),
    )


def slugs_of(name: str, model: type[models.Model], about: str, *, back: str) -> Column:
    """Names rows of `model`, from which `back` leads to this one's row."""
    rows = model._default_manager.filter(**{back: OuterRef("pk")}).order_by(InCodePoints("slug"))
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array(sorted(each.slug for each in getattr(row, name).all())),
        parse=partial(_names, _slug),
        names=model,
        many=True,
        sql=_from(ArrayOfRows(rows.values(cell=F("slug")))),
        json="array",
    )


def uid_of(name: str, model: type[models.Model], about: str, **more: Any) -> Column:
    def read(row: Any, site_url: str) -> str:
        named = getattr(row, name)
        return str(named.uid) if named else ""

    return Column(
        name=name,
        about=about,
        read=read,
        parse=_uid,
        names=model,
        sql=_from(WrittenUid(F(f"{name}__uid"))),
        **more,
    )


def uids_of(name: str, model: type[models.Model], about: str, *, back: str) -> Column:
    rows = model._default_manager.filter(**{back: OuterRef("pk")})
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array([str(each.uid) for each in getattr(row, name).all()]),
        parse=partial(_names, _uid),
        names=model,
        many=True,
        sql=_from(ArrayOfRows(rows.values(cell=WrittenUid("uid")))),
        json="array",
    )


def companion(
    name: str, read: Callable[[Any], Any], about: str, *, sql: Any = None, **more: Any
) -> Column:
    """A reading of other columns; `sql` is the same as an expression."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _as_text(read(row)),
        sql=None if sql is None else _from(sql),
        **more,
    )
