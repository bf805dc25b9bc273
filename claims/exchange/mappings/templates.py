"""Templates: what a cell is made of. ``{path|filter|filter:argument}`` amid other text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from claims.filter_fields import nearest

_PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class Reading(Protocol):
    """What a template is filled from."""

    def texts(self, path: str) -> list[str]:
        """What stands at a path: none, one or several texts, none of them empty."""

    def mapped(self, name: str, text: str) -> str:
        """What the map of that name makes of a text."""


Filter = Callable[[list[str], str, Reading], list[str]]


def _each(change: Callable[[str, str], str]) -> Filter:
    return lambda texts, argument, reading: [change(text, argument) for text in texts]


def _date(text: str, formats: str) -> str:
    for form in formats.split(" or "):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(
        _("“%(text)s” is no date of the form %(form)s.") % {"text": text[:60], "form": formats}
    )


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            _("“%(text)s” is no instant such as 2017-05-03T17:11:12+02:00.") % {"text": text[:60]}
        ) from None


def _instant(text: str, _argument: str) -> str:
    moment = _moment(text)
    if moment.tzinfo is None:
        raise ValueError(_("“%(text)s” does not say its time zone.") % {"text": text[:60]})
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _host(text: str, _argument: str) -> str:
    try:
        return (urlsplit(text).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _page(text: str, _argument: str) -> str:
    try:
        names = [name for name in urlsplit(text).path.split("/") if re.search("[A-Za-z]", name)]
    except ValueError:
        return ""
    return re.sub(r"\.[A-Za-z]{2,5}$", "", names[-1]) if names else ""


def _when(texts: list[str], argument: str, reading: Reading) -> list[str]:
    path, _is, value = argument.partition("=")
    return texts if value in reading.texts(path) else []


# By name: what it does, and what it says of itself. Empty results are dropped.
FILTERS: dict[str, tuple[Filter, str]] = {
    "after": (_each(lambda text, mark: text.partition(mark)[2]), "after:TEXT, what follows it"),
    "cut": (_each(lambda text, most: text[: int(most)]), "cut:60, the first 60 characters"),
    "date": (_each(_date), "date:%d.%m.%Y, a day; other forms after “ or ”"),
    "day": (_each(lambda text, _: _moment(text).date().isoformat()), "the day of an instant"),
    "first": (lambda texts, _, reading: texts[:1], "the first of several"),
    "has": (
        lambda texts, path, reading: [each for each in texts if each in reading.texts(path)],
        "has:PATH, those that stand at that path too",
    ),
    "host": (_each(_host), "the host of a web address"),
    "in": (
        lambda texts, words, reading: [each for each in texts if each in words.split(",")],
        "in:a,b, those among these",
    ),
    "instant": (_each(_instant), "an instant, in UTC"),
    "join": (
        lambda texts, mark, reading: [(mark or "; ").join(texts)],
        "join:, several as one text, with that between them",
    ),
    "letters": (
        _each(lambda text, _: re.sub(r"[^a-z0-9]", "", text.lower())),
        "its letters and digits, a to z, small",
    ),
    "map": (
        lambda texts, name, reading: [reading.mapped(name, each) for each in texts],
        "map:NAME, as [maps.NAME] has it",
    ),
    "page": (_each(_page), "the last name in the path of a web address"),
    "sentence": (_each(lambda text, _: text[:1].upper() + text[1:]), "begun with a capital"),
    "then": (_each(lambda _, text: text), "then:TEXT, this in its place"),
    "unless": (
        lambda texts, path, reading: [] if reading.texts(path) else texts,
        "unless:PATH, where nothing stands there",
    ),
    "when": (_when, "when:PATH=TEXT, where that stands there"),
    "words": (
        _each(lambda text, _: (words := re.sub("[-_]+", " ", text))[:1].upper() + words[1:]),
        "a slug as words",
    ),
}
# Those whose argument begins with a path, and those that need an argument at all.
WITH_PATH = frozenset({"has", "unless", "when"})
_WITH_ARGUMENT = WITH_PATH | {"after", "cut", "date", "in", "map", "then"}


@dataclass(frozen=True)
class Field:
    """A path and what is done to what stands there."""

    path: str
    filters: tuple[tuple[str, str], ...]

    def texts(self, reading: Reading) -> list[str]:
        texts = reading.texts(self.path)
        for name, argument in self.filters:
            if texts:
                texts = [each for each in FILTERS[name][0](texts, argument, reading) if each]
        return texts

    @property
    def paths(self) -> list[str]:
        return [self.path] + [
            argument.partition("=")[0] for name, argument in self.filters if name in WITH_PATH
        ]


@dataclass(frozen=True)
class Template:
    text: str
    parts: tuple[str | Field, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Raises ValueError."""
        parts: list[str | Field] = []
        end = 0
        for place in _PLACE.finditer(text):
            parts.append(text[end : place.start()])
            end = place.end()
            if place[0] in ("{{", "}}"):
                parts.append(place[0][0])
            elif place[1] is None:
                raise ValueError(
                    _("There is a brace at %(place)d that has no other: {{ is one of the text.")
                    % {"place": place.start() + 1}
                )
            else:
                parts.append(_field(place[1]))
        return cls(text, (*(each for each in [*parts, text[end:]] if each),))

    def texts(self, reading: Reading) -> list[str]:
        """What it comes to; nothing where one of its fields is empty. Raises ValueError.

        Where a field has several values it is a text for each, and only one field may.
        """
        filled = [""] if self.parts else []
        for part in self.parts:
            texts = [part] if isinstance(part, str) else part.texts(reading)
            if len(texts) > 1 and len(filled) > 1:
                raise several(self.text, texts)
            filled = [before + text for before in filled for text in texts]
        return filled

    @property
    def paths(self) -> list[str]:
        return [
            path for part in self.parts if isinstance(part, Field) for path in part.paths if path
        ]

    @property
    def maps(self) -> list[str]:
        fields = [part for part in self.parts if isinstance(part, Field)]
        return [argument for each in fields for name, argument in each.filters if name == "map"]


def _field(text: str) -> Field:
    path, *filters = text.split("|")
    named = []
    for each in filters:
        name, _colon, argument = each.partition(":")
        if name not in FILTERS:
            raise ValueError(
                _("There is no filter “%(name)s”.%(nearest)s")
                % {"name": name, "nearest": nearest(name, FILTERS)}
            )
        if name in _WITH_ARGUMENT and not argument:
            raise ValueError(_("A filter lacks what follows: %(is)s.") % {"is": FILTERS[name][1]})
        if name == "cut" and not argument.isdigit():
            raise ValueError(_("“cut” takes a number of characters."))
        named.append((name, argument))
    if not path.strip():
        raise ValueError(_("“{%(text)s}” names no field.") % {"text": text})
    return Field(path.strip(), tuple(named))


def several(what: str, texts: Sequence[str]) -> ValueError:
    return ValueError(
        _("“%(what)s” has %(count)d values, and takes one: end it with |first or |join.")
        % {"what": what[:60], "count": len(texts)}
    )
