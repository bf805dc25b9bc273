"""A single period lasts from its first day to its last."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from claims.dates import FuzzyDate
from tests.dates.strategies import periods


def days(text: str) -> tuple[date | None, date | None]:
    parsed = FuzzyDate.parse(text)
    return parsed.first, parsed.last


def test_a_year_lasts_from_new_year_to_new_years_eve():
    assert days("2020") == (date(2020, 1, 1), date(2020, 12, 31))


def test_the_earliest_and_the_latest_year_are_whole_years():
    assert days("0001") == (date(1, 1, 1), date(1, 12, 31))
    assert days("9999") == (date(9999, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
    ],
)
def test_a_half_year_is_six_months(text, first, last):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q2", date(2020, 4, 1), date(2020, 6, 30)),
        ("2020-Q3", date(2020, 7, 1), date(2020, 9, 30)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
    ],
)
def test_a_quarter_ends_on_the_last_day_of_its_third_month(text, first, last):
    assert days(text) == (first, last)


def test_a_month_ends_on_its_last_day():
    assert days("2020-10") == (date(2020, 10, 1), date(2020, 10, 31))
    assert days("2020-11") == (date(2020, 11, 1), date(2020, 11, 30))


def test_february_ends_with_a_leap_day_in_leap_years_only():
    assert days("2020-02")[1] == days("2020-02-29")[1] == date(2020, 2, 29)
    assert days("2000-02")[1] == date(2000, 2, 29)
    assert days("1900-02")[1] == date(1900, 2, 28)


def test_a_day_is_its_own_first_and_last():
    assert days("2020-10-16") == (date(2020, 10, 16), date(2020, 10, 16))


@given(periods)
def test_a_period_lies_within_its_year_and_touches_both_months_it_names(text):
    first, last = days(text)
    assert first is not None
    assert last is not None
    assert first <= last
    assert f"{first.year:04}" == f"{last.year:04}" == text[:4]
    # Unless it is a day, it begins with a month and ends with one.
    is_a_day = len(text.rstrip("~?")) == len("2020-10-16")
    assert is_a_day or first.day == 1
    assert is_a_day or last == date.max or (last + timedelta(days=1)).day == 1
