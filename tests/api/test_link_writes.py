"""Links between claims are made and taken away over HTTP."""

import pytest

from claims import curation
from claims.models import Change, Link
from tests.api.writing import refused, send, tag_of
from tests.factories import link, make_claim, make_draft, make_revision, make_speaker, move

NOBODY = "09f58d45-0004-4778-9229-92230c5a6f10"  # a uid that nothing has


@pytest.fixture
def claims(db):
    """A claim, and another that can be linked to."""
    return make_claim(), make_claim()


def path_of(claim, made=None):
    return f"claims/{claim.uid}/links/" + (f"{made.uid}/" if made else "")


def to(target, /, **changes):
    return {"type": "contradicts", "claim": str(target.uid)} | changes


def test_a_link_is_made_and_read(editor, api, claims):
    claim, target = claims

    response = send(editor, "post", path_of(claim), to(target), seen="*")

    assert response.status_code == 201, response.content
    answer = response.json()
    assert answer == to(target, uid=answer["uid"])
    assert response["Location"] == f"http://testserver/api/v1/{path_of(claim)}{answer['uid']}/"
    assert editor.get(response["Location"]).json() == answer
    assert response["ETag"] == tag_of(editor, f"claims/{claim.uid}/")
    assert api(f"claims/{claim.uid}/")["links"] == [to(target)]
    entry = Change.objects.latest("number")
    assert (entry.operation, entry.actor) == ("link", "editor-grace")


def test_a_link_is_taken_away(editor, api, claims):
    claim, target = claims
    made = link(claim, target, "repeats")
    seen = tag_of(editor, path_of(claim))

    response = send(editor, "delete", path_of(claim, made), seen=seen)

    assert response.status_code == 204, response.content
    assert response["ETag"] == tag_of(editor, f"claims/{claim.uid}/") != seen
    assert api(path_of(claim))["results"] == []


def test_a_link_is_not_edited(editor, claims):
    claim, target = claims
    made = link(claim, target, "repeats")

    refused(send(editor, "patch", path_of(claim, made), {"type": "revises"}, seen="*"), 405)


def test_a_draft_is_linked_too(editor, claims):
    _claim, target = claims
    draft = make_draft()
    seen = tag_of(editor, path_of(draft))

    response = send(editor, "post", path_of(draft), to(target), seen=seen)

    assert response.status_code == 201, response.content
    assert editor.get(response["Location"]).json() == response.json()


def test_over_a_claim_that_moved_on_it_fails_with_the_tag_there_is(editor, claims):
    claim, target = claims
    seen = tag_of(editor, f"claims/{claim.uid}/")
    made = link(claim, target, "repeats")

    for method, path, body in (
        ("post", path_of(claim), to(target)),
        ("delete", path_of(claim, made), None),
    ):
        response = send(editor, method, path, body, seen=seen)
        refused(response, 412)
        assert response["ETag"] == tag_of(editor, f"claims/{claim.uid}/")
        refused(send(editor, method, path, body), 428)
    assert Link.objects.get() == made


def test_a_dry_run_answers_the_same_and_writes_nothing(editor, claims):
    claim, target = claims
    made = link(claim, target, "repeats")
    entries = Change.objects.count()

    added = send(editor, "post", f"{path_of(claim)}?dry_run=true", to(target), seen="*")
    removed = send(editor, "delete", f"{path_of(claim, made)}?dry_run=true", seen="*")

    assert (added.status_code, removed.status_code) == (200, 200)
    assert added.json()["claim"] == removed.json()["claim"] == str(target.uid)
    assert Link.objects.get() == made
    assert Change.objects.count() == entries


def test_a_retry_with_its_key_is_done_once(editor, claims):
    claim, target = claims
    seen = tag_of(editor, f"claims/{claim.uid}/")

    first, again = (
        send(editor, "post", path_of(claim), to(target), seen=seen, Idempotency_Key="1")
        for _ in range(2)
    )

    assert (again.status_code, again.content) == (201, first.content)
    assert Link.objects.count() == 1


def test_the_rules_for_links_are_told_at_the_members(editor, claims):
    claim, target = claims
    link(claim, target, "contradicts")
    later = make_claim(said_on="2021", due="2022")
    draft = make_draft()
    chain = make_revision(make_claim(speaker=make_speaker()))

    for target_of, body, words in (
        (claim, to(target), "there already"),
        (claim, to(claim), "not linked to itself"),
        (claim, to(later, type="repeats"), "was said on 2021"),
        (claim, to(draft), "Only a published claim"),
        (claim, to(target, type="revises"), "another speaker"),
        (chain.links.get().target, to(chain, type="revises"), "itself or through others"),
    ):
        errors = refused(send(editor, "post", path_of(target_of), body, seen="*"))
        assert list(errors) == ["claim"]
        assert words in errors["claim"][0], errors


def test_what_is_missing_malformed_or_unknown_is_told_at_the_members(editor, claims):
    claim, target = claims
    typo = str(target.uid)[:-1] + ("0" if str(target.uid)[-1] != "0" else "1")

    for body, words in (
        ({}, {"type": "required", "claim": "required"}),
        (to(target, type="contradict"), {"type": "Did you mean “contradicts”?"}),
        (to(target, type=None), {"type": "null"}),
        (to(target, type=""), {"type": "contradicts"}),
        (to(target, claim="that one"), {"claim": "UUID"}),
        (to(target, claim=[str(target.uid)]), {"claim": "UUID"}),
        (to(target, claim=NOBODY), {"claim": "There is no claim"}),
        (to(target, claim=typo), {"claim": f"Did you mean “{target.uid}”?"}),
        (to(target, target="x"), {"target": "There is no such member."}),
    ):
        errors = refused(send(editor, "post", path_of(claim), body, seen="*"))
        assert set(errors) == set(words)
        assert all(words[name] in errors[name][0] for name in words), errors
    assert not Link.objects.exists()


def test_links_of_what_left_the_public_stay_as_they_are(editor, claims):
    claim, target = claims
    made = link(claim, target, "repeats")
    aside = move(curation.set_aside, make_draft(), "Not one that can be checked.")
    move(curation.retract, claim, "A mistake.")

    refused(send(editor, "delete", path_of(claim, made), seen="*"), 410)
    refused(send(editor, "post", path_of(aside), to(target), seen="*"), 409)
    assert Link.objects.get() == made


def test_a_link_that_is_not_there(editor, claims):
    claim, target = claims
    other = link(target, claim, "repeats")

    refused(send(editor, "delete", path_of(claim, other), seen="*"), 404)
    assert Link.objects.exists()
