"""Due “throughout” a time: one contrary observation within it decides."""

from datetime import date

import pytest

from tests.adviser.claims import CANNOT_TELL, answer, ask, figure, promise, seen


def throughout(due: str = "2020", **facts):
    return promise(due=due, due_mode="throughout", **facts)


def test_one_contrary_observation_decides_at_once():
    broken = seen("contradicts", "2020-06-01")

    assert answer(throughout(), broken, today=date(2020, 6, 2)) == ("not_borne_out", "certain")
    assert answer(throughout(), broken, seen(dated="2020-09")) == ("not_borne_out", "certain")


@pytest.mark.parametrize("dated", ["2021-01-01", "2019", "2020-01-14"])
def test_one_outside_the_period_or_from_before_it_was_said_does_not(dated):
    assert answer(throughout(), seen("contradicts", dated)) == ("borne_out", "likely")


def test_one_that_may_be_from_before_it_was_said_is_not_certain():
    assert answer(throughout(), seen("contradicts", "2020-01")) == ("not_borne_out", "likely")


@pytest.mark.parametrize("dated", ["2020/2021", "2020-06~", None])
def test_one_that_may_be_outside_cannot_tell(dated):
    assert answer(throughout(), seen("contradicts", dated)) == CANNOT_TELL


def test_silence_to_the_end_proposes_that_it_held():
    assert answer(throughout(), today=date(2020, 12, 31)) == CANNOT_TELL
    suggestion = ask(throughout(), today=date(2021, 1, 1))
    assert (suggestion.outcome, suggestion.certainty) == ("borne_out", "likely")
    assert "Nobody sees every day" in suggestion.reasons[0]


def test_that_it_held_is_never_certain_whatever_supports_it():
    assert answer(throughout(), seen(dated="2020-02/2020-12")) == ("borne_out", "likely")


def test_one_that_is_of_the_same_time_as_support_is_a_conflict():
    held, broken = seen(dated="2020-02/2020-12"), seen("contradicts", "2020-06-01")

    assert ask(throughout(), held, broken).conflicting == (broken.uid, held.uid)


def test_a_figure_that_may_fall_short_stands_against_silence():
    taxes = throughout(quantity="lte 20 percent")

    assert answer(taxes, figure("approx 20 percent", "2020-06-01")) == CANNOT_TELL
    assert answer(taxes, figure("eq 22 percent", "2020-06-01", "contradicts")) == (
        "not_borne_out",
        "certain",
    )


def test_an_open_end_is_never_over_but_is_broken_all_the_same():
    assert answer(throughout("2020/..")) == CANNOT_TELL
    assert answer(throughout("2020/.."), seen("contradicts", "2023")) == (
        "not_borne_out",
        "certain",
    )
