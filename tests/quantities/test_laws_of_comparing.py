"""What must hold between any claim and any observation."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given

from claims.quantities import DEFAULT_TOLERANCE, Met, Quantity
from tests.quantities.strategies import close_numbers, numbers, quantities, ranges


def allows(quantity: Quantity, amount: Fraction) -> bool:
    """Whether the quantity leaves this amount possible: its meaning, said once more."""
    value = Fraction(quantity.value)
    match quantity.comparator:
        case "eq":
            return amount == value
        case "lt":
            return amount < value
        case "lte":
            return amount <= value
        case "gt":
            return amount > value
        case "gte":
            return amount >= value
        case "between":
            return value <= amount <= Fraction(quantity.upper)
    tolerance = Fraction(quantity.tolerance or DEFAULT_TOLERANCE)
    return abs(amount - value) <= abs(value) * tolerance / 100


def telling_amounts(*several: Quantity) -> list[Fraction]:
    """Every end any of the quantities has, and an amount between, below and above them all."""
    ends = set()
    for quantity in several:
        value = Fraction(quantity.value)
        slack = value * Fraction(quantity.tolerance or DEFAULT_TOLERANCE) / 100
        ends |= {value, value - slack, value + slack, Fraction(quantity.upper or 0)}
    inner = {(low + high) / 2 for low, high in pairwise(sorted(ends))}
    return sorted(ends | inner | {min(ends) - 1, max(ends) + 1})


@given(ranges(), ranges())
def test_the_answer_is_what_going_through_the_amounts_one_by_one_would_say(claim, observed):
    possible = [amount for amount in telling_amounts(claim, observed) if allows(observed, amount)]
    within = [allows(claim, amount) for amount in possible]
    expected = Met.MET if all(within) else Met.CANNOT_TELL if any(within) else Met.NOT_MET
    assert claim.compare(observed) == expected


@given(quantities())
def test_a_quantity_bears_itself_out(quantity):
    assert quantity.compare(quantity) == Met.MET


@given(ranges(numbers()), numbers())
def test_a_bare_number_always_decides(claim, number):
    assert claim.compare(number) == (Met.MET if allows(claim, Fraction(number)) else Met.NOT_MET)


@given(ranges(), ranges(), ranges())
def test_a_narrower_observation_never_overturns_an_answer(claim, wide, narrow):
    if wide.compare(narrow) == Met.MET and claim.compare(wide) != Met.CANNOT_TELL:
        assert claim.compare(narrow) == claim.compare(wide)


@given(ranges(), ranges(), ranges())
def test_a_laxer_claim_is_met_by_whatever_meets_the_stricter(lax, strict, observed):
    if lax.compare(strict) == strict.compare(observed) == Met.MET:
        assert lax.compare(observed) == Met.MET


@given(ranges(), ranges())
def test_either_fails_the_other_or_neither_does(one, other):
    assert (one.compare(other) == Met.NOT_MET) == (other.compare(one) == Met.NOT_MET)


@given(close_numbers, close_numbers)
def test_a_number_is_less_equal_or_more_and_only_one_of_these(value, number):
    answers = [
        Quantity(comparator, value, "km").compare(number) for comparator in ("lt", "eq", "gt")
    ]
    assert sorted(answer.value for answer in answers) == ["met", "not_met", "not_met"]


@given(close_numbers, ranges())
def test_at_least_and_less_than_are_opposites(value, observed):
    opposite = {
        Met.MET: Met.NOT_MET,
        Met.NOT_MET: Met.MET,
        Met.CANNOT_TELL: Met.CANNOT_TELL,
    }
    at_least, less = Quantity("gte", value, "km"), Quantity("lt", value, "km")
    assert less.compare(observed) == opposite[at_least.compare(observed)]


@given(numbers().filter(bool))
def test_about_a_number_takes_in_that_number_but_not_zero(number):
    about = Quantity("approx", number, "km")
    assert about.compare(number) == Met.MET
    assert about.compare(Decimal(0)) == Met.NOT_MET
