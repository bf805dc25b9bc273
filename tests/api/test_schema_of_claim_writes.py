"""What a claim's writer sends and gets back is as the schema describes it."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.api.addresses import document
from tests.api.desk import CLAIMS, a_claim, post, signed_in
from tests.factories import make_claim, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema():
    return json.loads(json.dumps(document(), default=str))


def _check(schema, described, value):
    (content,) = described["content"].values()
    Draft202012Validator({**content["schema"], "components": schema["components"]}).validate(value)


@pytest.mark.parametrize("batch", [False, True])
def test_a_draft_and_its_answer_are_as_described(schema, batch):
    path = f"{CLAIMS}batch/" if batch else CLAIMS
    evidence = {"kind": "search", "summary": "Nothing.", "source": None, "dated": None}
    draft = a_claim(source=None, quantity=None, topics=[], evidence=[evidence], due_mode="at")
    body = {"claims": [draft, a_claim(kind="hope")], "on_error": "skip"} if batch else draft
    described = schema["paths"][path]["post"]

    answer = post(signed_in("contributor"), body, path=path)

    if not batch:
        _check(schema, described["requestBody"], body)
    _check(schema, described["responses"][str(answer.status_code)], answer.json())


@pytest.mark.parametrize("query", ["", "?fields=uid,source", "?omit=published_at"])
@pytest.mark.parametrize("published", [True, False])
def test_a_claim_is_as_described_to_those_who_see_drafts(schema, published, query):
    claim = make_claim() if published else make_draft(source=None)
    described = schema["paths"]["/api/v1/claims/{uid}/"]["get"]["responses"]["200"]

    answer = signed_in("contributor").get(f"/api/v1/claims/{claim.uid}/{query}")

    _check(schema, described, answer.json())


def test_every_write_to_a_claim_says_what_it_may_be_refused_for(schema):
    paths = [path for path in schema["paths"] if path.startswith(CLAIMS) and "assess" not in path]
    for path in paths:
        for method in {"post", "patch", "delete"} & schema["paths"][path].keys():
            write = schema["paths"][path][method]
            over_something = "{uid}" in path
            assert {"400", "401", "403", "422"} <= write["responses"].keys(), path
            assert ({"409", "412", "428"} <= write["responses"].keys()) == over_something, path
            headers = {each["name"] for each in write["parameters"] if each["in"] == "header"}
            assert ("If-Match" in headers) == over_something, path
            assert "Idempotency-Key" in headers, path
    assert "put" not in schema["paths"]["/api/v1/claims/{uid}/"]
