"""A draft is thrown away over HTTP; what was public is retracted."""

from __future__ import annotations

import pytest

from claims import curation
from claims.models import Claim, Evidence
from tests.api.desk import address_of, delete, done, refused, signed_in
from tests.factories import ACTOR, add_evidence, edit, make_claim, make_draft, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in("editor")


def test_it_is_gone_with_all_that_hangs_on_it(editor):
    draft, other = make_draft(), make_draft()
    add_evidence(draft)
    tag = editor.get(address_of(draft))["ETag"]

    response = delete(editor, draft, seen=tag)

    assert (response.status_code, response.content) == (204, b"")
    assert Claim.objects.get() == other
    assert not Evidence.objects.exists()
    refused(editor.get(address_of(draft)), 404)
    refused(delete(editor, draft), 404)


def test_a_dry_run_shows_what_would_be_gone(editor):
    draft = make_draft()

    answer = done(delete(editor, draft, "?dry_run=true"), 200)

    assert answer["uid"] == str(draft.uid)
    assert Claim.objects.get() == draft


def test_a_dry_run_is_refused_what_the_run_would_be(editor):
    refused(delete(editor, make_claim(), "?dry_run=true"), 409)


@pytest.mark.parametrize("was", ["published", "retracted", "merged"])
def test_what_was_public_is_retracted_not_deleted(editor, was):
    claim = make_claim()
    if was == "retracted":
        move(curation.retract, claim, "A mistake.")
    if was == "merged":
        change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
        curation.merge(change, into=make_claim(), actor=ACTOR)

    response = delete(editor, claim)

    refused(response, 409)
    assert response.json()["detail"] == "A claim that was public is retracted, not deleted."
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_over_a_draft_that_moved_on_it_fails(editor):
    draft = make_draft()
    seen = editor.get(address_of(draft))["ETag"]
    edit(draft, values={"quote": "Theirs."})

    refused(delete(editor, draft, seen=seen), 412)
    refused(delete(editor, draft, seen=""), 428)
    assert Claim.objects.get() == draft
