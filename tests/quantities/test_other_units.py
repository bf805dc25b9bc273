"""A claim and an observation in two units of one dimension compare as if they were in one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.quantities import Met, Quantity, QuantityError
from tests.quantities.strategies import ranges

# Whole powers of ten, so that any amount of theirs is a Decimal in both.
PAIRS = [("km", "m", 3), ("t", "Mt", -6), ("GWh", "MWh", 3), ("ha", "m2", 4), ("km", "miles", None)]


def compare(claim: str, observed: str) -> Met:
    return Quantity.parse(claim).compare(Quantity.parse(observed))


def moved(quantity: Quantity, unit: str, power: int) -> Quantity:
    """The same quantity, written in another unit."""
    upper = None if quantity.upper is None else quantity.upper.scaleb(power)
    try:
        return replace(quantity, value=quantity.value.scaleb(power), upper=upper, unit=unit)
    except QuantityError:
        assume(False)  # six places after the point do not hold it
        raise


@pytest.mark.parametrize(
    ("claim", "observed", "answer"),
    [
        ("gte 2 GW", "eq 2000 MW", Met.MET),
        ("gt 2 GW", "eq 2000 MW", Met.NOT_MET),
        ("between 1 2 km2", "gt 150 ha", Met.CANNOT_TELL),
        ("between 1 2 km2", "between 150 200 ha", Met.MET),
        ("approx 100 km within 10 %", "eq 90000 m", Met.MET),
        ("approx 100 km within 10 %", "eq 89999.999999 m", Met.NOT_MET),
        ("eq 18 km/h", "eq 5 m/s", Met.MET),
        ("lt 18 km/h", "eq 4.999999 m/s", Met.MET),
        ("eq 1 m/s", "eq 3.6 km/h", Met.MET),
        ("gte 1 mile", "eq 1.609344 km", Met.MET),
        ("gte 1 mile", "eq 1.609343 km", Met.NOT_MET),
    ],
)
def test_the_observation_is_converted_exactly(claim, observed, answer):
    assert compare(claim, observed) == answer


def test_what_a_change_comes_to_is_converted():
    assert compare("gte 5 km increase", "eq 5000 m increase") == Met.MET
    assert compare("gte 5 km increase on 1990", "eq 4999 m increase on 1990") == Met.NOT_MET
    assert compare("gte 5 km increase", "eq 5000 m") == Met.CANNOT_TELL
    assert compare("gte 5 km increase on 1990", "eq 5000 m increase on 2005") == Met.CANNOT_TELL


def test_a_baseline_has_no_unit_to_convert_from():
    """From 10 what? It is told to be the same only where nothing was converted."""
    assert compare("gte 5 km increase from 10", "eq 6000 m increase from 10") == Met.CANNOT_TELL
    assert compare("gte 5 km increase from 10", "eq 6000 m increase from 10000") == Met.CANNOT_TELL
    assert compare("gte 5 km increase from 10", "eq 6000 m increase") == Met.MET
    assert compare("gte 5 km increase from 10", "eq 6 km increase from 10") == Met.MET


def test_percent_stay_percent():
    claim = "gte 20 percent decrease from 100 in 1990"
    assert compare(claim, "eq 25 percent decrease from 100 in 1990") == Met.MET
    assert compare(claim, "eq 25 percentage_point decrease from 100 in 1990") == Met.CANNOT_TELL
    assert compare("gte 20 percent decrease", "eq 25 Mt decrease") == Met.CANNOT_TELL


@given(ranges(), ranges(), st.sampled_from([each for each in PAIRS if each[2] is not None]))
def test_the_answer_is_the_same_in_either_unit(claim, observed, pair):
    unit, other, power = pair
    claim, observed = replace(claim, unit=unit), replace(observed, unit=unit)
    expected = claim.compare(observed)

    assert claim.compare(moved(observed, other, power)) == expected
    assert moved(claim, other, power).compare(observed) == expected
    assert moved(claim, other, power).compare(moved(observed, other, power)) == expected


@given(ranges(), ranges(), st.sampled_from(PAIRS))
def test_either_fails_the_other_or_neither_does_in_any_unit(one, other, pair):
    one, other = replace(one, unit=pair[0]), replace(other, unit=pair[1])
    assert (one.compare(other) == Met.NOT_MET) == (other.compare(one) == Met.NOT_MET)


@given(ranges(), st.sampled_from(["people", "percent", "EUR", "tons", "MW"]))
def test_a_unit_of_another_dimension_or_of_none_never_decides(quantity, unit):
    assert (
        quantity.compare(
            replace(
                quantity, unit=unit, value=Decimal(0), upper=None, comparator="eq", tolerance=None
            )
        )
        == Met.CANNOT_TELL
    )
