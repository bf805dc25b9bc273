"""A write that is sent twice with one Idempotency-Key is done once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from claims.api import claim_writes
from claims.models import Change, Claim, IdempotencyKey
from tests.api.desk import (
    CLAIMS,
    a_claim,
    address_of,
    delete,
    done,
    patch,
    post,
    refused,
    send,
    signed_in,
)
from tests.factories import edit, make_claim, make_draft

KEY = "9c1e6f2a-4f0b"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def editor(db):
    return signed_in("editor")


def same(first, again):
    kept = ("Location", "ETag", "Content-Type")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert [again.get(name) for name in kept] == [first.get(name) for name in kept]
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"


def test_the_same_request_is_answered_alike(editor):
    body = a_claim()

    first = post(editor, body, Idempotency_Key=KEY)
    again = post(editor, body, Idempotency_Key=KEY)

    same(first, again)
    assert Claim.objects.get().uid.hex == done(first, 201)["uid"].replace("-", "")


def test_however_its_members_are_ordered_and_spaced(editor):
    body = a_claim()

    same(
        post(editor, body, Idempotency_Key=KEY),
        post(editor, dict(reversed(body.items())), Idempotency_Key=KEY),
    )


def test_an_edit_is_not_refused_for_having_been_done(editor):
    claim = make_claim()
    seen = editor.get(address_of(claim))["ETag"]

    first = patch(editor, claim, {"quote": "Yes."}, seen=seen, Idempotency_Key=KEY)
    entries = Change.objects.count()
    again = patch(editor, claim, {"quote": "Yes."}, seen=seen, Idempotency_Key=KEY)

    same(first, again)
    assert Change.objects.count() == entries


def test_a_draft_is_thrown_away_once(editor):
    draft = make_draft()

    first = delete(editor, draft, Idempotency_Key=KEY)

    same(first, delete(editor, draft, Idempotency_Key=KEY))
    assert first.status_code == 204


def test_without_a_key_it_is_done_twice(editor):
    body = a_claim()
    post(editor, body)
    post(editor, body)

    assert Claim.objects.count() == 2


@pytest.mark.parametrize("other", ["body", "address", "method"])
def test_another_request_with_the_key_is_refused(editor, other):
    draft, body = make_draft(), {"reason": "x"}
    done(post(editor, body, path=address_of(draft, "submit-for-review"), Idempotency_Key=KEY), 200)
    method, step, reason = {
        "body": ("post", "submit-for-review", "y"),
        "address": ("post", "back-to-draft", "x"),
        "method": ("patch", "", "x"),
    }[other]

    path, body = address_of(draft, step), {"reason": reason}
    refused(send(editor, method, path, body, Idempotency_Key=KEY), 422)

    draft.refresh_from_db()
    assert draft.editorial_state == "in_review"


def test_another_accounts_same_key_is_its_own(editor):
    body = a_claim()
    post(editor, body, Idempotency_Key=KEY)

    answer = post(signed_in("editor"), body, Idempotency_Key=KEY)

    assert "Idempotent-Replayed" not in answer
    assert Claim.objects.count() == 2


def test_who_lost_their_role_is_not_answered_either(editor):
    body = a_claim()
    done(post(editor, body, Idempotency_Key=KEY), 201)
    IdempotencyKey.objects.get().account.groups.clear()

    refused(post(editor, body, Idempotency_Key=KEY), 403)


def test_it_is_kept_for_a_day(editor):
    body = a_claim()
    with time_machine.travel(NOON, tick=False) as clock:
        first = post(editor, body, Idempotency_Key=KEY)
        clock.shift(timedelta(hours=24))
        same(first, post(editor, body, Idempotency_Key=KEY))
        clock.shift(timedelta(seconds=1))
        later = post(editor, body, Idempotency_Key=KEY)

    done(later, 201)
    assert "Idempotent-Replayed" not in later
    assert Claim.objects.count() == 2
    assert IdempotencyKey.objects.count() == 1


def test_an_expired_key_may_come_with_another_request(editor):
    with time_machine.travel(NOON, tick=False) as clock:
        post(editor, a_claim(), Idempotency_Key=KEY)
        clock.shift(timedelta(hours=25))
        done(post(editor, a_claim(), Idempotency_Key=KEY), 201)


def test_a_refusal_is_not_kept(editor):
    refused(post(editor, a_claim(kind="hope"), Idempotency_Key=KEY))

    done(post(editor, a_claim(), Idempotency_Key=KEY), 201)


def test_what_is_refused_for_having_moved_on_is_sent_again_over_what_there_is(editor):
    draft = make_draft()
    seen = editor.get(address_of(draft))["ETag"]
    edit(draft, values={"quote": "Theirs."})
    failed = patch(editor, draft, {"quote": "Mine."}, seen=seen, Idempotency_Key=KEY)
    refused(failed, 412)

    again = patch(editor, draft, {"quote": "Mine."}, seen=failed["ETag"], Idempotency_Key=KEY)

    assert done(again, 200)["quote"] == "Mine."


def test_a_dry_run_is_not_kept(editor):
    body, dry = a_claim(), f"{CLAIMS}?dry_run=true"

    for _ in range(2):
        assert "Idempotent-Replayed" not in post(editor, body, path=dry, Idempotency_Key=KEY)
    done(post(editor, body, Idempotency_Key=KEY), 201)


@pytest.mark.parametrize("key", ["", " ", "a b", "ü", "x" * 256])
def test_a_malformed_key_is_refused(editor, key):
    errors = refused(post(editor, a_claim(), Idempotency_Key=key))

    assert list(errors) == ["Idempotency-Key"]
    assert not Claim.objects.exists()


def test_what_died_before_it_was_committed_is_done_by_the_retry(editor, monkeypatch):
    """The claim and the kept answer are in one transaction: both are there, or neither."""
    body = a_claim()
    remember = claim_writes.curation.remember_answer

    def die_after(*args, **kwargs):
        remember(*args, **kwargs)
        raise SystemError

    with monkeypatch.context() as patched:
        patched.setattr(claim_writes.curation, "remember_answer", die_after)
        with pytest.raises(SystemError):
            post(editor, body, Idempotency_Key=KEY)
    assert not Claim.objects.exists()
    assert not IdempotencyKey.objects.exists()

    done(post(editor, body, Idempotency_Key=KEY), 201)


def test_what_died_after_it_was_committed_is_answered_to_the_retry(editor, monkeypatch):
    body = a_claim()
    create = claim_writes.WritableClaimViewSet.create

    def die_after(view, request):
        create(view, request)
        raise SystemError

    with monkeypatch.context() as patched:
        patched.setattr(claim_writes.WritableClaimViewSet, "create", die_after)
        with pytest.raises(SystemError):
            post(editor, body, Idempotency_Key=KEY)
    claim = Claim.objects.get()

    answer = post(editor, body, Idempotency_Key=KEY)

    assert done(answer, 201)["uid"] == str(claim.uid)
    assert re.search(str(claim.uid), answer["Location"])


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_claim():
    client, body = signed_in("contributor"), a_claim()

    def write(_number):
        try:
            return post(client, body, Idempotency_Key=KEY)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as writers:
        answers = list(writers.map(write, range(20)))

    assert Claim.objects.count() == 1
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sorted("Idempotent-Replayed" in answer for answer in answers) == [False, *[True] * 19]
