"""Numbers are kept exactly, in one plain form, or refused."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import Quantity, QuantityError
from tests.quantities.strategies import numbers


def kept(number: Decimal) -> Decimal:
    return Quantity("eq", number, "km").value


@given(numbers())
def test_a_number_is_kept_exactly(number):
    assert kept(number) == number


@given(numbers())
def test_a_number_survives_as_a_float_of_fifteen_digits_as_sqlite_keeps_it(number):
    assert Decimal(f"{float(kept(number)):.15g}") == number


@given(numbers(), st.integers(0, 12))
def test_trailing_zeros_make_no_difference(number, zeros):
    padded = Decimal(f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros)
    assert str(kept(padded)) == str(kept(number))


@given(numbers())
def test_a_number_never_prints_in_scientific_notation_nor_with_needless_zeros(number):
    printed = str(kept(number))
    assert "E" not in printed
    assert not ("." in printed and printed.endswith("0"))


def test_a_whole_number_keeps_the_zeros_before_its_point():
    assert str(kept(Decimal("3600.000"))) == str(kept(Decimal("3.6E+3"))) == "3600"


def test_zero_has_no_sign():
    assert str(kept(Decimal("-0.00"))) == "0"


@given(numbers())
def test_the_callers_decimal_context_makes_no_difference(number):
    expected = str(kept(number))
    with localcontext(prec=3):
        assert str(kept(number)) == expected


@pytest.mark.parametrize(
    "number",
    [
        "1234567890123456",  # 16 digits
        "0.0000001",  # 7 places
        "1E+18",
        "-1E+18",
        "999999999999999.5",
        "1E+999999999",
        "1E-999999999",
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
    ],
)
def test_a_number_the_database_would_change_is_refused(number):
    with pytest.raises(QuantityError) as caught:
        kept(Decimal(number))
    assert caught.value.field == "value"


@pytest.mark.parametrize("number", [0.5, 3600, "3600", None])
def test_anything_but_a_decimal_is_refused(number):
    with pytest.raises(QuantityError) as caught:
        kept(number)
    assert caught.value.field == "value"


@pytest.mark.parametrize("field", ["upper", "baseline_value", "tolerance"])
def test_the_other_numbers_follow_the_same_rule(field):
    with pytest.raises(QuantityError) as caught:
        Quantity("approx", Decimal(1), "km", change="increase", **{field: Decimal("0.0000001")})
    assert caught.value.field == field
