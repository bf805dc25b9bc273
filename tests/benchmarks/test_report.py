"""Ratios are taken round by round, and a target is met by their median."""

import pytest

from . import report
from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import Round
from .report import (
    Spread,
    exports,
    growth,
    heavy,
    imports,
    indexes,
    ratio,
    reads,
    servers,
    table,
    writes,
)


def rounds(*per_second):
    return [Round(seconds=1, latencies=[0.001] * each) for each in per_second]


def test_a_ratio_compares_the_rounds_of_one_turn():
    measured = {PRODUCT: rounds(40, 90, 100), PLAIN_DRF: rounds(10, 30, 20), BARE: rounds(9, 9, 9)}

    assert ratio(measured, PLAIN_DRF) == Spread(median=4, least=3, most=5)


def slow(milliseconds):
    return [Round(seconds=1, latencies=[milliseconds / 1_000] * 5)]


def everything(**product):
    """What was measured of each question that has a target: much better than is wanted, but for
    what is given of the product, by the question's first word."""
    questions = {**report.FASTER, **report.WITHIN}
    return {
        question: {
            PRODUCT: product.get(question.split(",")[0], rounds(1_000)),
            PLAIN_DRF: rounds(1),
            BARE: rounds(1),
        }
        for question in questions
    }


@pytest.mark.parametrize(("product", "word"), [(10, "met"), (9, "NOT MET")])
def test_each_target_of_reading_has_its_line(product, word):
    lines = reads(everything(detail=rounds(product)))

    assert len(lines) == len(report.WITHIN) + sum(map(len, report.FASTER.values()))
    (of_detail,) = [line for line in lines if "detail: " in line and PLAIN_DRF in line]
    assert of_detail.startswith(f"{word} ")


@pytest.mark.parametrize(("milliseconds", "word"), [(20, "met"), (21, "NOT MET")])
def test_a_question_may_take_so_many_times_as_long_as_another(milliseconds, word):
    measured = everything(detail=slow(2), search=slow(milliseconds))

    found = [line for line in reads(measured) if "search" in line]

    assert {line.startswith(f"{word} ") for line in found} == {True}


def test_a_filter_that_takes_longer_over_more_claims_is_named():
    lines = growth(
        {"speaker": [slow(2), slow(3)], "topic": [slow(2), slow(4)]}, sizes=[10_000, 1_000_000]
    )

    assert [line.split(":")[0] for line in lines[:-1]] == ["grows    topic"]
    assert lines[-1].startswith("NOT MET  1 of 2 filters")


def test_a_question_that_others_do_not_answer_has_empty_places_in_the_table():
    first, line = table({"feed": {PRODUCT: rounds(40)}}).splitlines()

    assert line.split() == ["feed", "40", "(40–40),", "1/1"]
    assert PLAIN_DRF in first


@pytest.mark.parametrize(
    ("seconds", "megabytes", "words"),
    [(2, 200, ["met", "met"]), (2.1, 201, ["NOT MET", "NOT MET"]), (2, None, ["met"])],
)
def test_a_server_is_up_in_time_and_small(seconds, megabytes, words):
    peak = megabytes and megabytes * 1_000_000
    lines = servers({PRODUCT: seconds}, {PRODUCT: peak})

    assert [line.split("  ")[0].strip() for line in lines[2:]] == words


@pytest.mark.parametrize(
    ("first_byte", "streams", "words"),
    [(0.1, True, ["met", "met"]), (0.2, True, ["NOT MET", "met"]), (0.2, False, ["met", "met"])],
)
def test_a_download_begins_at_once(first_byte, streams, words):
    asked = {
        "bytes": 1,
        "seconds": 1,
        "first_byte": first_byte,
        "streams": streams,
        "peak_memory": 1,
    }
    lines = heavy({"claims.csv": asked})

    assert [line.split("  ")[0].strip() for line in lines] == ["heavy", *words]


def test_an_index_that_nothing_read_is_named_unless_it_keeps_rows_apart():
    found = [
        {"name": "claim_list", "bytes": 10, "unique": False, "scans": 7},
        {"name": "claim_by_moon", "bytes": 10, "unique": False, "scans": 0},
        {"name": "claim_uid_key", "bytes": 10, "unique": True, "scans": 0},
    ]

    assert indexes(found)[-1] == "unread   claim_by_moon"


@pytest.mark.parametrize(
    ("per_second", "gapless", "words"),
    [(100, True, ["met", "feed", "met"]), (99, False, ["NOT MET", "feed", "NOT MET"])],
)
def test_verdicts_are_fast_and_the_feed_has_them_all(per_second, gapless, words):
    lines = writes(
        {
            "per_second": per_second,
            "gapless": gapless,
            "verdicts": 500,
            "feed": {"entries_per_second": 20_000},
            "p50": 0.01,
            "p99": 0.02,
            "wanted": 100,
        }
    )

    assert [line.split("  ")[0].strip() for line in lines[1:]] == words


@pytest.mark.parametrize(
    ("of_the_tool", "megabytes", "words"),
    [
        (0.8, 150, ["export", "met"]),
        (0.79, 200, ["export", "NOT MET"]),
        (0.8, 201, ["export", "met", "NOT MET"]),
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
