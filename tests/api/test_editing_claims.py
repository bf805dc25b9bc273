"""A claim is edited over HTTP, over what its editor has read."""

from __future__ import annotations

import pytest

from claims import curation
from claims.models import Change, Claim
from tests.api.desk import address_of, done, patch, refused, send, signed_in
from tests.factories import assess, edit, make_claim, make_draft, make_topic, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in("editor")


def test_what_is_sent_changes_and_the_rest_stays(editor):
    claim, topic = make_claim(quote="Yes."), make_topic()

    response = patch(editor, claim, {"due": "2021", "topics": [topic.slug]})

    answer = done(response, 200)
    assert (answer["due"], answer["due_mode"], answer["quote"]) == ("2021", "by", "Yes.")
    assert [each["slug"] for each in answer["topics"]] == [topic.slug]
    assert answer["editorial_state"] == "published"
    public = editor.get(address_of(claim))
    assert public["ETag"] == response["ETag"]
    assert public.json().items() <= answer.items()
    assert Change.objects.latest("number").fields_changed == ["due", "topics"]


def test_null_and_an_empty_list_take_away(editor):
    draft = make_draft(topics=[make_topic()])
    nothing = {"due": None, "due_mode": "", "due_basis": "", "source": None, "topics": []}

    answer = done(patch(editor, draft, nothing), 200)

    assert (answer["due"], answer["source"], answer["topics"]) == (None, None, [])


def test_what_was_read_sent_back_changes_nothing(editor):
    claim = make_claim(quote=" “Yes” ", quantity="approx 3600 people", topics=[make_topic()])
    read = editor.get(address_of(claim))
    facts = read.json()
    same = {
        name: facts[name]
        for name in ("statement", "quote", "kind", "said_on", "due", "due_mode", "criteria")
    } | {
        "speaker": facts["speaker"]["slug"],
        "source": facts["source"]["slug"],
        "quantity": facts["quantity"]["text"],
        "topics": [each["slug"] for each in facts["topics"]],
    }
    entries = Change.objects.count()

    response = patch(editor, claim, same, seen=read["ETag"])

    assert done(response, 200)["revision"] == facts["revision"]
    assert response["ETag"] == read["ETag"]
    assert Change.objects.count() == entries


def test_an_edit_of_the_words_makes_a_verdict_stale_and_a_cosmetic_one_does_not(editor):
    claim = make_claim(statement="The raod will be open in 2020.")
    assess(claim, "borne_out")

    typo = {"statement": "The road will be open in 2020.", "cosmetic": "A typo."}
    assert done(patch(editor, claim, typo), 200)["verdict"]["stale"] is False
    assert Change.objects.latest("number").cause == "cosmetic"

    assert done(patch(editor, claim, {"due": "2021"}), 200)["verdict"]["stale"] is True


def test_a_change_of_the_meaning_is_not_cosmetic(editor):
    errors = refused(patch(editor, make_claim(), {"due": "2021", "cosmetic": "A typo."}))

    assert list(errors) == ["cosmetic"]


def test_a_published_claim_keeps_its_source(editor):
    assert list(refused(patch(editor, make_claim(), {"source": None}))) == ["source"]


def test_rows_have_addresses_of_their_own(editor):
    assert list(refused(patch(editor, make_draft(), {"evidence": []}))) == ["evidence"]


def test_a_dry_run_writes_nothing(editor):
    claim = make_claim()

    path = f"{address_of(claim)}?dry_run=true"
    answer = done(send(editor, "patch", path, {"due": "2021"}), 200)

    assert (answer["due"], answer["revision"]) == ("2021", claim.revision + 1)
    assert str(Claim.objects.get().due) == "2020"
    assert editor.get(address_of(claim)).json()["due"] == "2020"


@pytest.mark.parametrize("out_of_sight", [curation.retract, curation.set_aside])
def test_a_claim_that_left_is_not_edited(editor, out_of_sight):
    claim = make_claim() if out_of_sight is curation.retract else make_draft()
    move(out_of_sight, claim, "A mistake.")

    response = patch(editor, claim, {"quote": "No."})

    refused(response, 409)
    assert "is not edited" in response.json()["detail"]


def test_a_claim_is_not_put(editor):
    response = send(editor, "put", address_of(make_draft()), {})

    refused(response, 405)
    assert response["Allow"] == "GET, PATCH, DELETE, HEAD, OPTIONS"


def test_a_claim_that_is_not_there(editor):
    draft = make_draft()
    draft.delete()

    refused(patch(editor, draft, {}), 404)


# What was read


def test_what_was_read_is_to_be_said(editor):
    response = patch(editor, make_draft(), {"quote": "Yes."}, seen="")

    refused(response, 428)
    assert "If-Match" in response.json()["detail"]


@pytest.mark.parametrize("make", [make_draft, make_claim])
def test_over_a_claim_that_moved_on_it_fails_with_the_tag_there_is(editor, make):
    claim = make()
    seen = editor.get(address_of(claim))["ETag"]
    edit(claim, values={"quote": "Theirs."})

    response = patch(editor, claim, {"quote": "Mine."}, seen=seen)

    refused(response, 412)
    assert response["ETag"] == editor.get(address_of(claim))["ETag"] != seen
    assert Claim.objects.get().quote == "Theirs."
    done(patch(editor, claim, {"quote": "Mine."}, seen=response["ETag"]), 200)


@pytest.mark.parametrize(
    "proxy",
    [
        lambda tag: f"W/{tag}",
        lambda tag: f'{tag[:-1]}-gzip"',
        lambda tag: f'W/{tag[:-1]};br"',
        lambda tag: f'"another", {tag}',
        lambda tag: "*",
    ],
    ids=["weakened by nginx", "marked by Apache", "both", "one of several", "any"],
)
def test_a_tag_is_known_again_whatever_a_proxy_made_of_it(editor, proxy):
    draft = make_draft()
    tag = editor.get(address_of(draft))["ETag"]

    done(patch(editor, draft, {"quote": "Mine."}, seen=proxy(tag)), 200)


@pytest.mark.parametrize("tag", ['"another"', "nonsense", '"1"', '"01-0123456789abcdefg"', "W/"])
def test_a_tag_of_something_else_is_not_what_was_read(editor, tag):
    refused(patch(editor, make_draft(), {"quote": "Mine."}, seen=tag), 412)
