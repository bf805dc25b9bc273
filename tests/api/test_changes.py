"""The feed: every public change, in order, without gaps."""

import hashlib
import json

import pytest
from django.db import transaction

from claims import curation
from claims.models import GENESIS, Change, canonical
from tests.append_only.rows import execute, warrant
from tests.factories import ACTOR, assess, make_claim, make_draft, make_speaker, make_topic


def follow(api, after=None, page_size=2):
    entries = []
    while True:
        page = api("changes/", page_size=page_size, **({"after": after} if after else {}))
        entries += page["results"]
        after = page["next_after"]
        if not page["results"]:
            assert after == page["head"]
            return entries


def test_delivers_every_entry_once_and_in_order(api):
    assess(make_claim(), "borne_out_late")
    make_draft()

    entries = follow(api)

    assert [each["number"] for each in entries] == list(range(1, Change.objects.count() + 1))


def test_goes_on_after_the_last_entry_one_has(api):
    make_claim()
    before = api("changes/")["next_after"]
    claim = make_claim()

    entries = follow(api, before)

    assert entries[-1]["operation"] == "publish"
    assert entries[-1]["key"] == str(claim.uid)


def test_an_entry_says_which_fields_changed_and_why(api):
    assess(make_claim(), "not_borne_out", reason="delayed")

    entry = follow(api)[-1]

    assert (entry["operation"], entry["cause"]) == ("assess", "first")
    assert entry["fields_changed"] == ["assessments", "outcome", "status"]
    assert entry["record"]["outcome"] == "not_borne_out"


def test_actors_and_drafts_stay_private(client, api):
    make_claim()
    make_draft(statement="a secret plan")

    text = client.get("/api/v1/changes/").content.decode()

    assert ACTOR not in json.dumps(follow(api))
    assert "a secret plan" not in text


def test_a_retraction_leaves_a_tombstone(api):
    claim = make_claim()
    curation.retract(
        [curation.StateChange(claim=claim, revision=claim.revision, reason="Ours.")], actor=ACTOR
    )

    entry = follow(api)[-1]

    assert entry["operation"] == "retract"
    assert entry["record"] == {
        "uid": str(claim.uid),
        "editorial_state": "retracted",
        "merged_into": None,
        "reason": "Ours.",
    }


def test_an_empty_ledger_has_a_head_to_begin_from(api):
    page = api("changes/")

    assert page == {"head": page["head"], "next_after": page["head"], "results": []}
    assert follow(api, page["head"]) == []


@pytest.mark.parametrize("after", ["1.0000000000000000", "0.0123456789abcdef"])
def test_a_cursor_of_another_history_is_gone(problem, after):
    make_claim()

    assert problem(410, "changes/", after=after)["head"] == Change.objects.latest("number").cursor


def test_a_cursor_ahead_of_this_server_is_to_be_asked_again_and_never_an_empty_page(client, db):
    make_claim()
    head = Change.objects.latest("number")

    answer = client.get("/api/v1/changes/", {"after": f"{head.number + 1}.{head.hash[:16]}"})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer.json()["head"] == head.cursor
    assert "410" in answer.json()["detail"]


def test_a_server_that_was_restored_says_so_once_it_has_passed_the_number(client, api):
    make_claim()
    backup = transaction.savepoint()
    make_topic()
    after = api("changes/")["head"]
    transaction.savepoint_rollback(backup)

    def status():
        return client.get("/api/v1/changes/", {"after": after}).status_code

    assert status() == 503
    make_speaker()
    assert status() == 410


@pytest.mark.parametrize("after", ["", "7", "x.y", "1.00", "9" * 30 + ".0000000000000000"])
def test_a_malformed_cursor_is_refused(problem, after):
    assert list(problem(400, "changes/", after=after)["errors"]) == ["after"]


def test_a_reader_can_verify_as_it_follows(api):
    assess(make_claim(), "borne_out")
    expected = GENESIS

    for entry in follow(api):
        assert entry["previous_hash"] == expected
        digest = hashlib.sha256((entry["salt"] + canonical(entry["record"])).encode()).hexdigest()
        assert digest == entry["record_digest"]
        expected = entry["hash"]


def test_a_redacted_entry_has_neither_record_nor_salt(api):
    make_claim()
    entry = Change.objects.latest("number")
    warrant(entry, "record")
    execute("UPDATE claims_change SET record = NULL, salt = NULL WHERE number = 3")

    shown = follow(api)[-1]

    assert (shown["record"], shown["salt"]) == (None, None)
    assert shown["record_digest"] == entry.record_digest
