import json

import pytest

from claims.documents import Names, record, render
from claims.models import Claim
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def summary(**values):
    return json.loads(make_claim(**values).document.summary)


def test_a_fuzzy_date_comes_with_its_days():
    facts = summary(said_on="2020-Q1~", due="2020/..", due_mode="by", due_basis="ours")

    assert (facts["said_on"], facts["said_first"], facts["said_last"]) == (
        "2020-Q1~",
        "2020-01-01",
        "2020-03-31",
    )
    assert (facts["due"], facts["due_first"], facts["due_last"]) == ("2020/..", "2020-01-01", None)


def test_a_quantity_comes_in_parts():
    facts = summary(quantity="approx 3600.50 people increase from 3000 in 2019 within 2 %")

    assert facts["quantity"] == {
        "text": "approx 3600.5 people increase from 3000 in 2019 within 2 %",
        "comparator": "approx",
        "value": "3600.5",
        "upper": None,
        "unit": "people",
        "change": "increase",
        "baseline_value": "3000",
        "baseline_date": "2019",
        "tolerance": "2",
    }


def test_columns_of_their_own_stand_in_the_order_of_their_names():
    facts = summary(extra={"where": "Berlin", "bb": "2", "a": "1"})

    assert list(facts["extra"].items()) == [("a", "1"), ("bb", "2"), ("where", "Berlin")]


def test_an_entry_from_before_there_was_such_a_column_is_read_as_without():
    claim = Claim.objects.with_everything().get(pk=make_claim(extra={"page": "7"}).pk)
    older = record(claim)
    del older["extra"]

    assert json.loads(render(older, Names.of([older])).summary)["extra"] == {}


def test_what_was_not_said_is_null_or_empty():
    facts = summary(kind="prediction")

    assert [facts[name] for name in ("due", "quantity", "on_behalf_of", "refers_to")] == [None] * 4
    assert [facts[name] for name in ("due_mode", "condition", "external_id")] == [""] * 3
