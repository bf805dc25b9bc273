"""Kinds of CSV column: how a row fills a cell, and what a cell means, each way round.

An empty cell is NULL or empty; several values are a JSON array; fuzzy dates and quantities stand
as written. A companion is a reading of other columns: exported, and ignored on import.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.validators import slug_re
from django.db import models
from django.utils.translation import gettext as _

from claims.dates import FuzzyDate
from claims.filter_fields import nearest
from claims.quantities import Quantity

# A spreadsheet takes a cell that begins with one of these for a formula, or hides it.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs: one apostrophe before a risky beginning."""
    return f"'{text}" if text.startswith(_RISKY) else text


def restored(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


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
    array: bool = False  # a JSON array of texts or names
    # Only in an export that asks for it: as of a number of the ledger, or in a vocabulary.
    asked: str = ""

    def cell(self, row: Any, site_url: str) -> str:
        text = self.read(row, site_url)
        return guarded(text) if self.guard else text

    def value(self, cell: str) -> Any:
        """What a filled cell means. Raises ValueError."""
        if self.parse is None:
            raise ValueError(_("This column is only read, never written."))
        return self.parse(restored(cell) if self.guard else cell)


# Meanings of a cell


def _text(cell: str) -> str:
    return cell.replace("\r\n", "\n")  # within a cell, some spreadsheets write this


def _word(words: type[models.TextChoices], cell: str) -> str:
    if cell not in words.values:
        raise ValueError(
            _("“%(cell)s” is not one of: %(words)s.%(nearest)s")
            % {
                "cell": cell[:60],
                "words": ", ".join(words.values),
                "nearest": nearest(cell, words.values),
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
        raise ValueError(_("Write a whole number, not “%(cell)s”.") % {"cell": cell[:60]})
    return int(cell)


def _slug(cell: str) -> str:
    if not slug_re.match(cell):
        raise ValueError(
            _("“%(cell)s” is no slug: that is made of letters, digits, - and _.")
            % {"cell": cell[:60]}
        )
    return cell


def _uid(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError:
        raise ValueError(
            _("“%(cell)s” is no uid: that looks like 3b767982-3f20-4389-bd1e-b51526302961.")
            % {"cell": cell[:60]}
        ) from None


def _list(cell: str) -> list[str]:
    try:
        values = json.loads(cell)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError(_('Write a JSON array of texts, such as ["peacekeeping","un"].'))
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
    if twice := next((each for each in names if names.count(each) > 1), None):
        raise ValueError(_("“%(name)s” is named twice.") % {"name": twice})
    return names


def _array(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""


# Kinds of column


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _attribute(name: str) -> Callable[[Any, str], str]:
    return lambda row, site_url: _as_text(getattr(row, name))


def text(name: str, about: str, **more: Any) -> Column:
    """A text somebody wrote; a redacted one (NULL) is an empty cell."""
    return Column(name=name, about=about, read=_attribute(name), parse=_text, guard=True, **more)


def word(name: str, words: type[models.TextChoices], about: str, **more: Any) -> Column:
    """A code of a vocabulary."""
    return Column(
        name=name, about=about, read=_attribute(name), parse=partial(_word, words), **more
    )


def fuzzy_date(name: str, about: str) -> Column:
    return Column(name=name, about=about, read=_attribute(name), parse=FuzzyDate.parse)


def quantity(name: str, about: str) -> Column:
    return Column(name=name, about=about, read=_attribute(name), parse=Quantity.parse)


def yes_no(name: str, about: str) -> Column:
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: "true" if getattr(row, name) else "false",
        parse=_yes_no,
    )


def confirmation(name: str, asked: Callable[[Any], bool], about: str) -> Column:
    """Says that something odd is meant. Exported as true where an import would ask."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: "true" if asked(row) else "",
        parse=_yes_no,
        told=True,
        confirms=True,
    )


def texts(name: str, about: str) -> Column:
    """Several texts, as a JSON array."""
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array(getattr(row, name)),
        parse=_list,
        array=True,
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

    return Column(name=name, about=about, read=read, parse=_object)


def counter(name: str, about: str) -> Column:
    """A number that curation keeps, and that a file may hold it to."""
    return Column(name=name, about=about, read=_attribute(name), parse=_number, told=True)


def slug() -> Column:
    return Column(
        name="slug",
        about="Its name in addresses and in other files; it never changes.",
        read=_attribute("slug"),
        parse=_slug,
        guard=True,
        once=True,
    )


def uid(about: str) -> Column:
    return Column(name="id", about=about, read=_attribute("uid"), parse=_uid, once=True, told=True)


def slug_of(name: str, model: type[models.Model], about: str) -> Column:
    """Names a row of `model`."""

    def read(row: Any, site_url: str) -> str:
        named = getattr(row, name)
        return named.slug if named else ""

    return Column(name=name, about=about, read=read, parse=_slug, guard=True, names=model)


def slugs_of(name: str, model: type[models.Model], about: str) -> Column:
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array(sorted(each.slug for each in getattr(row, name).all())),
        parse=partial(_names, _slug),
        names=model,
        many=True,
        array=True,
    )


def uid_of(name: str, model: type[models.Model], about: str, **more: Any) -> Column:
    def read(row: Any, site_url: str) -> str:
        named = getattr(row, name)
        return str(named.uid) if named else ""

    return Column(name=name, about=about, read=read, parse=_uid, names=model, **more)


def uids_of(name: str, model: type[models.Model], about: str) -> Column:
    return Column(
        name=name,
        about=about,
        read=lambda row, site_url: _array([str(each.uid) for each in getattr(row, name).all()]),
        parse=partial(_names, _uid),
        names=model,
        many=True,
        array=True,
    )


def companion(name: str, read: Callable[[Any], Any], about: str, **more: Any) -> Column:
    return Column(name=name, about=about, read=lambda row, site_url: _as_text(read(row)), **more)
