"""The elements of a JSON file, one after another: of its lists, its lines and its feeds.

A feed of every fact-check there is has hundreds of megabytes; no more than one element of it is
in memory at a time.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from ijson import JSONError

# The one in C is ten times as fast as its 3 MB a second, and brought down by a number of 10,000
# digits: no file from outside may do that.
from ijson.backends import python as parser

from claims.exchange.imports.sheets import Fault, Unreadable

MAX_DEPTH = 60
MAX_VALUES = 200_000  # of one element
MAX_TEXT = 5_000_000  # bytes between one value and the next

# schema.org's lists that are as long as a file; theirs is one element each.
LISTS = {"dataFeedElement", "itemListElement"}


@dataclass(frozen=True)
class Element:
    number: int  # in its file, from 1
    value: Any  # as json.loads would have it, but for Decimals
    is_frame: bool = False  # what is left of an object whose list was told before


def elements(name: str, stream: BinaryIO) -> Iterator[Element]:
    """Each object, or what stands in its place, of JSON, of JSON lines or of a DataFeed.

    Raises `Unreadable`, with the number of the element that is at fault in place of a line.
    """
    return _Reader(name, stream).elements()


class _Reader:
    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self.stream = stream
        self.number = 0
        self._values = 0  # of the element so far
        self._silent = 0  # bytes since the last value
        self._began = False
        self._parsed = parser.basic_parse(self, multiple_values=True)

    def read(self, size: int) -> bytes:
        """What ijson reads the file through."""
        if self._silent > MAX_TEXT:
            return b""  # which ends it
        chunk = self.stream.read(size)
        self._silent += len(chunk)
        if not self._began and size:
            self._began = True
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        return chunk

    def elements(self) -> Iterator[Element]:
        events = self._events()
        for event, value in events:
            if event == "start_array":
                yield from self._listed(events)
            elif event == "start_map":
                yield from self._of_object(events)
            else:
                yield self._element(value)

    def _of_object(self, events: Iterator[tuple[str, Any]]) -> Iterator[Element]:
        """What is in its long lists, and then the rest of it."""
        rest: dict[str, Any] = {}
        is_frame = False
        for event, key in events:
            if event == "end_map":
                break
            event, value = next(events)
            if event == "start_array" and key.rpartition(":")[2].rpartition("/")[2] in LISTS:
                is_frame = True
                yield from self._listed(events)
            else:
                rest[key] = self._value(event, value, events)
        yield self._element(rest, is_frame)

    def _listed(self, events: Iterator[tuple[str, Any]]) -> Iterator[Element]:
        for event, value in events:
            if event == "end_array":
                return
            yield self._element(self._value(event, value, events))

    def _element(self, value: Any, is_frame: bool = False) -> Element:
        self.number += 1
        self._values = 0
        return Element(self.number, value, is_frame)

    def _events(self) -> Iterator[tuple[str, Any]]:
        while True:
            try:
                event, value = next(self._parsed)
            except StopIteration:
                if self._silent > MAX_TEXT:
                    raise self._unreadable(_too_long()) from None
                return
            except (JSONError, ValueError) as error:
                if self._silent > MAX_TEXT:
                    raise self._unreadable(_too_long()) from error
                raise self._unreadable(
                    _("This is no JSON in UTF-8: %(what)s.") % {"what": str(error)[:200]}
                ) from error
            self._silent = 0
            self._values += 1
            if self._values > MAX_VALUES:
                raise self._unreadable(
                    _("The element has more than %(most)d values.") % {"most": MAX_VALUES}
                )
            yield event, value

    def _value(
        self, event: str, value: Any, events: Iterator[tuple[str, Any]], depth: int = 1
    ) -> Any:
        if event not in ("start_map", "start_array"):
            return value
        if depth > MAX_DEPTH:
            raise self._unreadable(
                _("Lists and objects are nested more than %(most)d deep.") % {"most": MAX_DEPTH}
            )
        if event == "start_array":
            values = []
            for event, value in events:
                if event == "end_array":
                    break
                values.append(self._value(event, value, events, depth + 1))
            return values
        thing = {}
        for event, key in events:
            if event == "end_map":
                break
            event, value = next(events)
            thing[key] = self._value(event, value, events, depth + 1)
        return thing

    def _unreadable(self, message: str) -> Unreadable:
        return Unreadable(Fault(self.name, self.number + 1, "", message))


def _too_long() -> str:
    return _("A text is longer than %(most)d bytes, or a quote is never closed.") % {
        "most": MAX_TEXT
    }
