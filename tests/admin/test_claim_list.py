"""The list of claims: what it shows, and what it costs however long it is."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import assess, edit, make_claim, make_collection, make_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [2, 12])
def test_a_page_is_five_queries_however_many_rows_it_has(admin_client, rows):
    collection = make_collection()
    for _number in range(rows):
        make_claim(collections=[collection])
    with CaptureQueriesContext(connection) as captured:
        assert admin_client.get("/admin/claims/claim/").status_code == 200

    session, user, collections, number_of_rows, page = [query["sql"] for query in captured]
    assert "django_session" in session
    assert "auth_user" in user
    assert "claims_claim_collections" in collections
    assert "COUNT(" in number_of_rows
    assert '"claims_speaker"."name"' in page


@time_machine.travel("2021-02-01", tick=False)
def test_a_claim_past_its_day_is_marked_overdue_and_found_by_it(editor):
    make_claim(statement="The bridge will be open in 2020.")
    make_claim(statement="The tower will be open in about 2020.", due="2020~")
    make_claim(statement="The tunnel will be open in 2030.", due="2030")

    page = editor.get("/admin/claims/claim/?due=overdue").content.decode()

    assert "The bridge" in page
    assert "The tower" in page
    assert "The tunnel" not in page
    assert page.count(">overdue<") == 1
    assert page.count(">possibly overdue<") == 1


@time_machine.travel("2020-12-15", tick=False)
def test_what_falls_due_within_thirty_days_is_found(editor):
    make_claim(statement="The bridge will be open in 2020.")
    make_claim(statement="The tunnel will be open in 2021.", due="2021")
    assess(make_claim(statement="The tower will be open in 2020."), "borne_out")

    page = editor.get("/admin/claims/claim/?due=soon").content.decode()

    assert "The bridge" in page
    assert "The tunnel" not in page
    assert "The tower" not in page


def test_a_verdict_on_older_words_is_marked_stale_and_found_by_it(editor):
    claim = make_claim(statement="The bridge will be open in 2020.")
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The bridge will be open to all in 2020."})
    assess(make_claim(statement="The tower will be open in 2020."), "borne_out")

    page = editor.get("/admin/claims/claim/?verdict=stale").content.decode()

    assert "The bridge" in page
    assert "The tower" not in page
    assert page.count(">stale<") == 1


def test_open_claims_are_found(editor):
    make_claim(statement="The bridge will be open in 2020.")
    assess(make_claim(statement="The tower will be open in 2020."), "borne_out")

    page = editor.get("/admin/claims/claim/?due=open").content.decode()

    assert "The bridge" in page
    assert "The tower" not in page


def test_a_status_is_said_in_the_words_of_the_kind(editor):
    assess(make_claim(), "borne_out_late", happened_on="2021-09")

    assert "Kept late" in editor.get("/admin/claims/claim/").content.decode()


def test_a_claim_is_found_by_its_words_and_by_its_speaker(editor):
    claim = make_draft(statement="The bridge will be open in 2020.")
    make_draft(statement="The tunnel will be open in 2020.")

    for words in ("bridge open", claim.speaker.name, "open -tunnel", '"BRIDGE will"'):
        page = editor.get("/admin/claims/claim/", {"q": words}).content.decode()
        assert "The bridge" in page
        assert "The tunnel" not in page


def test_a_claim_is_found_by_its_external_id(editor):
    make_draft(statement="The bridge will be open in 2020.", external_id="Desk 7/B")
    make_draft(statement="The tunnel will be open in 2020.", external_id="Desk 7/C")

    page = editor.get("/admin/claims/claim/", {"q": " Desk 7/B"}).content.decode()

    assert "The bridge" in page
    assert "The tunnel" not in page


def test_a_search_that_cannot_be_is_told_and_finds_nothing(editor):
    make_draft(statement="The bridge will be open in 2020.")

    page = editor.get("/admin/claims/claim/", {"q": '"the bridge'}).content.decode()

    assert "has no other to close it" in page
    assert "The bridge" not in page


def test_the_box_that_completes_a_claim_finds_it_while_it_is_typed(admin_client):
    claim = make_draft(statement="The bridge will be open in 2020.")
    task = {"app_label": "claims", "model_name": "task", "field_name": "claim"}

    def offered(typed):
        response = admin_client.get("/admin/autocomplete/", task | {"term": typed})
        return [each["id"] for each in response.json()["results"]]

    assert offered("") == offered("bri") == [str(claim.pk)]
    assert offered('"bri') == []
    assert offered("tun") == []
    assert "has no other to close it" not in admin_client.get("/admin/").content.decode()
