"""A unit is a word or a few, and is what makes two quantities comparable."""

from decimal import Decimal

import pytest

from claims.quantities import UNIT_LENGTH, Quantity, QuantityError


def unit(text: str) -> str:
    return Quantity("eq", Decimal(5), text).unit


def refusal(text: str) -> QuantityError:
    with pytest.raises(QuantityError) as caught:
        unit(text)
    assert caught.value.field == "unit"
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        *("people", "percent", "percentage_point", "units of hardware", "EUR", "km/h", "m2"),
        *("person-years", "million 2020 euros", "MW", "mW", "people in work", "USD p.a."),
    ],
)
def test_a_unit_is_kept_as_written(text):
    assert unit(text) == text


def test_blanks_around_and_between_words_shrink_to_one():
    assert unit("  units \t of\n hardware ") == "units of hardware"


@pytest.mark.parametrize("text", ["%", "% of GDP", "percent (%)"])
def test_a_percent_sign_is_refused_with_the_word_to_write(text):
    assert "should be the word percent" in str(refusal(text))


@pytest.mark.parametrize(
    "text", ["", " ", "5", "2020 euros", "-km", "km²", "€", "people!", "a - b"]
)
def test_anything_but_plain_words_is_refused(text):
    refusal(text)


def test_a_unit_has_at_most_sixty_characters():
    assert unit("k" * UNIT_LENGTH)
    refusal("k" * (UNIT_LENGTH + 1))


@pytest.mark.parametrize("word", ["level", "increase", "decrease", "within", "Increase"])
def test_a_unit_with_a_word_of_the_text_form_is_refused_by_that_name(word):
    for text in (word, f"{word} in people", f"people {word}"):
        assert "free of the words level, increase, decrease and within" in str(refusal(text))


def test_a_longer_word_that_begins_like_one_of_the_text_form_is_a_unit():
    assert unit("levels") == "levels"
