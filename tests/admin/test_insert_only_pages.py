"""Assessments, changes and redactions are looked at, whoever looks."""

import pytest

from claims.models import Assessment, Change
from tests.admin.pages import page_of
from tests.factories import assess, make_claim


@pytest.mark.parametrize("name", ["assessment", "change", "redaction"])
def test_none_is_added(admin_client, name):
    assert admin_client.get(f"/admin/claims/{name}/add/").status_code == 403


@pytest.mark.parametrize("model", [Assessment, Change])
def test_none_is_changed_or_deleted(admin_client, model):
    assess(make_claim(), "borne_out", headline="As recorded")
    row = model._default_manager.latest("pk")

    page = admin_client.get(page_of(row)).content
    assert b"_save" not in page
    assert admin_client.post(page_of(row), {"headline": "Mine"}).status_code == 403
    assert admin_client.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
    assert (
        b"delete_selected"
        not in admin_client.get(f"/admin/claims/{model._meta.model_name}/").content
    )
    assert Assessment.objects.get().headline == "As recorded"


def test_an_assessment_says_what_it_rests_on(admin_client):
    assessment = assess(make_claim(), "borne_out")

    page = admin_client.get(page_of(assessment)).content.decode()

    assert assessment.evidence.get().summary in page


def test_an_entry_of_the_ledger_shows_its_record(admin_client):
    claim = make_claim()

    page = admin_client.get(page_of(Change.objects.get(key=str(claim.uid)))).content.decode()

    assert "&quot;statement&quot;" in page
