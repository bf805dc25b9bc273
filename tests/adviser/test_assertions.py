"""An assertion speaks of a time, and what is for that time decides."""

import pytest

from tests.adviser.claims import CANNOT_TELL, answer, ask, assertion, figure, seen


@pytest.mark.parametrize(
    ("stance", "outcome"), [("supports", "borne_out"), ("contradicts", "not_borne_out")]
)
def test_an_observation_within_the_time_decides(stance, outcome):
    assert answer(assertion("2020"), seen(stance, "2020-06-01")) == (outcome, "certain")


def test_one_that_takes_in_all_of_the_time_is_likely():
    assert answer(assertion("2020-10-12/2020-10-16"), seen(dated="2020-10")) == (
        "borne_out",
        "likely",
    )


@pytest.mark.parametrize("dated", ["2019", "2021-05-01"])
def test_one_of_another_time_does_not_count(dated):
    suggestion = ask(assertion("2020"), seen(dated=dated))

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert dated in suggestion.reasons[0]
    assert "2020" in suggestion.ask_first


@pytest.mark.parametrize("dated", ["2020-06/2021-06", "2020~", "2020-10/..", None])
def test_one_that_may_be_of_another_time_cannot_tell(dated):
    assert answer(assertion("2020"), seen(dated=dated)) == CANNOT_TELL


def test_a_marked_time_is_never_certain():
    assert answer(assertion("2020?"), seen(dated="2020-06-01")) == CANNOT_TELL


def test_without_a_time_it_is_asked_for():
    suggestion = ask(assertion(None), seen())

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert suggestion.ask_first == "What time does it speak of?"


def test_what_was_so_before_it_was_said_counts():
    assert answer(assertion("1990"), seen(dated="1990-05")) == ("borne_out", "certain")


def test_observations_that_differ_are_a_conflict():
    one, other = seen(dated="2020-06-01"), seen("contradicts", "2020-06-02")

    assert ask(assertion("2020"), one, other).conflicting == (one.uid, other.uid)


def test_a_figure_for_the_time_decides():
    people = assertion("2020", quantity="approx 3600 people")

    assert answer(people, figure("eq 3550 people", "2020-05")) == ("borne_out", "certain")
    assert answer(people, figure("eq 3000 people", "2020-05", "contradicts")) == (
        "not_borne_out",
        "certain",
    )
    assert answer(people, figure("gt 3500 people", "2020-05")) == CANNOT_TELL
