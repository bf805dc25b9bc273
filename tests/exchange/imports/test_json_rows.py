"""Rows of NDJSON are the cells that CSV would have, and their numbers stay as they are written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .reading import cells_of, rows_of, sheets_of, upload


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("null", ""),
        ('""', ""),
        ("true", "true"),
        ("false", "false"),
        ("17", "17"),
        ("1.50", "1.50"),
        ("1e400", "1e400"),
        ("9" * 5_000, "9" * 5_000),
        ("[]", ""),
        ("{}", ""),
        ('["a","Ж\\n"]', '["a","Ж\\n"]'),
        ('{"a": "b"}', '{"a":"b"}'),
        ('"\'=1"', "'=1"),
        ('"\\u2028\\r\\n"', "\u2028\r\n"),
    ],
)
def test_a_value_is_the_cell_that_csv_has(value: str, cell: str):
    assert cells_of(upload("topics.ndjson", f'{{"slug": "un", "name": {value}}}\n')) == [
        {"slug": "un", "name": cell}
    ]


def test_a_line_is_an_object_and_an_empty_one_is_none():
    text = '\ufeff{"slug": "un"}\n\n  \r\n{"slug": "nato", "name": "N"}'

    assert [(row.line, row.cells) for row in rows_of(upload("topics.jsonl", text))] == [
        (1, {"slug": "un"}),
        (4, {"slug": "nato", "name": "N"}),
    ]


def test_it_is_told_by_what_it_holds_too():
    assert cells_of(upload("topics.txt", '{"slug": "un"}\n')) == [{"slug": "un"}]


def test_its_form_is_said():
    (sheet,) = sheets_of(upload("topics.ndjson", '{"slug": "un"}'))

    assert sheet.notes == ("Its encoding is UTF-8.", "Each of its lines is a JSON object.")


def test_why_a_row_was_refused_is_read_over():
    assert cells_of(upload("topics.ndjson", '{"slug": "un", "refused_because": {"a": 1}}')) == [
        {"slug": "un"}
    ]


def test_a_fault_in_one_line_leaves_the_next_ones():
    text = '{"slug": "un", "nam": 1}\nx\n{"slug": "nato"}\n'

    rows = rows_of(upload("topics.ndjson", text))
    assert [(row.line, row.column, bool(row.fault)) for row in rows] == [
        (1, "nam", True),
        (2, "", True),
        (3, "", False),
    ]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.booleans())
def test_texts_come_back_as_they_were(names: list[str], ascii_only: bool):
    lines = [json.dumps({"slug": "un", "name": name}, ensure_ascii=ascii_only) for name in names]

    assert [row["name"] for row in cells_of(upload("topics.ndjson", "\n".join(lines)))] == names
