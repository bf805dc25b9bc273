"""A quantity whose parts contradict each other is refused by the part to blame."""

import pickle
from decimal import Decimal

import pytest

from claims.dates import FuzzyDate
from claims.quantities import Quantity, QuantityError

ONE, TWO = Decimal(1), Decimal(2)


def blamed(*parts, **more) -> str:
    with pytest.raises(QuantityError) as caught:
        Quantity(*parts, **more)
    return caught.value.field


def test_an_unknown_comparator_is_refused_with_those_there_are():
    with pytest.raises(QuantityError) as caught:
        Quantity("about", ONE, "km")
    assert str(caught.value) == (
        "comparator is “about”, but should be eq | approx | lt | lte | gt | gte | between."
    )


def test_an_unknown_change_is_refused_with_those_there_are():
    with pytest.raises(QuantityError) as caught:
        Quantity("eq", ONE, "km", change="rise")
    assert str(caught.value) == "change is “rise”, but should be level | increase | decrease."


def test_between_needs_an_upper_value_above_its_value():
    assert blamed("between", ONE, "km") == "upper"
    assert blamed("between", ONE, "km", upper=ONE) == "upper"
    assert blamed("between", TWO, "km", upper=ONE) == "upper"
    assert Quantity("between", ONE, "km", upper=TWO).upper == TWO


@pytest.mark.parametrize("comparator", ["eq", "approx", "lt", "lte", "gt", "gte"])
def test_an_upper_value_goes_with_between_only(comparator):
    assert blamed(comparator, ONE, "km", upper=TWO) == "upper"


@pytest.mark.parametrize("comparator", ["eq", "lt", "lte", "gt", "gte"])
def test_a_tolerance_goes_with_approx_only(comparator):
    assert blamed(comparator, ONE, "km", tolerance=TWO) == "tolerance"


def test_a_tolerance_is_above_zero_and_at_most_a_hundred():
    for tolerance in ("-1", "0", "100.1"):
        assert blamed("approx", ONE, "km", tolerance=Decimal(tolerance)) == "tolerance"
    assert Quantity("approx", ONE, "km", tolerance=Decimal(100)).tolerance == 100


def test_a_baseline_goes_with_a_change_only():
    assert blamed("eq", ONE, "km", baseline_value=ONE) == "baseline_value"
    assert blamed("eq", ONE, "km", baseline_date=FuzzyDate.parse("1990")) == "baseline_date"


@pytest.mark.parametrize("change", ["increase", "decrease"])
def test_a_change_is_not_negative(change):
    assert blamed("eq", -ONE, "km", change=change) == "value"
    assert Quantity("eq", Decimal(0), "km", change=change).value == 0
    assert Quantity("eq", ONE, "km", change=change, baseline_value=-TWO).baseline_value == -TWO


def test_a_zero_is_shown_and_not_called_missing():
    with pytest.raises(QuantityError, match="tolerance is “0”, but should be"):
        Quantity("approx", ONE, "km", tolerance=Decimal(0))


def test_a_refusal_survives_pickling():
    with pytest.raises(QuantityError) as caught:
        Quantity("between", ONE, "km")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert error.field == "upper"
    assert str(error) == str(caught.value)
