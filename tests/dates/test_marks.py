"""``~`` says about, ``?`` says uncertain; neither moves a day."""

import pytest
from hypothesis import given

from claims.dates import FuzzyDate
from tests.dates.strategies import unmarked_periods


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2020", False, False),
        ("2020~", True, False),
        ("2020-Q4?", False, True),
        ("2020~/2021", True, False),
        ("2020/2021-10-16?", False, True),
        ("2020?/2021~", True, True),
        ("../2021~", True, False),
        ("2020?/..", False, True),
    ],
)
def test_a_mark_on_either_end_marks_the_whole_date(text, approximate, uncertain):
    parsed = FuzzyDate.parse(text)
    assert (parsed.approximate, parsed.uncertain) == (approximate, uncertain)
    assert parsed.marked == (approximate or uncertain)


@given(unmarked_periods)
def test_a_mark_moves_neither_first_nor_last_day(text):
    plain, about, unsure = map(FuzzyDate.parse, (text, text + "~", text + "?"))
    assert (plain.first, plain.last) == (about.first, about.last) == (unsure.first, unsure.last)
