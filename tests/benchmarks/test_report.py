"""Ratios are taken round by round, and a target is met by their median."""

import pytest

from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import Round
from .report import Spread, ratio, verdicts


def rounds(*per_second):
    return [Round(seconds=1, latencies=[0.001] * each) for each in per_second]


def test_a_ratio_compares_the_rounds_of_one_turn():
    measured = {PRODUCT: rounds(40, 90, 100), PLAIN_DRF: rounds(10, 30, 20), BARE: rounds(9, 9, 9)}

    assert ratio(measured, PLAIN_DRF) == Spread(median=4, least=3, most=5)


@pytest.mark.parametrize(("product", "word"), [(30, "met"), (29, "NOT MET")])
def test_each_target_has_its_line(product, word):
    measured = {
        "list": {PRODUCT: rounds(product), PLAIN_DRF: rounds(10)},
        "detail": {PRODUCT: rounds(80), PLAIN_DRF: rounds(10)},
    }

    on_list, on_detail = verdicts(measured)

    assert on_list.startswith(f"{word} ")
    assert on_detail.startswith("met ")
