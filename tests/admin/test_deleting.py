"""Drafts may be thrown away; what was public, and what claims name, may not."""

import pytest
from django.contrib.admin.models import LogEntry

from claims import curation
from claims.admin.claims import ClaimAdmin
from claims.models import Claim, Evidence
from tests.admin.pages import page_of
from tests.factories import add_evidence, make_claim, make_draft, make_speaker, move


def delete_selected(client, *claims):
    return client.post(
        "/admin/claims/claim/",
        {
            "action": "delete_selected",
            "_selected_action": [claim.pk for claim in claims],
            "post": "yes",
        },
        follow=True,
    )


def test_a_published_claim_offers_no_deletion(editor):
    claim = make_claim()

    page = editor.get(page_of(claim)).content.decode()

    assert page_of(claim, "delete") not in page
    assert page_of(claim, "retract") in page
    assert editor.post(page_of(claim, "delete"), {"post": "yes"}).status_code == 403
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_nor_does_a_retracted_one(editor):
    claim = move(curation.retract, make_claim(), "It was a joke.")

    assert editor.post(page_of(claim, "delete"), {"post": "yes"}).status_code == 403


def test_a_draft_is_thrown_away_with_all_that_hangs_on_it(editor):
    draft = make_draft()
    add_evidence(draft)

    response = editor.post(page_of(draft, "delete"), {"post": "yes"})

    assert response.status_code == 302
    assert not Claim.objects.exists()
    assert not Evidence.objects.exists()


def test_before_that_its_editor_sees_what_hangs_on_it(editor):
    draft = make_draft(statement="The bridge will be open.")
    evidence = add_evidence(draft)

    page = editor.get(page_of(draft, "delete")).content.decode()

    assert "The bridge will be open." in page
    assert str(evidence) in page
    assert "search text" not in page.lower()


def test_selected_drafts_are_thrown_away(editor):
    delete_selected(editor, make_draft(), make_draft())

    assert not Claim.objects.exists()


def test_a_published_claim_among_the_selected_keeps_them_all(editor):
    draft, claim = make_draft(), make_claim()

    delete_selected(editor, draft, claim)

    assert set(Claim.objects.all()) == {draft, claim}


def test_a_draft_that_was_published_after_its_editor_was_asked_stays(editor, monkeypatch):
    claim = make_claim()
    # As if the check had come before the publication.
    monkeypatch.setattr(ClaimAdmin, "has_delete_permission", lambda *args: True)

    response = editor.post(page_of(claim, "delete"), {"post": "yes"}, follow=True)

    assert "A claim that was public is retracted, not deleted." in response.content.decode()
    assert Claim.objects.get() == claim
    assert not LogEntry.objects.exists()

    response = delete_selected(editor, claim)
    assert "A claim that was public is retracted, not deleted." in response.content.decode()
    assert Claim.objects.get() == claim
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_speaker_is_never_deleted(desk, role):
    client, speaker = desk(role), make_speaker()

    assert client.post(page_of(speaker, "delete"), {"post": "yes"}).status_code == 403
    assert b"delete_selected" not in client.get("/admin/claims/speaker/").content
