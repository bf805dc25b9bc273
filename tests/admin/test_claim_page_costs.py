"""A claim's page costs the same however much evidence it has."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import add_evidence, assess, make_claim

pytestmark = pytest.mark.django_db


def queries(client, claim):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert response.status_code == 200
    # PostgreSQL numbers its cursors, so what is compared begins at the SELECT.
    return [re.search(r"SELECT.+?(?= WHERE |$)", query["sql"])[0] for query in captured]


def test_the_page_makes_no_query_for_each_row(admin_client):
    claim = make_claim()
    assess(claim, "borne_out_late")
    add_evidence(claim)
    queries(admin_client, claim)  # Django looks up the content type once, and remembers it
    few = queries(admin_client, claim)
    for _number in range(5):
        add_evidence(claim)

    assert queries(admin_client, claim) == few


def test_each_row_shows_its_own_source_and_what_it_replaces(admin_client):
    claim = make_claim()
    cited = assess(claim, "borne_out_late").evidence.get()
    rows = [add_evidence(claim), add_evidence(claim, replaces=cited)]

    page = admin_client.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()

    for row in rows:
        assert f'<option value="{row.source.pk}" selected' in page
    assert f'<option value="{cited.pk}" selected' in page
