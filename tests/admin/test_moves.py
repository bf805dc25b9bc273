"""Publishing, retracting and the other moves: small forms, reached by buttons."""

import pytest
from django.contrib.admin.models import LogEntry

from claims import curation
from claims.models import Change, Link
from tests.admin.pages import filled, page_of, stored
from tests.factories import ACTOR, assess, edit, make_claim, make_draft, move


def do(client, claim, act, **changes):
    page = page_of(claim, act)
    return client.post(page, filled(client.get(page), **changes))


def buttons(client, claim):
    return [act.name for act in client.get(page_of(claim)).context["acts"]]


def test_the_buttons_fit_the_state(editor):
    draft, claim = make_draft(), make_claim()
    retracted = move(curation.retract, make_claim(), "It was a joke.")

    assert buttons(editor, draft) == ["link", "publish", "submit", "set-aside"]
    assert buttons(editor, claim) == ["verdict", "progress", "link", "merge", "retract"]
    assert buttons(editor, retracted) == ["publish"]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["submit"], "in_review"),
        (["publish"], "published"),
        (["submit", "back-to-draft"], "draft"),
        (["set-aside"], "set_aside"),
        (["set-aside", "back-to-draft"], "draft"),
        (["publish", "retract"], "retracted"),
        (["publish", "retract", "publish"], "published"),
    ],
)
def test_a_claim_is_moved_from_state_to_state(editor, steps, state):
    claim = make_draft()

    for step in steps:
        assert do(editor, claim, step, reason="For a reason.").status_code == 302

    assert stored(claim).editorial_state == state


def test_a_retraction_needs_a_reason(editor):
    claim = make_claim()

    refused = do(editor, claim, "retract", reason="  ")

    assert "reason" in refused.context["form"].errors
    assert stored(claim).is_published

    assert do(editor, claim, "retract", reason="It was a joke.").status_code == 302
    assert stored(claim).state_reason == "It was a joke."
    assert "It was a joke." in LogEntry.objects.get().get_change_message()


def test_what_a_draft_lacks_is_said_when_it_is_to_be_published(editor):
    draft = make_draft(source=None)

    refused = do(editor, draft, "publish")

    assert "A published claim says where it was said." in refused.content.decode()
    assert stored(draft).editorial_state == "draft"


def test_a_duplicate_is_merged_into_the_claim_that_stays(editor):
    duplicate, stays = make_claim(), make_claim()

    response = do(editor, duplicate, "merge", into=stays.pk, reason="The same words.")

    assert response.status_code == 302, response.context["form"].errors
    assert stored(duplicate).merged_into == stays


def test_a_claim_is_not_merged_into_itself(editor):
    claim = make_claim()

    refused = do(editor, claim, "merge", into=claim.pk, reason="The same words.")

    assert "into" in refused.context["form"].errors


def test_a_move_of_a_claim_that_changed_meanwhile_is_refused_and_its_reason_kept(editor):
    claim = make_claim()
    page = editor.get(page_of(claim, "retract"))
    edit(claim, values={"quote": "Theirs."})

    refused = editor.post(page_of(claim, "retract"), filled(page, reason="It was a joke."))

    assert "somebody else has changed this" in refused.content.decode()
    assert filled(refused)["reason"] == ["It was a joke."]
    assert stored(claim).is_published

    over = filled(refused, save_over=stored(claim).revision)
    assert editor.post(page_of(claim, "retract"), over).status_code == 302
    assert stored(claim).editorial_state == "retracted"


def test_a_button_that_no_longer_fits_leads_back_to_the_claim(editor):
    claim = make_claim()

    response = editor.get(page_of(claim, "publish"))

    assert response["Location"] == page_of(claim)


def test_a_link_is_made_on_the_claims_page_and_taken_away(editor):
    claim = make_claim()
    other = make_claim(speaker=claim.speaker)

    do(editor, claim, "link", type="revises", target=other.pk)

    link = Link.objects.get()
    assert (link.claim, link.type, link.target) == (claim, "revises", other)
    assert other.statement in editor.get(page_of(claim)).content.decode()

    revision = stored(claim).revision
    assert editor.post(page_of(link, "delete"), {"post": "yes"}).status_code == 302
    assert not Link.objects.exists()
    assert stored(claim).revision == revision + 1


def test_selected_drafts_are_published_together(editor):
    drafts = [make_draft(), make_draft()]

    response = editor.post(
        "/admin/claims/claim/",
        {"action": "publish_selected", "_selected_action": [each.pk for each in drafts]},
    )

    assert response.status_code == 302
    assert all(stored(each).is_published for each in drafts)
    assert LogEntry.objects.count() == 2


def test_one_that_cannot_be_published_holds_back_the_others_and_is_named(editor):
    draft, lacking = make_draft(), make_draft(statement="Nobody knows where.", source=None)

    response = editor.post(
        "/admin/claims/claim/",
        {"action": "publish_selected", "_selected_action": [draft.pk, lacking.pk]},
        follow=True,
    )

    html = response.content.decode()
    assert "Nobody knows where. A published claim says where it was said." in html
    assert stored(draft).editorial_state == "draft"
    assert not LogEntry.objects.exists()


def test_a_claim_that_left_the_public_is_not_edited(editor):
    claim = make_claim()
    assess(claim, "borne_out")
    claim = move(curation.retract, claim, "It was a joke.")

    page = editor.get(page_of(claim))

    assert b"_save" not in page.content
    assert "It was a joke." in page.content.decode()
    assert editor.post(page_of(claim), {"statement": "Mine."}).status_code == 403


def test_the_actor_of_a_move_stands_in_the_ledger(desk):
    draft = make_draft()
    do(desk("editor", "grace"), draft, "publish")

    entry = Change.objects.get(key=str(draft.uid))
    assert entry.actor == "grace" != ACTOR
