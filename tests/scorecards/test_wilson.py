"""The interval of a share: E. B. Wilson's, from 1927."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.scorecards import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_is_the_one_in_the_literature(part, whole, low, high):
    found = wilson(part, whole)

    assert found == pytest.approx((low, high), abs=5e-5)


shares = st.integers(1, 10_000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


@given(shares)
def test_it_holds_the_share_and_stays_between_none_and_all(share):
    part, whole = share
    low, high = wilson(part, whole)

    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1


@given(shares)
def test_what_is_left_over_has_the_mirrored_interval(share):
    part, whole = share
    low, high = wilson(part, whole)

    assert wilson(whole - part, whole) == pytest.approx((1 - high, 1 - low))


@given(shares)
def test_twice_as_many_claims_make_it_narrower(share):
    part, whole = share
    low, high = wilson(part, whole)
    nearer_low, nearer_high = wilson(2 * part, 2 * whole)

    assert nearer_high - nearer_low < high - low
