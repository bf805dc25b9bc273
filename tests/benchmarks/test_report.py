"""Ratios are taken round by round, and a target is met by their median."""

import pytest

from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import Round
from .report import Spread, exports, imports, ratio, verdicts


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


@pytest.mark.parametrize(
    ("of_the_tool", "megabytes", "words"),
    [
        (0.8, 150, ["export", "met"]),
        (0.79, 150, ["export", "NOT MET"]),
        (0.8, 151, ["export", "met", "NOT MET"]),
        (None, 150, ["export"]),  # the tool is not on this machine
    ],
)
def test_each_export_has_its_line_and_each_of_its_targets(of_the_tool, megabytes, words):
    made = {
        "rows": 100,
        "seconds": 2,
        "first_byte": 0.1,
        "peak_memory": megabytes * 1_000_000,
        "of_the_tool": of_the_tool,
        "wanted": 0.8,
    }

    lines = exports({"claims.csv": made})

    assert [line.split("  ")[0].strip() for line in lines] == words


@pytest.mark.parametrize(
    ("claims", "megabytes", "words"),
    [
        (3_000, 120, ["import", "import", "met", "met"]),
        (2_999, 120, ["import", "import", "NOT MET", "met"]),
        (3_000, 121, ["import", "import", "met", "NOT MET"]),
    ],
)
def test_each_import_has_its_line_and_the_largest_each_of_the_targets(claims, megabytes, words):
    few = {"claims": 100, "seconds": 1, "peak_memory": 100_000_000, "wanted": 1_500}
    many = {
        "claims": claims,
        "seconds": 2,
        "peak_memory": megabytes * 1_000_000,
        "wanted": 1_500,
    }

    assert [line.split("  ")[0].strip() for line in imports([few, many])] == words


def test_an_import_of_which_no_speed_is_wanted_has_only_to_keep_its_memory():
    made = {"claims": 100, "seconds": 1, "peak_memory": 100_000_000, "wanted": None}

    assert [line.split("  ")[0].strip() for line in imports([made, made])] == [
        *("import", "import", "met")
    ]
