"""Which of two dates came first is said only where it is certain."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.dates import FuzzyDate
from tests.dates.strategies import dates, unmarked_periods

bounds = st.one_of(st.none(), st.dates())


def before(one: str, other: str) -> bool:
    return FuzzyDate.parse(one).certainly_before(FuzzyDate.parse(other))


def after(one: str, other: str) -> bool:
    return FuzzyDate.parse(one).certainly_after(FuzzyDate.parse(other))


def overlaps(text: str, first: date | None, last: date | None) -> bool:
    return FuzzyDate.parse(text).overlaps(first, last)


def test_a_date_is_before_another_when_its_last_day_is_before_the_others_first():
    assert before("2020-Q3", "2020-10-01")
    assert after("2020-10-01", "2020-Q3")


def test_dates_that_share_a_day_are_neither_before_nor_after():
    assert not before("2020-Q3", "2020-09-30")
    assert not after("2020-Q3", "2020-09-30")


def test_an_open_interval_is_before_or_after_on_its_closed_side_only():
    assert before("../2020", "2021")
    assert after("2021/..", "2020")
    assert not before("2021/..", "2030")
    assert not after("../2020", "1900")


@pytest.mark.parametrize("mark", ["~", "?"])
def test_a_marked_date_is_never_certainly_before_or_after(mark):
    assert not before(f"1900{mark}", "2020")
    assert not before("1900", f"2020{mark}")
    assert not after(f"2020{mark}", "1900")
    assert not after("2020", f"1900{mark}")
    assert not before(f"1900{mark}/1901", "2020")


@given(dates, dates)
def test_before_and_after_mirror_each_other_and_exclude_each_other(one, other):
    assert one.certainly_before(other) == other.certainly_after(one)
    assert not (one.certainly_before(other) and one.certainly_after(other))


@given(dates)
def test_no_date_is_before_or_after_itself(one):
    assert not one.certainly_before(one)
    assert not one.certainly_after(one)


@given(st.lists(unmarked_periods, min_size=3, max_size=3).map(sorted))
def test_before_is_transitive(texts):
    one, two, three = map(FuzzyDate.parse, texts)
    if one.certainly_before(two) and two.certainly_before(three):
        assert one.certainly_before(three)


@given(unmarked_periods, unmarked_periods)
def test_unmarked_dates_are_before_after_or_overlapping_and_only_one_of_these(text, other_text):
    one, other = FuzzyDate.parse(text), FuzzyDate.parse(other_text)
    answers = (
        one.certainly_before(other),
        one.certainly_after(other),
        one.overlaps(other.first, other.last),
    )
    assert sum(answers) == 1


def test_a_date_overlaps_a_range_when_they_share_a_day():
    assert overlaps("2020", date(2020, 12, 31), date(2021, 6, 1))
    assert overlaps("2020", date(2019, 6, 1), date(2020, 1, 1))
    assert not overlaps("2020", date(2021, 1, 1), date(2021, 6, 1))
    assert not overlaps("2020", date(2019, 6, 1), date(2019, 12, 31))


def test_a_missing_bound_bounds_nothing():
    assert overlaps("2020", None, None)
    assert overlaps("2020", None, date(2020, 1, 1))
    assert not overlaps("2020", None, date(2019, 12, 31))
    assert overlaps("../2020", None, date(1900, 1, 1))
    assert not overlaps("../2020", date(2021, 1, 1), None)


def test_a_marked_date_overlaps_at_its_written_word():
    assert overlaps("2020~", date(2020, 1, 1), date(2020, 1, 1))
    assert not overlaps("2020~", date(2021, 1, 1), date(2021, 1, 1))


def test_a_range_that_ends_before_it_begins_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="2020-01-01 is before 2020-12-31"):
        overlaps("2020", date(2020, 12, 31), date(2020, 1, 1))


@given(dates, bounds, bounds)
def test_a_date_overlaps_a_range_exactly_when_it_overlaps_it_without_either_bound(one, first, last):
    assume(first is None or last is None or first <= last)
    assert one.overlaps(first, last) == (one.overlaps(first, None) and one.overlaps(None, last))
