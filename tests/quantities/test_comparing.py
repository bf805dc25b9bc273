"""An observation bears a quantity out, or not, or cannot tell."""

from decimal import Decimal, localcontext

import pytest

from claims.quantities import Met, Quantity


def compare(claim: str, observed: str) -> Met:
    return Quantity.parse(claim).compare(Quantity.parse(observed))


@pytest.mark.parametrize(
    ("claim", "met", "not_met"),
    [
        ("eq 100 km", ["100"], ["99.999999", "100.000001"]),
        ("lt 100 km", ["99.999999", "-5"], ["100"]),
        ("lte 100 km", ["100"], ["100.000001"]),
        ("gt 100 km", ["100.000001"], ["100"]),
        ("gte 100 km", ["100"], ["99.999999"]),
        ("between 10 20 km", ["10", "20"], ["9.999999", "20.000001"]),
        ("approx 3600 km", ["3420", "3780"], ["3419.999999", "3780.000001"]),
        ("approx 3600 km within 2.5 %", ["3510", "3690"], ["3509.999999", "3690.000001"]),
        ("approx -100 km", ["-105", "-95"], ["-105.000001", "-94.999999"]),
        ("approx 0 km", ["0"], ["0.000001"]),
    ],
)
def test_a_number_meets_a_claim_up_to_the_very_end_of_what_it_allows(claim, met, not_met):
    quantity = Quantity.parse(claim)
    assert {quantity.compare(Decimal(number)) for number in met} == {Met.MET}
    assert {quantity.compare(Decimal(number)) for number in not_met} == {Met.NOT_MET}


@pytest.mark.parametrize(
    ("claim", "observed", "answer"),
    [
        ("gte 100 km", "gt 120 km", Met.MET),
        ("gte 100 km", "gt 100 km", Met.MET),
        ("gte 100 km", "gt 50 km", Met.CANNOT_TELL),
        ("gte 100 km", "lt 100 km", Met.NOT_MET),
        ("gte 100 km", "lte 100 km", Met.CANNOT_TELL),
        ("gt 100 km", "gte 100 km", Met.CANNOT_TELL),
        ("gt 100 km", "lte 100 km", Met.NOT_MET),
        ("lt 100 km", "gt 50 km", Met.CANNOT_TELL),
        ("eq 100 km", "approx 100 km", Met.CANNOT_TELL),
        ("approx 100 km", "between 95 105 km", Met.MET),
        ("approx 100 km", "between 95 106 km", Met.CANNOT_TELL),
        ("between 10 20 km", "gt 20 km", Met.NOT_MET),
    ],
)
def test_a_vague_observation_decides_only_where_all_it_allows_agrees(claim, observed, answer):
    assert compare(claim, observed) == answer


def test_another_unit_cannot_tell():
    assert compare("gte 5 percent", "eq 10 percentage_point") == Met.CANNOT_TELL
    assert compare("gte 5 km", "eq 10 Km") == Met.CANNOT_TELL


def test_another_change_cannot_tell():
    assert compare("gte 5 percent increase", "eq 10 percent") == Met.CANNOT_TELL
    assert compare("gte 5 percent increase", "eq 10 percent decrease") == Met.CANNOT_TELL


def test_another_baseline_cannot_tell():
    claim = "gte 20 percent decrease from 100 in 1990"
    assert compare(claim, "eq 25 percent decrease on 2005") == Met.CANNOT_TELL
    assert compare(claim, "eq 25 percent decrease from 0") == Met.CANNOT_TELL
    assert compare(claim, "eq 25 percent decrease from 100 in 1990") == Met.MET


def test_a_baseline_that_only_one_of_them_names_is_taken_to_be_the_same():
    assert compare("gte 20 percent decrease on 1990", "eq 25 percent decrease") == Met.MET
    assert compare("gte 20 percent decrease", "eq 25 percent decrease on 1990") == Met.MET
    assert compare("gte 9 km increase on 1990", "eq 9 km increase from 1") == Met.MET


def test_a_bare_number_is_in_the_unit_and_change_of_the_claim():
    claim = Quantity.parse("gte 20 percent decrease on 1990")
    assert claim.compare(Decimal(25)) == Met.MET
    assert claim.compare(Decimal(15)) == Met.NOT_MET


def test_a_tolerance_is_exact_whatever_the_callers_decimal_context():
    claim = Quantity.parse("approx 123456789.012345 km within 0.000001 %")
    # A millionth of a percent of it is 1.23456789012345.
    with localcontext(prec=3):
        assert claim.compare(Decimal("123456790.246912")) == Met.MET
        assert claim.compare(Decimal("123456790.246913")) == Met.NOT_MET
