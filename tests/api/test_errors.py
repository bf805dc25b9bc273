"""Every refusal is problem details (RFC 9457), and no request makes a 500."""

import json

import pytest

from claims import curation
from claims.api.errors import problem_response
from tests.factories import link, make_claim, make_revision


@pytest.mark.parametrize("path", ["nothing/", "claims/x/y/", "schema.yaml"])
def test_an_address_that_leads_nowhere(problem, path):
    problem(404, path)


def test_a_host_that_is_not_served(client):
    response = client.get("/api/v1/claims/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_wrong_method_names_the_right_ones(client, method):
    response = getattr(client, method)("/api/v1/changes/")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]


@pytest.mark.django_db
def test_a_media_type_we_do_not_speak(client):
    response = client.get("/api/v1/claims/", headers={"accept": "application/xml"})

    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "speaker=%00",
        "unit=%00",
        "speaker=%ED%A0%80",
        "kind=%FF%FE",
        "cursor=%00",
        "after=%00",
        "%00=1",
        "said_from=0000",
        "said_from=99999",
        "due_overlaps=%F0%9F%98%80",
        "quantity_min=1e999999&unit=people",
        "quantity_min=Infinity&unit=people",
        "due_within=9999999999d",
        "page_size=99999999999999999999999",
    ],
)
def test_hostile_values_are_refused(client, query):
    response = client.get(f"/api/v1/claims/?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_fault_of_ours_is_logged_and_not_shown(client, monkeypatch, caplog):
    client.raise_request_exception = False
    monkeypatch.setattr("claims.api.views.page_of", lambda *args: 1 / 0)

    response = client.get("/api/v1/claims/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "ZeroDivisionError" not in response.content.decode()


@pytest.mark.django_db
def test_what_curation_refuses_is_told_by_field():
    first = make_claim()
    last = make_revision(first)
    with pytest.raises(curation.BatchRefused) as refused:
        link(first, last)

    response = problem_response(refused.value, {})

    assert response.status_code == 400
    assert json.loads(response.content)["errors"] == {
        "target": ["That claim revises this one, itself or through others."]
    }
