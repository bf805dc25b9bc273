"""Quantities of every kind, for Hypothesis."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from claims.choices import Comparator, QuantityChange
from claims.quantities import Quantity
from tests.dates.strategies import dates


@st.composite
def numbers(draw: st.DrawFn) -> Decimal:
    """Any number a quantity may hold: 15 significant digits anywhere from 10**17 to 10**-6."""
    digits = draw(st.integers(0, 10**15 - 1))
    places = draw(st.integers(-6, 18 - len(str(digits))))
    return Decimal(draw(st.sampled_from([1, -1])) * digits).scaleb(places)


# Few and close together, so that ranges of them often touch.
close_numbers = st.sampled_from([Decimal(halves) / 2 for halves in range(-4, 9)])

percentages = st.integers(1, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
units = st.sampled_from(["people", "percent", "percentage_point", "units of hardware", "EUR/m2"])


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = close_numbers) -> Quantity:
    """A level of one unit, with any comparator."""
    comparator = draw(st.sampled_from(Comparator))
    if comparator == Comparator.BETWEEN:
        value, upper = sorted(draw(st.lists(values, min_size=2, max_size=2, unique=True)))
        return Quantity(comparator, value, "km", upper=upper)
    tolerance = draw(st.none() | percentages) if comparator == Comparator.APPROX else None
    return Quantity(comparator, draw(values), "km", tolerance=tolerance)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Anything a quantity may be."""
    spread, unit = draw(ranges(numbers())), draw(units)
    change = draw(st.sampled_from(QuantityChange))
    if change == QuantityChange.LEVEL or spread.value < 0:
        return replace(spread, unit=unit)
    return replace(
        spread,
        unit=unit,
        change=change,
        baseline_value=draw(st.none() | numbers()),
        baseline_date=draw(st.none() | dates),
    )
