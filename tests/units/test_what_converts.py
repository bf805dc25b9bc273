"""Units convert inside one physical dimension, and only where they are written unmistakably."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.units import _SPELLINGS, UNITS, ratio

units = st.sampled_from(sorted(UNITS))


@pytest.mark.parametrize(
    ("unit", "into", "size"),
    [
        ("km", "m", 1000),
        ("kilometres", "km", 1),
        ("GW", "MW", 1000),
        ("TWh", "kWh", 10**9),
        ("kWh", "MJ", Fraction(36, 10)),
        ("million tonnes", "Mt", 1),
        ("Mt", "kg", 10**9),
        ("km2", "ha", 100),
        ("m3", "litres", 1000),
        ("days", "hours", 24),
        ("km/h", "m/s", Fraction(5, 18)),
        ("miles", "km", Fraction(1_609_344, 1_000_000)),
        ("mph", "km/h", Fraction(1_609_344, 1_000_000)),
    ],
)
def test_a_unit_is_so_many_of_another(unit, into, size):
    assert ratio(unit, into) == size


@pytest.mark.parametrize(
    ("unit", "into"),
    [
        *[("MW", "MWh"), ("km", "km2"), ("hours", "km/h"), ("t", "m3"), ("J", "W")],
        # Ours: what is counted, shares and money.
        *[("people", "homes"), ("percent", "percentage_point"), ("EUR", "USD")],
        *[("units of hardware", "units"), ("EUR/MWh", "EUR/kWh"), ("percent", "ppm")],
        # One of several, or not of one length, or with a zero of its own.
        *[("tons", "tonnes"), ("pounds", "kg"), ("gallons", "litres"), ("acres", "ha")],
        *[("years", "days"), ("months", "weeks"), ("MB", "GB"), ("degC", "degF")],
        # Words that Pint would read as something else.
        *[("points", "m"), ("stones", "kg"), ("kt", "km/h"), ("a", "days"), ("at", "days")],
        *[("Em", "km"), ("hands", "m"), ("pt", "litres"), ("cases", "people")],
        # Case counts, and so does every word.
        *[("Km", "m"), ("mW", "MW"), ("t CO2", "Mt CO2"), ("working days", "hours")],
    ],
)
def test_others_do_not_convert(unit, into):
    assert ratio(unit, into) is None
    assert ratio(into, unit) is None


@pytest.mark.parametrize("unit", ["people", "percent", "EUR", "units of hardware", "km"])
def test_every_unit_is_one_of_itself(unit):
    assert ratio(unit, unit) == 1


def test_every_spelling_stands_for_one_unit():
    """Else the later entry of the table would silently win."""
    spellings = [each for several in _SPELLINGS.values() for each in several.split(", ")]
    assert len(spellings) == len(set(spellings)) == len(UNITS)


@given(units, units)
def test_there_and_back_is_once(one, other):
    there, back = ratio(one, other), ratio(other, one)
    assert (there is None) == (back is None)
    assert there is None or (there > 0 and there * back == 1)


@given(units, units, units)
def test_by_way_of_a_third_unit_is_the_same(one, middle, other):
    first, second = ratio(one, middle), ratio(middle, other)
    if first and second:
        assert ratio(one, other) == first * second
