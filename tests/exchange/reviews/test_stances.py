"""Which way a rating points."""

import pytest

from claims.exchange.reviews.stances import stance_of, stance_of_number


@pytest.mark.parametrize(
    ("rating", "stance"),
    [
        ("FALSE!", "contradicts"),
        ("Pants on Fire!", "contradicts"),
        ("« Plutôt faux »", "contradicts"),
        ("Größtenteils falsch", "contradicts"),
        ("Ложь", "contradicts"),
        ("झूठ", "contradicts"),
        ("غير صحيح", "contradicts"),
        ("YANLIŞ", "contradicts"),
        ("Mostly true", "supports"),
        ("Đúng", "supports"),
        ("正確", "supports"),
        ("Missing Context", "context"),
        ("Engañoso", "context"),
        ("不正確", "context"),
        ("Kept", "supports"),
        ("Not kept", "contradicts"),
        ("Kept late", "context"),
    ],
)
def test_words_that_the_table_knows(rating: str, stance: str):
    assert stance_of(rating) == stance


@pytest.mark.parametrize("rating", ["", "!", "Not false", "False, mostly, but not all", "5"])
def test_nothing_is_guessed(rating: str):
    assert stance_of(rating) is None


def test_a_bare_number_counts_on_the_documented_scale_alone():
    assert [stance_of_number(str(each), "1", "5") for each in range(7)] == [
        None,
        "contradicts",
        "contradicts",
        "context",
        "supports",
        "supports",
        None,
    ]
    assert stance_of_number("1", "1", "10") is None
    assert stance_of_number("1", "", "") is None
