"""The CSV at its address; what stands in it is tested with the export."""

import csv
import io
from threading import BoundedSemaphore

import pytest

from claims.api.exports import Download
from tests.factories import make_claim, make_draft, make_speaker

pytestmark = pytest.mark.django_db


def rows(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode())))


def test_holds_the_claims_of_the_same_list(client):
    make_claim(statement="pending", kind="assertion")
    make_claim(statement="promised")
    make_draft(statement="draft")

    assert [row["statement"] for row in rows(client.get("/api/v1/claims.csv?kind=promise"))] == [
        "promised"
    ]


def test_is_in_the_order_asked_for(client):
    for due in ("2022", "2021", "2023"):
        make_claim(statement=due, due=due, due_mode="by", due_basis="stated")

    found = rows(client.get("/api/v1/claims.csv?ordering=-due"))

    assert [row["statement"] for row in found] == ["2023", "2022", "2021"]


def test_says_which_place_in_the_ledger_it_is_of(client, api):
    make_claim()

    assert client.get("/api/v1/claims.csv")["Ledger-Head"] == api("changes/")["head"]


@pytest.mark.parametrize("accept", ["text/csv", "text/*", "*/*", "application/json"])
def test_is_to_be_had_for_the_asking(client, accept):
    response = client.get("/api/v1/claims.csv", headers={"accept": accept})

    assert rows(response) == []
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_downloads_leave_threads_for_everybody_else(client, monkeypatch):
    monkeypatch.setattr(Download, "places", BoundedSemaphore(1))
    going_on = Download(iter([]))

    refused = client.get("/api/v1/claims.csv")
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    assert refused["Content-Type"] == "application/problem+json"

    assert client.head("/api/v1/claims.csv").status_code == 200  # takes no place

    going_on.close()
    assert client.get("/api/v1/claims.csv").status_code == 200


def test_says_nothing_of_itself_to_options(client):
    response = client.options("/api/v1/claims.csv")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


def test_names_the_claim_by_its_address(client):
    claim = make_claim()

    (row,) = rows(client.get("/api/v1/claims.csv"))

    assert row["url"] == f"http://testserver/api/v1/claims/{claim.uid}/"


def test_a_slug_that_names_nobody_is_refused_as_in_the_list(problem):
    make_speaker(slug="stanislav-zas")

    assert list(problem(400, "claims.csv", speaker="stanislav-sas")["errors"]) == ["speaker"]
