"""What names nothing is told, with the nearest that exists."""

from uuid import uuid4

import pytest

from claims.filters import ClaimFilter
from tests.factories import make_claim, make_draft, make_source, make_topic

pytestmark = pytest.mark.django_db


def unknown(among=1, **params):
    filters = ClaimFilter(params)
    assert filters.is_valid(), filters.errors
    return {name: message for name, (message,) in filters.unknown_names(among=among).items()}


@pytest.fixture(scope="module", autouse=True)
def desk(rows_for_all):
    rows_for_all(
        lambda: make_claim(
            external_id="desk-7",
            quantity="eq 5 people",
            quote_language="pt-BR",
            source=make_source(publisher="BelTA"),
            topics=[make_topic(slug="roads")],
        )
    )


@pytest.mark.parametrize(
    ("name", "asked", "nearest"),
    [
        ("unit", "poeple", "people"),
        ("unit", "People", "people"),
        ("quote_language", "pt-br", "pt-BR"),
        ("publisher", "Belta", "BelTA"),
        ("external_id", "desk-8", "desk-7"),
        ("topic", "road", "roads"),
    ],
)
def test_the_nearest_in_use_is_suggested(name, asked, nearest):
    assert unknown(**{name: asked}) == {name: f"There is no “{asked}”. Did you mean “{nearest}”?"}
    assert unknown(**{name: nearest}) == {}


def test_a_claim_that_never_was_public_is_unknown_to_every_filter():
    draft = make_draft(external_id="secret", quantity="eq 5 spies", quote_language="tlh")

    for name, asked in {
        "uid": str(draft.uid),
        "repeats": str(draft.uid),
        "external_id": "secret",
        "unit": "spies",
        "quote_language": "tlh",
    }.items():
        assert unknown(**{name: asked}) == {name: f"There is no “{asked}”."}


def test_one_unknown_name_among_known_ones_is_told_at_once():
    assert unknown(among=2, unit="people,kg") == {"unit": "There is no “kg”."}
    assert unknown(among=2, unit="kg") == {}
    assert unknown(among=2, revises="true") == {}


@pytest.mark.parametrize(
    "params",
    [{"unit": "peopel"}, {"publisher": "BelTa"}, {"uid": str(uuid4())}, {"repeats": str(uuid4())}],
)
def test_every_door_refuses_it(client, params):
    for path in ("claims/", "claims.csv", "stats/", "corrections/"):
        asked = params | ({"group_by": "kind"} if path == "stats/" else {})
        response = client.get(f"/api/v1/{path}", asked)
        assert response.status_code == 400, path
        assert list(response.json()["errors"]) == list(params)
