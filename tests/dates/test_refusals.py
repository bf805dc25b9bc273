"""Whatever is not a date of ours is refused, with the position of the fault."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dates import FuzzyDate, FuzzyDateError
from tests.dates.strategies import periods


def refusal(text: str) -> FuzzyDateError:
    with pytest.raises(FuzzyDateError) as caught:
        FuzzyDate.parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("20", 0),
        ("0000", 0),
        ("-2020", 0),
        ("~2020", 0),
        ("about 2020", 0),
        ("20201", 4),
        ("20201016", 4),
        ("2020.10", 4),
        ("2020-", 5),
        ("2020-00", 5),
        ("2020-13", 5),
        ("2020-1", 5),
        ("2020-Q0", 5),
        ("2020-Q5", 5),
        ("2020-H3", 5),
        ("2020-q4", 5),
        ("2020-Q4-01", 7),
        ("2020-10-", 8),
        ("2020-10-1", 8),
        ("2020-10-00", 8),
        ("2020-10-32", 8),
        ("2020-11-31", 8),
        ("2021-02-29", 8),
        ("1900-02-29", 8),
        ("2020-10-16T10:00", 10),
    ],
)
def test_a_malformed_period_is_refused_where_the_malformed_part_begins(text, position):
    assert refusal(text).position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("..", 0),
        ("/2020", 0),
        ("2020-13/2021", 5),
        ("2020/", 5),
        ("2020/2021-13", 10),
        ("2020/2021/2022", 9),
        ("2020/2021/..", 9),
        ("2020/...", 5),
        ("../..", 3),
    ],
)
def test_a_malformed_interval_is_refused_at_the_end_that_is_malformed(text, position):
    assert refusal(text).position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [("2020/2019", 5), ("2020-10-16/2020-10-15", 11), ("2020~/2019?", 6)],
)
def test_an_interval_that_ends_before_it_starts_is_refused_at_its_end(text, position):
    assert refusal(text).position == position


@pytest.mark.parametrize("text", [" 2020", "2020 ", "2020\n", "2020 / 2021", "2020-10 -16"])
def test_blanks_are_refused(text):
    refusal(text)


@pytest.mark.parametrize("text", ["٢٠٢٠", "2020-1٠", "２０２０", "2020–10", "2020-10-1²"])
def test_digits_and_dashes_of_other_scripts_are_refused(text):
    refusal(text)


@pytest.mark.parametrize(
    "text", ["2020%", "2020?~", "~~2020", "202X", "Y12020", "2020-21", "[2020,2021]", "2020-?10"]
)
def test_other_edtf_is_refused(text):
    refusal(text)


@given(st.text())
def test_any_text_is_either_read_or_refused_at_a_position_within_it(text):
    try:
        FuzzyDate.parse(text)
    except FuzzyDateError as error:
        position = error.position
    else:
        position = 0
    assert 0 <= position <= len(text)


@given(
    periods, st.integers(0, 12), st.integers(0, 2), st.text(alphabet="0123459-~?QH. ", max_size=2)
)
def test_what_stands_before_the_fault_is_the_beginning_of_some_date(text, at, removed, inserted):
    slip = text[:at] + inserted + text[at + removed :]
    try:
        FuzzyDate.parse(slip)
    except FuzzyDateError as error:
        sound = slip[: error.position]
        FuzzyDate.parse(sound + {"": "2020", "-": "01"}.get(sound[-1:], ""))


def test_the_message_counts_from_one_shows_the_fault_and_says_what_belongs_there():
    message = str(refusal("2020-13"))
    assert message.startswith(
        "At position 6 there is “13”, where there should be a month from 01 to 12, "
    )


def test_the_message_names_every_accepted_form():
    message = str(refusal("soon"))
    for form in (
        *("2020", "2020-H2", "2020-Q4", "2020-10", "2020-10-16"),
        *("2020/2021", "../2025", "2025/..", "~", "?"),
    ):
        assert form in message


def test_the_message_says_so_where_the_text_ends_too_soon():
    assert str(refusal("2020/")).startswith("At position 6 there is the end")


def test_the_message_does_not_repeat_a_pasted_page():
    assert len(str(refusal("x" * 10_000))) < 400


def test_a_refusal_survives_pickling():
    error = pickle.loads(pickle.dumps(refusal("2020-13")))  # noqa: S301
    assert error.position == 5
    assert str(error) == str(refusal("2020-13"))
