"""Beside a fuzzy date stand its days, beside a quantity its number and unit, after every write."""

from datetime import date
from decimal import Decimal

import pytest

from claims.dates import FuzzyDate
from claims.models import Claim
from claims.quantities import Quantity
from tests.factories import edit, make_draft

pytestmark = pytest.mark.django_db


def days():
    return Claim.objects.values_list("due_first", "due_last").get()


def amount():
    return Claim.objects.values_list("quantity_value", "quantity_unit").get()


def test_a_new_claim():
    make_draft(quantity="between 10 20 percent")

    assert days() == (date(2020, 1, 1), date(2020, 12, 31))
    assert amount() == (Decimal(10), "percent")


def test_an_edited_claim():
    claim = make_draft(quantity="eq 10 percent")

    edit(claim, values={"due": "2021-02", "quantity": "lt 0.123456 units"})

    assert days() == (date(2021, 2, 1), date(2021, 2, 28))
    assert amount() == (Decimal("0.123456"), "units")


def test_values_taken_away():
    claim = make_draft(quantity="eq 10 percent")

    edit(claim, values={"due": None, "due_mode": "", "due_basis": "", "quantity": None})

    assert days() == (None, None)
    assert amount() == (None, "")


def test_an_open_end():
    make_draft(due="2020/..", due_mode="by", due_basis="ours")

    assert days() == (date(2020, 1, 1), None)


def test_the_largest_numbers_come_back_exactly():
    for number in ("999999999999999000", "123456789.123456", "-0.000001"):
        claim = make_draft(quantity=f"eq {number} units")
        claim.refresh_from_db()

        assert str(claim.quantity.value) == number
        assert claim.quantity_value == Decimal(number)


def test_values_come_back_as_values():
    make_draft(quantity="approx 3600 people", said_on="2020-01~")

    claim = Claim.objects.get()

    assert claim.said_on == FuzzyDate.parse("2020-01~")
    assert claim.quantity == Quantity.parse("approx 3600 people")
