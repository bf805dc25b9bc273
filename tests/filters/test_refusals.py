"""What is empty, malformed or contradicts itself is refused by name, with what would be right."""

import pytest

from claims.filter_sets import RANGES
from claims.filters import ClaimFilter, questions

pytestmark = pytest.mark.django_db


def faults(**params):
    filters = ClaimFilter(params)
    assert not filters.is_valid()
    return {name: messages[0] for name, messages in filters.errors.items()}


@pytest.mark.parametrize("name", questions())
def test_an_empty_value_is_told_from_a_missing_one(name):
    said = faults(**{"unit": "people", "as_of": "2020-01-01"} | {name: ""})[name]

    assert said.startswith("This is empty: ")


@pytest.mark.parametrize("name", questions())
def test_the_example_that_is_given_is_a_right_one(name):
    example = questions()[name].example or "true"
    filters = ClaimFilter({"unit": "people", "as_of": "2020-01-01", name: example})

    assert filters.is_valid(), filters.errors


@pytest.mark.parametrize("name", questions())
@pytest.mark.parametrize("value", ["\0", "\n", "\ud800", "'", '"', "(.*)+$", "9" * 400])
def test_whatever_is_asked_is_answered_or_refused(name, value):
    filters = ClaimFilter({"unit": "people", "as_of": "2020-01-01", name: value})

    if filters.is_valid():
        filters.unknown_names()
        assert not filters.qs.exists()


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"uid": "1"}, "one looks like 3b767982-"),
        ({"uid": "{3b767982-3f20-4389-bd1e-b51526302961}"}, "is no uid"),
        ({"repeats": "yes"}, "true, false or uids"),
        ({"repeats": "true,false"}, "true, false or uids"),
        ({"publisher": '"Post'}, "double quotes"),
        ({"publisher": "BelTA,"}, "empty value"),
        ({"unit": "people\0"}, "cannot be printed"),
        ({"unit": ",".join(["x"] * 51)}, "at most 50"),
        ({"judged_from": "yesterday"}, "position 1"),
        ({"reason": "lazy"}, "is not one of: abandoned, "),
        ({"due_mode": "throughut"}, "Did you mean “throughout”?"),
    ],
)
def test_a_malformed_value_is_refused_with_what_would_be_right(params, said):
    ((_name, message),) = faults(**params).items()

    assert said in message


@pytest.mark.parametrize("both", RANGES)
def test_a_range_that_ends_before_it_begins_names_both_its_ends(both):
    beyond = {"unit": "people"} if both[0] == "quantity_min" else {}
    low, high = ("5", "6") if beyond else ("2020", "2021-05~")

    told = faults(**beyond, **dict(zip(both, (high, low), strict=True)))

    assert told.keys() == set(both)
    assert set(told.values()) == {
        f"Nothing is from {high} on and up to {low}: exchange the two?",
    }
    assert ClaimFilter({**beyond, **dict(zip(both, (low, high), strict=True))}).is_valid()
    assert ClaimFilter({**beyond, **dict(zip(both, (low, low), strict=True))}).is_valid()
