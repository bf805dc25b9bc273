"""No text cell is run by a spreadsheet, and every text comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange.cells import guarded, restored
from claims.exchange.columns import TABLES
from claims.exchange.vocabularies import Vocabulary
from claims.exchange.vocabulary_columns import columns_of

TEXTS = st.text(alphabet="=+-@\t\r'\"\n,;0a ي🙂")


@given(st.one_of(TEXTS, st.text()))
def test_a_guarded_text_is_restored(text: str):
    assert restored(guarded(text)) == text


@given(TEXTS)
def test_a_guarded_text_begins_with_nothing_that_runs(text: str):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["'tis", "'", "it's", "''", "0042", ""])
def test_an_apostrophe_that_guards_nothing_stays_or_is_one_of_two(cell: str):
    assert restored(cell) == {"''": "'"}.get(cell, cell)


def test_every_column_that_somebody_words_is_guarded():
    # A JSON array begins with [, an object with {.
    free = {"aliases", "topics", "collections", "evidence", "extra"}
    bare = {
        column.name
        for table in TABLES.values()
        for column in table.columns
        if not column.guard and column.name not in free
    }

    assert bare == {
        # codes, dates, numbers and uids: what they may be is checked
        *("id", "revision", "claim", "target", "replaces", "corrects", "words_revision"),
        *("kind", "attribution", "due_mode", "due_basis", "editorial_state", "stance", "type"),
        *("outcome", "progress", "reopens", "cause", "reason", "quote_is_translation"),
        *("said_on", "due", "refers_to", "dated", "happened_on", "published_on"),
        *("starts_on", "ends_on", "quantity", "observed", "happened_before_said"),
        # companions made of such
        *("status", "closed", "said_first", "said_last", "due_first", "due_last"),
        *("quantity_value", "quantity_unit", "url", "recorded_at", "changed_since"),
        # a status in the words of others: their words and our notes, all from one table
        *(column.name for each in Vocabulary for column in columns_of(each)),
    }


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_any_reader_of_csv_finds_the_same_cells(texts: list[str]):
    cells = [guarded(text.replace("\r", "")) for text in texts]
    file = io.StringIO(newline="")
    csv.writer(file).writerow(cells)

    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)) == [cells]
