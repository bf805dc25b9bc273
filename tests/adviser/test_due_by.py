"""Due “by” a time: in time, late, or nothing seen of it."""

from datetime import date

import pytest

from tests.adviser.claims import CANNOT_TELL, answer, ask, figure, promise, seen

HOMES = {"due": "2025", "said_on": "2024-01-15", "quantity": "gte 120 homes"}


@pytest.mark.parametrize("dated", ["2020-06-01", "2020-12-31", "2020-03", "2020-Q2/2020-Q4"])
def test_met_on_or_before_the_last_day_is_borne_out(dated):
    assert answer(promise(), seen(dated=dated)) == ("borne_out", "certain")


def test_met_before_the_due_period_is_early_and_not_wrong():
    assert answer(promise(due="2021"), seen(dated="2020-06")) == ("borne_out", "certain")


@pytest.mark.parametrize("dated", ["2021-01-01", "2021", "2021/.."])
def test_met_after_the_last_day_is_late(dated):
    assert answer(promise(), seen(dated=dated)) == ("borne_out_late", "certain")


@pytest.mark.parametrize(
    ("due", "dated", "why"),
    [
        ("2020", "2020/2021", "outside"),
        ("2020", None, "no date"),
        ("2020", "2020-06~", "leave the days open"),
        ("2020?", "2020-06-01", "leave the days open"),
        ("2020", "2020-06/..", "open at one end"),
    ],
)
def test_where_it_cannot_be_told_whether_it_was_in_time_it_says_why(due, dated, why):
    suggestion = ask(promise(due=due), seen(dated=dated))

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert why in suggestion.reasons[0]
    assert (str(dated) in suggestion.reasons[0]) == (dated is not None)
    assert due in suggestion.reasons[0]
    assert suggestion.ask_first


def test_without_an_end_it_is_never_late_and_never_over():
    assert answer(promise(due="2020/.."), seen(dated="2024")) == ("borne_out", "certain")
    assert answer(promise(due="2020/..")) == CANNOT_TELL


def test_nothing_seen_and_the_period_over_is_proposed_as_missed_and_not_as_certain():
    suggestion = ask(promise())

    assert (suggestion.outcome, suggestion.certainty) == ("not_borne_out", "likely")
    assert "absence of evidence" in suggestion.reasons[0]
    assert "2020-12-31" in suggestion.reasons[0]
    assert suggestion.rests_on == ()
    assert "Has anybody looked?" in suggestion.ask_first


def test_a_search_that_found_nothing_is_told_and_answers_whether_anybody_looked():
    search = seen("context", "2021-02-01", kind="search", summary="Nowhere to be found.")

    suggestion = ask(promise(), search)

    assert (suggestion.outcome, suggestion.certainty) == ("not_borne_out", "likely")
    assert "Nowhere to be found." in suggestion.reasons[1]
    assert suggestion.ask_first == ""


def test_silence_says_nothing_before_the_period_is_over():
    assert answer(promise(), today=date(2020, 12, 31)) == CANNOT_TELL
    assert answer(promise(), today=date(2021, 1, 1)) == ("not_borne_out", "likely")


def test_silence_says_nothing_where_a_mark_leaves_the_end_open():
    suggestion = ask(promise(due="2020~"))

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert "2020~" in suggestion.reasons[0]


def test_what_was_so_before_it_was_said_does_not_count():
    suggestion = ask(promise(), seen(dated="2019-12"))

    assert (suggestion.outcome, suggestion.certainty) == ("not_borne_out", "likely")
    assert any("before it was said (2020-01-15)" in reason for reason in suggestion.reasons)


def test_what_may_be_from_before_it_was_said_is_not_certain():
    assert answer(promise(), seen(dated="2020")) == ("borne_out", "likely")


def test_what_is_still_to_come_does_not_count():
    plan = seen(dated="2020-12-01")

    assert answer(promise(), plan, today=date(2020, 6, 1)) == CANNOT_TELL
    assert answer(promise(), plan, today=date(2020, 12, 1)) == ("borne_out", "certain")


def test_a_contrary_observation_after_the_end_is_missed_but_may_come_late_yet():
    suggestion = ask(promise(), contrary := seen("contradicts", "2021-02"))

    assert (suggestion.outcome, suggestion.certainty) == ("not_borne_out", "likely")
    assert suggestion.rests_on == (contrary.uid,)


