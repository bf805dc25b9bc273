"""A cell that a spreadsheet made something else of is refused with that cause, and a way out."""

import pytest

from claims.exchange.columns import TABLES

CLAIMS = TABLES["claims"].by_name


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("44120", "to it, 44120 is 2020-10-16"),
        ("44120.5", "to it, 44120 is 2020-10-16"),
        ("Oct-20", "wrote the date in its own way"),
        ("окт.-20", "wrote the date in its own way"),
        ("16-Oct-2020", "wrote the date in its own way"),
        ("16-Oct", "wrote the date in its own way"),
        ("10/16/2020", "wrote the date in its own way"),
        ("16.10.2020", "wrote the date in its own way"),
        ("2020/10/16", "wrote the date in its own way"),
        ("2020-10-16 00:00:00", "wrote the date in its own way"),
        ("2020-10-16T00:00:00.000Z", "wrote the date in its own way"),
    ],
)
def test_of_a_date(cell: str, words: str):
    with pytest.raises(ValueError) as refused:
        CLAIMS["due"].parse(cell)

    assert "At position" in str(refused.value)
    assert words in str(refused.value)
    assert "Format the column as text" in str(refused.value)
    assert "claims.xlsx" in str(refused.value)


@pytest.mark.parametrize("cell", ["soon", "2020-13", "20201016", "2020-10-16/", "1/2", "in 2020"])
def test_another_wrong_date_is_not_blamed_on_one(cell: str):
    with pytest.raises(ValueError) as refused:
        CLAIMS["due"].parse(cell)

    assert "spreadsheet" not in str(refused.value)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("quantity", "approx 3.60E+03 people", "shortened it to “3.60E+03”"),
        ("quantity", "approx 3,600 people", "“3,600” without what groups its digits: 3600."),
        ("quantity", "approx 3’600.5 people", "groups its digits: 3600.5."),
        ("quantity", "approx 3,6 people", "“3,6” with a decimal point: 3.6."),
        ("revision", "1E+00", "shortened it to “1E+00”"),
        ("revision", "3,600", "groups its digits: 3600."),
        ("id", "3.67E+11", "shortened it to “3.67E+11”, and digits may be lost"),
        ("speaker", "1.5E+7", "shortened it to “1.5E+7”"),
    ],
)
def test_of_a_number(column: str, cell: str, words: str):
    with pytest.raises(ValueError) as refused:
        CLAIMS[column].parse(cell)

    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("quantity", "about 3600 people"), ("revision", "one"), ("id", "17"), ("speaker", "the UN")],
)
def test_another_wrong_number_is_not_blamed_on_one(column: str, cell: str):
    with pytest.raises(ValueError) as refused:
        CLAIMS[column].parse(cell)

    assert "spreadsheet" not in str(refused.value)


@pytest.mark.parametrize(("cell", "meant"), [("TRUE", True), ("False", False)])
def test_its_capitals_are_taken(cell: str, meant: bool):
    assert CLAIMS["quote_is_translation"].parse(cell) is meant
