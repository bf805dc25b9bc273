"""The text somebody wrote is kept, and is what makes two dates equal."""

import pickle

from hypothesis import given

from claims.dates import MAX_LENGTH, FuzzyDate
from tests.dates.strategies import dates


@given(dates)
def test_a_date_prints_as_it_was_written_and_reads_back_the_same(fuzzy):
    again = FuzzyDate.parse(str(fuzzy))
    assert str(again) == fuzzy.text
    assert (again.first, again.last) == (fuzzy.first, fuzzy.last)
    assert (again.approximate, again.uncertain) == (fuzzy.approximate, fuzzy.uncertain)


@given(dates)
def test_no_date_is_longer_than_the_column_that_keeps_it(fuzzy):
    assert len(fuzzy.text) <= MAX_LENGTH


def test_the_longest_date_is_an_interval_of_two_marked_days():
    assert len(FuzzyDate.parse("2020-10-16~/2021-10-16?").text) == MAX_LENGTH


def test_dates_written_alike_are_equal_and_hash_alike():
    assert FuzzyDate.parse("2020-Q4") == FuzzyDate.parse("2020-Q4")
    assert len({FuzzyDate.parse("2020-Q4"), FuzzyDate.parse("2020-Q4")}) == 1


def test_the_same_days_written_otherwise_are_not_equal():
    assert FuzzyDate.parse("2020") != FuzzyDate.parse("2020-01/2020-12")
    assert FuzzyDate.parse("2020") != FuzzyDate.parse("2020~")


@given(dates)
def test_a_date_survives_pickling(fuzzy):
    assert pickle.loads(pickle.dumps(fuzzy)) == fuzzy  # noqa: S301
