"""The OpenAPI document describes what is served."""

import json

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from claims.filters import ClaimFilter
from claims.models import Ledger
from claims.reference_filters import REFERENCE_FILTERS
from tests.factories import (
    add_evidence,
    assess,
    make_claim,
    make_collection,
    make_revision,
    make_speaker,
    make_topic,
)


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
    for path in ("claims/", "claims.csv", "corrections/", "assessments/", "stats/"):
        documented = {
            each["name"] for each in schema["paths"][f"/api/v1/{path}"]["get"]["parameters"]
        }
        assert set(ClaimFilter.base_filters) <= documented


@pytest.mark.parametrize("model", REFERENCE_FILTERS)
def test_every_filter_of_a_reference_list_is_documented_too(schema, model):
    path = schema["paths"][f"/api/v1/{model._meta.model_name}s/"]["get"]
    documented = {each["name"] for each in path["parameters"]}

    assert documented == {*REFERENCE_FILTERS[model].every(), "cursor", "page_size", "ordering"}


@pytest.mark.parametrize(
    ("component", "path"), [("ClaimDetail", ""), ("TimelineDetail", "timeline/")]
)
def test_a_text_has_just_the_keys_that_are_described(api, schema, component, path):
    claim = make_claim(quantity="approx 3600 people")
    assess(claim, "borne_out_late")

    now = api(f"claims/{claim.uid}/{path}")
    then = api(f"claims/{claim.uid}/{path}", as_of=api("changes/")["head"])

    described = set(schema["components"]["schemas"][component]["properties"])
    assert set(now) == described - {"as_of", "vocab"}
    assert set(then) == described - {"vocab"}


@pytest.mark.parametrize(
    "path",
    [
        "claims/",
        "claims/?vocab=politifact,claimreview",
        "claims/{uid}/",
        "claims/{uid}/?vocab=politifact,claimreview,metaculus",
        "claims/{uid}/at/{number}/",
        "claims/{uid}/at/{number}/timeline/",
        "claims/{uid}.jsonld",
        "claims/{uid}/timeline/",
        "claims/{uid}/history/",
        "claims/{uid}/assessments/",
        "claims/{uid}/evidence/",
        "claims/{uid}/appearances/",
        "claims/{uid}/links/",
        "claims/{uid}/timeline/?chain=true",
        "changes/",
        "corrections/",
        "assessments/",
        "evidence/",
        "",
        "speakers/",
        "speakers/{slug}/",
        "speakers/{slug}/history/",
        "speakers/{slug}/scorecard/",
        "stats/?group_by=topic,year_due",
        "stats/?group_by=outcome&as_of=2020-01-01",
        "sources/",
        "topics/",
        "collections/",
    ],
)
def test_every_answer_is_as_described(api, schema, path):
    claim = make_claim(
        quantity="between 10 20 percent decrease on 1990",
        topics=[make_topic()],
        collections=[make_collection()],
        speaker=make_speaker(organisation=make_speaker(kind="organisation")),
    )
    assess(claim, progress="in_progress")
    late = assess(claim, "borne_out_late", cause="development", happened_on="2021")
    assess(claim, "not_borne_out", cause="correction", corrects=late)
    assess(claim, progress="stalled", cause="development", reopens=True)
    make_revision(claim, due="2021-05-01", due_mode="by", due_basis="stated")
    make_revision(claim, kind="assertion")
    described = schema["paths"][f"/api/v1/{path.partition('?')[0]}"]["get"]["responses"]["200"][
        "content"
    ]

    number = Ledger.objects.get().number
    answer = api(path.format(uid=claim.uid, slug=claim.speaker.slug, number=number))

    (content,) = described.values()
    Draft202012Validator({**content["schema"], "components": schema["components"]}).validate(answer)


def test_a_write_and_its_answer_are_as_described(admin_client, schema):
    claim = make_claim()
    evidence = add_evidence(claim)
    described = schema["paths"]["/api/v1/claims/{uid}/assessments/"]["post"]
    body = {
        "outcome": "borne_out",
        "rationale": "The report says so.",
        "words_revision": claim.words_revision,
        "evidence": [str(evidence.uid)],
        "corrects": None,
        "cause": "",
    }

    answer = admin_client.post(
        f"/api/v1/claims/{claim.uid}/assessments/",
        body,
        content_type="application/json",
        headers={"If-Match": "*"},
    )

    _check(schema, described["requestBody"], body)
    _check(schema, described["responses"][str(answer.status_code)], answer.json())
    written = schema["components"]["schemas"]["AssessmentWrite"]
    assert set(written["required"]) == {"words_revision", "rationale", "evidence"}
    assert described["security"] == [{"tokenAuth": []}, {"cookieAuth": []}]
    assert "security" not in schema["paths"]["/api/v1/claims/{uid}/assessments/"]["get"]


def test_it_says_how_to_come_in(schema):
    schemes = schema["components"]["securitySchemes"]

    facts = ("type", "scheme", "in", "name")
    assert {
        name: {key: each[key] for key in facts if key in each} for name, each in schemes.items()
    } == {
        "tokenAuth": {"type": "http", "scheme": "bearer"},
        "cookieAuth": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        "basicAuth": {"type": "http", "scheme": "basic"},
    }
    assert all(each["description"] for each in schemes.values())
    assert schema["paths"]["/api/v1/stats/"]["get"]["security"] == [{"tokenAuth": []}, {}]


def test_every_operation_that_needs_an_account_says_so_and_what_else_may_come(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if method not in ("get", "head", "options"):
                assert {} not in operation["security"], path
                assert {"401", "403", "429"} <= set(operation["responses"]), path
            elif {} in operation.get("security", []):
                assert "401" in operation["responses"], path


def _check(schema, described, value):
    (content,) = described["content"].values()
    Draft202012Validator({**content["schema"], "components": schema["components"]}).validate(value)


@pytest.mark.django_db
def test_the_document_and_its_page_are_served(client):
    assert client.get("/api/v1/schema/").json()["info"]["title"] == "Borne Out"
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"<style" not in page.content
    assert "default-src 'self'" in page["Content-Security-Policy"]
