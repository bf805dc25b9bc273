"""A JSON file, an element at a time, however hostile."""

from __future__ import annotations

import json
from contextlib import suppress
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange.imports.sheets import Unreadable
from claims.exchange.reviews.elements import MAX_TEXT, elements

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda values: st.lists(values) | st.dictionaries(st.text("ab:/é"), values),
    max_leaves=10,
)


def values(content: bytes) -> list[Any]:
    return [each.value for each in elements("feed.json", BytesIO(content))]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        values(content)
    return str(refused.value)


@given(JSON)
def test_it_is_read_as_json_is(value: Any):
    whole = value if isinstance(value, list) else [value]

    assert values(json.dumps(value).encode()) == whole


@given(st.lists(JSON.filter(lambda value: not isinstance(value, list)), min_size=1))
def test_each_of_json_lines_is_an_element(lines: list[Any]):
    assert values("\n".join(map(json.dumps, lines)).encode()) == lines


def test_those_of_a_feed_come_one_by_one_and_then_what_is_around_them():
    feed = b'{"@type":"DataFeed","schema:dataFeedElement":[{"a":1},null,[2]],"name":"All"}'

    assert values(feed) == [{"a": 1}, None, [2], {"@type": "DataFeed", "name": "All"}]


def test_a_byte_order_mark_is_passed_over():
    assert values(b"\xef\xbb\xbf[1]") == [1]


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(content: bytes):
    with suppress(Unreadable):
        values(content)


def test_what_is_no_json_is_told_by_the_element(subtests: pytest.Subtests):
    for content, told in (
        (b"", "feed.json:1: This is no JSON in UTF-8: Incomplete JSON content"),
        (b'[{"a": 1}, {"a": NaN}]', "feed.json:2: This is no JSON in UTF-8: Unexpected symbol 'N'"),
        (b'{"a": 1}\n{"a": ', "feed.json:2: This is no JSON in UTF-8: Incomplete JSON"),
        (b"<!doctype html>", "feed.json:1: This is no JSON in UTF-8: Unexpected symbol '<' at 0"),
        ("[1]".encode("utf-16"), "feed.json:1: This is no JSON in UTF-8: 'utf-8' codec"),
        (b'["\xff"]', "feed.json:1: This is no JSON in UTF-8: 'utf-8' codec can't decode byte"),
        (b"[1e99999999999999999999]", "feed.json:1: This is no JSON in UTF-8: Unexpected symbol"),
        (b"[1, " + b"9" * 10_000 + b"]", "feed.json:2: This is no JSON in UTF-8: Unexpected"),
        (b"[[" * 50_000, "feed.json:1: Lists and objects are nested more than 60 deep."),
        (b'{"a":' * 50_000, "feed.json:1: Lists and objects are nested more than 60 deep."),
        (b"[[" + b"1," * 250_000, "feed.json:1: The element has more than 200000 values."),
    ):
        with subtests.test(told):
            assert told in refusal(content)


class Endless(RawIOBase):
    """A file of the same piece over and over, after its first one."""

    def __init__(self, first: bytes, piece: bytes) -> None:
        self.first, self.piece, self.given = first, piece, 0

    def read(self, size: int = -1) -> bytes:
        if not size:  # the parser asks so whether these are bytes
            return b""
        piece = self.piece if self.given else self.first
        self.given += len(piece)
        return piece


def test_a_quote_that_is_never_closed_is_not_read_to_its_end():
    file = Endless(b'"', b"x" * 60_000)

    with pytest.raises(Unreadable, match="A text is longer than 5000000 bytes"):
        list(elements("feed.json", file))

    assert file.given < 2 * MAX_TEXT


def test_a_feed_is_not_read_before_its_elements_are_asked_for():
    file = Endless(b'{"dataFeedElement":[', b'{"a":1},' * 1_000)
    some = elements("feed.json", file)

    assert [next(some).number for _ in range(2_000)] == list(range(1, 2_001))
    assert file.given < 25_000
