"""JSON-LD as publishers write it: names with or without a prefix, one value or a list of them.

A `Node` is an object of it, and remembers which of its properties nobody asked for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:|@)")
# Such as people paste along with their text; anything else between < and > is text.
_MARKUP = re.compile(r"</?(?:a|b|br|div|em|i|p|q|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.I)
# Control characters but line feeds, and halves of characters.
_NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def term(name: str) -> str:
    """A name of schema.org or of JSON-LD without its prefix: `schema:url`, `@type`."""
    return _PREFIX.sub("", name)


def cleaned(text: str) -> str:
    """`text` as a reader of the page would have it: no entities, no markup, no control signs."""
    text = _MARKUP.sub(" ", html.unescape(html.unescape(text)))  # some escape what is escaped
    text = _NO_TEXT.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    return re.sub(r"[^\S\n]+", " ", text).strip()


class Graph:
    """The objects of one element that others name by their `@id`."""

    def __init__(self, value: Any) -> None:
        self.by_id: dict[str, dict[str, Any]] = {}
        self.value = self._read(value)

    def _read(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._read(each) for each in value]
        if not isinstance(value, dict):
            return value
        thing = {term(name): self._read(each) for name, each in value.items()}
        name = thing.get("id")
        if isinstance(name, str) and thing.keys() - {"id", "type"}:
            self.by_id.setdefault(name, thing)
        return thing

    def meant(self, thing: dict[str, Any]) -> dict[str, Any]:
        """The object itself, where `thing` only names it."""
        name = thing.get("id")
        if isinstance(name, str) and not thing.keys() - {"id", "type"}:
            return self.by_id.get(name, thing)
        return thing


class Node:
    """An object: what it says, and what nobody asked it."""

    def __init__(self, thing: Mapping[str, Any], graph: Graph, path: str = "") -> None:
        self.thing = thing
        self.graph = graph
        self.path = path  # from the review on: itemReviewed.author
        self.refused: set[str] = set()  # paths whose value is none of its kind
        self._asked = {"type", "id", "context"}
        self._parts: dict[str, list[Node]] = {}

    @property
    def types(self) -> set[str]:
        return types(self.thing)

    @property
    def id(self) -> str:
        name = self.thing.get("id")
        return name if isinstance(name, str) else ""

    def text(self, *names: str) -> str:
        """The first of these properties that has a text; empty: none has."""
        for name in names:
            for value in _listed(self.thing.get(name)):
                if text := _text(value):
                    self._asked.add(name)
                    self._count_others(name)
                    return text
        return ""

    def texts(self, name: str) -> list[str]:
        found = [text for value in _listed(self.thing.get(name)) if (text := _text(value))]
        if found:
            self._asked.add(name)
        return found

    def link(self, name: str) -> str:
        """An address, written as a text or as the `@id` of an object."""
        text = self.text(name)
        return text or next((each.id for each in self.nodes(name) if each.id), "")

    def node(self, *names: str) -> Node | None:
        """The first of these properties that has an object; one that is a text is its name."""
        for name in names:
            if found := self.nodes(name):
                self._count_others(name)
                return found[0]
        return None

    def nodes(self, name: str) -> list[Node]:
        if name not in self._parts:
            self._parts[name] = list(self._read(name))
        if self._parts[name]:
            self._asked.add(name)
        return self._parts[name]

    def _read(self, name: str) -> Iterator[Node]:
        for value in _listed(self.thing.get(name)):
            if text := _text(value):
                is_address = text.startswith(("http://", "https://"))
                value = self.graph.by_id.get(text, {"url" if is_address else "name": text})
            if isinstance(value, dict):
                path = f"{self.path}.{name}".lstrip(".")
                yield Node(self.graph.meant(value), self.graph, path)

    def refuse(self, name: str) -> None:
        """Count a property whose value is not of the kind it should be."""
        self.refused.add(f"{self.path}.{name}".lstrip("."))

    def unused(self) -> Iterator[str]:
        """Paths of what was not asked for, or could not be used, here and in the parts."""
        yield from self.refused
        for name in self.thing.keys() - self._asked:
            if _filled(self.thing[name]):
                yield f"{self.path}.{name}".lstrip(".")[:100]
        for parts in self._parts.values():
            for part in parts:
                yield from part.unused()

    def _count_others(self, name: str) -> None:
        if sum(map(_filled, _listed(self.thing.get(name)))) > 1:
            self.refused.add(f"{self.path}.{name}[1…]".lstrip("."))


def types(thing: Mapping[str, Any]) -> set[str]:
    return {term(each) for each in _listed(thing.get("type")) if isinstance(each, str)}


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict):
        for name in ("list", "set"):
            if isinstance(value.get(name), list):
                value = value[name]
                break
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """A text, a number, or a value object of JSON-LD; empty: it is something else."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return cleaned(value) if isinstance(value, str) else ""


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})
