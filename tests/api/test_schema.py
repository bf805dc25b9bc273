"""The OpenAPI document describes what is served."""

import json

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from claims.filters import ClaimFilter
from tests.factories import assess, make_claim


@pytest.fixture(scope="module")
def schema():
    with GENERATOR_STATS.silence():
        document = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(json.dumps(document, default=str))


def test_it_is_valid_openapi(schema):
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)


def test_making_it_raises_no_warning():
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)

    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_filter_is_a_documented_parameter(schema):
    for path in ("/api/v1/claims/", "/api/v1/claims.csv"):
        documented = {each["name"] for each in schema["paths"][path]["get"]["parameters"]}
        assert set(ClaimFilter.base_filters) <= documented


@pytest.mark.parametrize(("component", "path"), [("Claim", ""), ("Timeline", "timeline/")])
def test_a_text_has_just_the_keys_that_are_described(api, schema, component, path):
    claim = make_claim(quantity="approx 3600 people")
    assess(claim, "borne_out_late")

    text = api(f"claims/{claim.uid}/{path}")

    assert set(text) == set(schema["components"]["schemas"][component]["properties"])


@pytest.mark.django_db
def test_the_document_and_its_page_are_served(client):
    assert client.get("/api/v1/schema/").json()["info"]["title"] == "Borne Out"
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"<style" not in page.content
    assert "default-src 'self'" in page["Content-Security-Policy"]
