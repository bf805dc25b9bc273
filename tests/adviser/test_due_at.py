"""Due “at” a time: only what is for its end counts."""

from datetime import date

import pytest

from tests.adviser.claims import CANNOT_TELL, answer, ask, figure, promise, seen


def at(due: str = "2020", **facts):
    return promise(due=due, due_mode="at", **facts)


@pytest.mark.parametrize(
    ("stance", "outcome"), [("supports", "borne_out"), ("contradicts", "not_borne_out")]
)
def test_an_observation_of_the_very_last_day_decides(stance, outcome):
    assert answer(at(), seen(stance, "2020-12-31")) == (outcome, "certain")


@pytest.mark.parametrize("dated", ["2020", "2020-Q4", "2020-12", "2020-11-01/2020-12-31"])
def test_one_of_a_period_that_ends_with_it_is_likely(dated):
    assert answer(at(), seen(dated=dated)) == ("borne_out", "likely")


@pytest.mark.parametrize("dated", ["2020-12-30", "2020-06", "2021-01-01", "2019", "../2019"])
def test_one_without_the_last_day_does_not_count(dated):
    suggestion = ask(at(), seen(dated=dated))

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert "not for the time that counts" in suggestion.reasons[0]
    assert "2020-12-31" in suggestion.ask_first


@pytest.mark.parametrize("dated", ["2020/2021", "2019/2020", "2020-12-31~", "2020-12-31/..", None])
def test_one_that_may_or_may_not_be_of_the_last_day_cannot_tell(dated):
    assert answer(at(), seen(dated=dated)) == CANNOT_TELL


def test_a_mark_or_an_open_end_on_the_due_period_cannot_tell():
    assert answer(at("2020~"), seen(dated="2020-12-31")) == CANNOT_TELL
    assert answer(at("2020/.."), seen(dated="2020-12-31")) == CANNOT_TELL


def test_it_is_never_late():
    assert answer(at(), seen(dated="2021-05-01")) == CANNOT_TELL


def test_silence_does_not_decide():
    assert answer(at()) == CANNOT_TELL


def test_nothing_decides_before_the_last_day():
    december = seen(dated="2020-12")

    assert answer(at(), december, today=date(2020, 12, 30)) == CANNOT_TELL
    assert answer(at(), december, today=date(2020, 12, 31)) == ("borne_out", "likely")


def test_two_that_differ_about_the_end_are_a_conflict():
    one, other = seen(dated="2020-12-31"), seen("contradicts", "2020-12")

    assert set(ask(at(), one, other).conflicting) == {one.uid, other.uid}
    # The other is of June, so they do not differ about the end.
    assert answer(at(), one, seen("contradicts", "2020-06")) == ("borne_out", "certain")


def test_a_figure_of_the_last_day_decides_and_an_earlier_one_does_not():
    homes = at(quantity="gte 120 homes")

    assert answer(homes, figure("eq 130 homes", "2020-06-30")) == CANNOT_TELL
    assert answer(
        homes,
        figure("eq 130 homes", "2020-06-30"),
        figure("eq 110 homes", "2020-12-31", "contradicts"),
    ) == ("not_borne_out", "certain")