def test_a_contrary_observation_within_the_period_says_nothing_of_later():
    early = seen("contradicts", "2020-06")

    assert answer(promise(), early, today=date(2020, 9, 1)) == CANNOT_TELL
    assert answer(promise(), early, seen(dated="2020-11")) == ("borne_out", "certain")
    assert answer(promise(), early, seen(dated="2021-11")) == ("borne_out_late", "certain")


def test_contrary_to_what_was_seen_before_is_a_conflict():
    met, contrary = seen(dated="2020-06"), seen("contradicts", "2020-11")

    suggestion = ask(promise(), met, contrary)

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert suggestion.conflicting == (met.uid, contrary.uid)
    assert all(
        any(str(each.dated) in reason for reason in suggestion.reasons) for each in (met, contrary)
    )


def test_support_from_both_sides_of_the_last_day_asks_which_shows_it():
    adopted, signed = seen(dated="2020-12-02"), seen(dated="2021-09-16")

    suggestion = ask(promise(), signed, adopted)

    assert suggestion.outcome is None
    assert suggestion.conflicting == (adopted.uid, signed.uid)
    assert "both sides of 2020-12-31" in suggestion.reasons[0]


def test_late_is_not_certain_beside_support_that_may_be_in_time():
    assert answer(promise(), seen(dated="2021-09"), seen(dated=None)) == CANNOT_TELL


def test_a_figure_met_early_stays_met():
    early, later = figure("eq 130 homes", "2024-06-30"), figure("eq 140 homes", "2026-06-30")

    assert answer(promise(**HOMES), early) == ("borne_out", "certain")
    assert answer(promise(**HOMES), early, later, today=date(2026, 7, 1)) == (
        "borne_out",
        "certain",
    )


def test_a_figure_that_falls_short_early_says_nothing_of_later():
    short = figure("eq 80 homes", "2025-06-30", "contradicts")

    assert answer(promise(**HOMES), short, today=date(2025, 7, 1)) == CANNOT_TELL
    assert answer(promise(**HOMES), short, figure("eq 125 homes", "2025-12-01")) == (
        "borne_out",
        "certain",
    )


def test_a_figure_seen_late_is_certainly_late_only_after_one_that_fell_short_at_the_end():
    late = figure("eq 125 homes", "2026-03-31")
    short = figure("eq 110 homes", "2025-12-31", "contradicts")
    day = date(2026, 4, 1)

    assert answer(promise(**HOMES), late, today=day) == ("borne_out_late", "likely")
    assert answer(promise(**HOMES), late, short, today=day) == ("borne_out_late", "certain")


def test_a_figure_in_another_unit_of_the_dimension_decides():
    power = promise(quantity="gte 2 GW")

    assert answer(power, figure("eq 2500 MW", "2020-06-01")) == ("borne_out", "certain")
    assert answer(power, figure("eq 2500 MWh", "2020-06-01")) == CANNOT_TELL


def test_a_figure_too_vague_to_tell_stands_against_silence():
    suggestion = ask(promise(**HOMES), figure("gt 100 homes", "2025-06-01"))

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert any("gt 100 homes" in each and "gte 120 homes" in each for each in suggestion.reasons)


def test_a_figure_filed_under_the_wrong_stance_decides_nothing():
    misfiled = figure("eq 130 homes", "2025-06-01", "contradicts")

    assert answer(promise(**HOMES), misfiled) == CANNOT_TELL
    assert "filed under “Contradicts”" in " ".join(ask(promise(**HOMES), misfiled).reasons)


def test_support_without_a_figure_makes_a_claim_with_one_likely_at_most():
    words = seen(dated="2025-06-01")

    assert answer(promise(**HOMES), words) == ("borne_out", "likely")


def test_only_we_dated_it_is_said_where_it_is_called_late_or_missed():
    ours = promise(due_basis="ours")

    def says_so(*observations):
        return any("We set the due period" in each for each in ask(ours, *observations).reasons)

    assert says_so(seen(dated="2021-05"))
    assert says_so()
    assert not says_so(seen(dated="2020-05"))


def test_a_promise_without_a_due_period_cannot_be_told():
    suggestion = ask(promise(due=None), seen())

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert "When is it due" in suggestion.ask_first
