"""A claim is moved from one editorial state to another over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from claims import curation
from claims.models import Change, Claim
from tests.api.desk import address_of, done, post, refused, signed_in
from tests.factories import edit, make_claim, make_draft, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in("editor")


def do(client, claim, step, /, query="", headers=None, **body):
    return post(client, body, path=address_of(claim, step) + query, **(headers or {}))


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["submit-for-review"], "in_review"),
        (["publish"], "published"),
        (["submit-for-review", "back-to-draft"], "draft"),
        (["set-aside"], "set_aside"),
        (["set-aside", "back-to-draft"], "draft"),
        (["submit-for-review", "publish", "retract"], "retracted"),
        (["publish", "retract", "publish"], "published"),
    ],
)
def test_from_state_to_state_each_over_the_tag_of_the_last(editor, steps, state):
    draft = make_draft()
    tag = editor.get(address_of(draft))["ETag"]

    for step in steps:
        response = do(editor, draft, step, headers={"seen": tag}, reason="For a reason.")
        answer, tag = done(response, 200), response["ETag"]

    assert answer["editorial_state"] == state
    assert Claim.objects.get().editorial_state == state
    if state == "published":
        assert editor.get(address_of(draft))["ETag"] == tag


def test_a_draft_is_published_without_a_word(editor):
    draft = make_draft()

    done(do(editor, draft, "publish"), 200)

    entry = Change.objects.latest("number")
    assert (entry.operation, entry.key) == ("publish", str(draft.uid))
    assert entry.actor.startswith("editor-")


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (make_claim, "retract"),
        (make_draft, "set-aside"),
        (lambda: move(curation.retract, make_claim(), "A mistake."), "publish"),
    ],
    ids=["retracting", "setting aside", "publishing again"],
)
@pytest.mark.parametrize("reason", [{}, {"reason": " "}])
def test_a_reason_is_needed_for(editor, make, step, reason):
    claim = make()

    assert list(refused(do(editor, claim, step, **reason))) == ["reason"]
    assert Claim.objects.get().editorial_state == claim.editorial_state


def test_what_a_draft_lacks_is_said_when_it_is_to_be_published(editor):
    assert list(refused(do(editor, make_draft(source=None), "publish"))) == ["source"]


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (make_claim, "publish"),
        (make_claim, "submit-for-review"),
        (make_claim, "set-aside"),
        (make_draft, "retract"),
        (make_draft, "back-to-draft"),
    ],
)
def test_a_move_that_does_not_fit_the_state_is_a_conflict(editor, make, step):
    response = do(editor, make(), step, reason="For a reason.")

    refused(response, 409)
    assert "cannot become" in response.json()["detail"]


def test_a_duplicate_is_merged_into_the_claim_that_stays(editor):
    duplicate, stays = make_claim(), make_claim()

    answer = done(do(editor, duplicate, "merge", into=str(stays.uid), reason="The same."), 200)

    assert answer["editorial_state"] == "merged"
    duplicate.refresh_from_db()
    assert duplicate.merged_into == stays
    assert editor.get(address_of(duplicate)).status_code == 308


@pytest.mark.parametrize(
    "into", [None, "the other", 7, [], str(uuid4())], ids=["null", "word", "number", "list", "none"]
)
def test_a_claim_to_merge_into_that_is_none_is_refused_at_its_member(editor, into):
    assert list(refused(do(editor, make_claim(), "merge", into=into, reason="x"))) == ["into"]


def test_it_is_named(editor):
    assert list(refused(do(editor, make_claim(), "merge", reason="x"))) == ["into"]


@pytest.mark.parametrize("itself", [True, False])
def test_a_claim_is_merged_into_another_that_is_published(editor, itself):
    claim = make_claim()
    into = claim if itself else make_draft()

    assert list(refused(do(editor, claim, "merge", into=str(into.uid), reason="x"))) == ["into"]
    claim.refresh_from_db()
    assert claim.is_published


def test_a_write_is_not_led_on_to_the_claim_that_survives(editor):
    duplicate, stays = make_claim(), make_claim()
    done(do(editor, duplicate, "merge", into=str(stays.uid), reason="The same."), 200)

    refused(do(editor, duplicate, "retract", reason="A mistake."), 409)
    stays.refresh_from_db()
    assert stays.is_published


def test_over_a_claim_that_moved_on_it_fails(editor):
    claim = make_claim()
    seen = editor.get(address_of(claim))["ETag"]
    edit(claim, values={"quote": "Theirs."})

    refused(do(editor, claim, "retract", headers={"seen": seen}, reason="A mistake."), 412)
    refused(do(editor, claim, "retract", headers={"seen": ""}, reason="A mistake."), 428)
    claim.refresh_from_db()
    assert claim.is_published


def test_a_dry_run_moves_nothing(editor):
    draft = make_draft()
    entries = Change.objects.count()

    answer = done(do(editor, draft, "publish", "?dry_run=true"), 200)

    assert answer["editorial_state"] == "published"
    draft.refresh_from_db()
    assert draft.editorial_state == "draft"
    assert Change.objects.count() == entries


def test_an_unknown_member_is_refused_with_the_nearest(editor):
    errors = refused(do(editor, make_claim(), "retract", reasons="A mistake."))

    assert "Did you mean “reason”?" in errors["reasons"][0]


def test_a_move_is_posted(editor):
    refused(editor.get(address_of(make_draft(), "publish")), 405)
