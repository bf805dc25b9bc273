"""A quantity is read from, and written to, one line of plain words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dates import FuzzyDate, FuzzyDateError
from claims.quantities import MAX_LENGTH, Quantity, QuantityError
from tests.quantities.strategies import quantities


@given(quantities())
def test_what_is_written_reads_back_the_same(quantity):
    assert Quantity.parse(str(quantity)) == quantity


@given(quantities())
def test_no_text_is_longer_than_the_column_that_keeps_it(quantity):
    assert len(str(quantity)) <= MAX_LENGTH


def test_the_longest_text_is_a_range_of_decrease_from_a_dated_level():
    large, larger = "1" + "0" * 17, "2" + "0" * 17
    text = f"between {large} {larger} {'u' * 60} decrease from -{larger} in 2020-10-16~/2021-10-16?"
    assert len(str(Quantity.parse(text))) == MAX_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "approx 3600 people",
        "approx 3600 people within 2 %",
        "gt 120 units of hardware",
        "between -10 20.5 percent",
        "eq 20 percent decrease",
        "eq 20 percent decrease on 1990",
        "eq 20 percent decrease from 100",
        "eq 20 percent decrease from 100 in 1990-Q4~",
        "approx 3 people in work increase from 100 in ../1990 within 0.5 %",
    ],
)
def test_what_is_read_is_written_back_the_same(text):
    assert str(Quantity.parse(text)) == text


def test_every_part_is_read_into_its_field():
    assert Quantity.parse("approx 20 percent decrease from 100.5 in 1990 within 2 %") == Quantity(
        "approx",
        Decimal(20),
        "percent",
        change="decrease",
        baseline_value=Decimal("100.5"),
        baseline_date=FuzzyDate.parse("1990"),
        tolerance=Decimal(2),
    )
    assert Quantity.parse("between 10 20 percent").upper == 20


def test_blanks_and_a_percent_sign_close_up_are_forgiven():
    assert str(Quantity.parse("  approx 3600\t people  within 2% ")) == (
        "approx 3600 people within 2 %"
    )


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "comparator"),
        ("about 3600 people", "comparator"),
        ("GT 120 units", "comparator"),
        ("3600 people", "comparator"),
        ("about many people", "comparator"),
        ("eq", "value"),
        ("eq people", "value"),
        ("eq people 3600", "value"),
        ("eq 3600", "unit"),
        ("eq 20 %", "unit"),
        ("between 10 20", "unit"),
        ("between 10 percent", "upper"),
        ("between 10 and 20 percent", "upper"),
        ("between 20 10 percent", "upper"),
        ("between 10 20x percent", "upper"),
        ("eq 3 600 people", "upper"),
        ("eq 20 percent decrease since 1990", "unit"),
        ("eq 20 percent decrease from 100 in", "unit"),
        ("eq 20 percent on 1990 decrease on 1990 on 1990", "unit"),
        ("eq 20 percent decrease from many in 1990", "baseline_value"),
        ("eq 20 percent decrease from 100 in 1990-13", "baseline_date"),
        ("eq 20 percent decrease on MCMXC", "baseline_date"),
        ("approx 3600 people within 2", "unit"),
        ("approx 3600 people within two %", "tolerance"),
        ("eq 3600 people within 2 %", "tolerance"),
    ],
)
def test_a_malformed_text_is_refused_by_its_first_part_to_blame(text, field):
    with pytest.raises(QuantityError) as caught:
        Quantity.parse(text)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "word", ["3,600", "1e3", "1_000", "NaN", "+5", ".5", "5.", "٣", "−5", "20%"]
)
def test_a_number_in_anything_but_plain_digits_is_refused_by_that_word(word):
    with pytest.raises(QuantityError) as caught:
        Quantity.parse(f"eq {word} people")
    assert str(caught.value) == (
        f"value is “{word}”, but should be plain digits such as 3600 or -0.5 "
        "(for 20%, write 20 percent)."
    )


def test_the_message_says_what_is_missing():
    with pytest.raises(QuantityError) as caught:
        Quantity.parse("approx 3600")
    assert str(caught.value) == "unit is missing, but should be given, as in “approx 3600 people”."


def test_the_message_does_not_repeat_a_pasted_page():
    with pytest.raises(QuantityError) as caught:
        Quantity.parse("eq 5 " + "x" * 10_000)
    assert len(str(caught.value)) < 300


def test_a_malformed_baseline_date_brings_its_own_fault_along():
    with pytest.raises(QuantityError) as caught:
        Quantity.parse("eq 20 percent decrease on 1990-13")
    assert isinstance(caught.value.__cause__, FuzzyDateError)


words = st.sampled_from(
    [
        *("eq", "approx", "between", "5", "20", "-1", "2%", "%", "km", "x"),
        *("within", "level", "increase", "from", "in", "on", "1990"),
    ]
)


@given(st.lists(words, max_size=12).map(" ".join))
def test_any_words_are_either_refused_or_read_without_losing_one(text):
    try:
        quantity = Quantity.parse(text)
    except QuantityError:
        return
    assert str(quantity).replace(" %", "%") == text.replace(" %", "%")
