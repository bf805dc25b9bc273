"""An interval lasts from the first day of its start to the last day of its end."""

from datetime import date

import pytest
from hypothesis import given

from claims.dates import FuzzyDate, FuzzyDateError
from tests.dates.strategies import periods


def test_an_interval_takes_in_both_of_its_ends():
    parsed = FuzzyDate.parse("2020-Q4/2021-02")
    assert (parsed.first, parsed.last) == (date(2020, 10, 1), date(2021, 2, 28))


def test_an_open_start_has_no_first_day():
    parsed = FuzzyDate.parse("../2025")
    assert (parsed.first, parsed.last) == (None, date(2025, 12, 31))


def test_an_open_end_has_no_last_day():
    parsed = FuzzyDate.parse("2025/..")
    assert (parsed.first, parsed.last) == (date(2025, 1, 1), None)


def test_an_interval_may_begin_and_end_with_the_same_period():
    parsed = FuzzyDate.parse("2020-10-16/2020-10-16")
    assert parsed.first == parsed.last == date(2020, 10, 16)


def test_an_end_may_be_given_more_roughly_than_a_start_within_it():
    parsed = FuzzyDate.parse("2020-10-16/2020")
    assert (parsed.first, parsed.last) == (date(2020, 10, 16), date(2020, 12, 31))


@given(periods, periods)
def test_an_interval_is_read_exactly_when_it_holds_a_day(start, end):
    first, last = FuzzyDate.parse(start).first, FuzzyDate.parse(end).last
    assert first is not None
    assert last is not None
    if first <= last:
        parsed = FuzzyDate.parse(f"{start}/{end}")
        assert (parsed.first, parsed.last) == (first, last)
    else:
        with pytest.raises(FuzzyDateError) as caught:
            FuzzyDate.parse(f"{start}/{end}")
        assert caught.value.position == len(start) + 1
