"""The client that keeps a copy does as the feed says, and as the answers say."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from urllib.error import HTTPError

import pytest
from django.db import transaction

from claims import curation
from claims.models import Ledger
from tests.api.copies import SCRIPT, Killed, Server, contents, records, rows, sync
from tests.curation.redaction.desk import redact
from tests.factories import ACTOR, assess, edit, make_claim, make_speaker, make_topic, move, rename

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "copy.sqlite3"


@pytest.fixture
def brought_up(client, path):
    """Bring the copy up to date, whatever befell it; gives its claims by uid."""

    def ask(**options):
        sync(path, Server(client, **options))
        return records(path).get("claim", {})

    return ask


def merge(duplicate, into):
    duplicate.refresh_from_db()
    change = curation.StateChange(claim=duplicate, revision=duplicate.revision, reason="The same.")
    curation.merge(change, into=into, actor=ACTOR)


def test_a_claim_is_there_with_the_name_of_its_speaker(brought_up, path):
    claim = make_claim(statement="It will be open.", speaker=make_speaker(slug="ada", name="Ada"))
    assess(claim, "borne_out_late")
    brought_up()
    shown = "SELECT uid, statement, speaker, due, status FROM claims"
    assert rows(path, shown) == [
        (str(claim.uid), "It will be open.", "Ada", "2020", "borne_out_late")
    ]

    rename(claim.speaker, name="Ada L.")
    brought_up()
    assert rows(path, "SELECT speaker FROM claims") == [("Ada L.",)]


def test_a_retracted_claim_is_dropped_and_comes_back_whole(brought_up):
    claim = make_claim(quote="We will.")
    brought_up()
    move(curation.retract, claim, "It was another person.")
    assert brought_up() == {}

    move(curation.publish, claim, "It was this one.")
    assert brought_up()[str(claim.uid)]["quote"] == "We will."


def test_merged_claims_lead_to_the_one_that_survives_them_all(brought_up, path):
    first, second, third = (make_claim(statement=f"Kowalski {each}") for each in range(3))
    merge(first, second)
    merge(second, third)
    assert brought_up().keys() == {str(third.uid)}
    survivors = {(str(first.uid), str(third.uid)), (str(second.uid), str(third.uid))}
    assert {*rows(path, "SELECT uid, survivor FROM merged")} == survivors

    redact("Kowalski 0")  # of a claim that is gone: it tells again what that was merged into
    brought_up()
    assert {*rows(path, "SELECT uid, survivor FROM merged")} == survivors


def test_what_was_redacted_is_emptied_before_it_says_what_is_left(client, brought_up, path):
    claim = make_claim(statement="Kowalski was here.")
    brought_up()
    edit(claim, values={"quote": "It was Kowalski."})
    redact("Kowalski")
    with suppress(Killed):
        sync(path, Server(client, page_size=1, ends=1))

    assert records(path)["claim"] == {str(claim.uid): None}
    assert rows(path, "SELECT * FROM claims") == []
    assert "Kowalski" not in str(contents(path))
    assert brought_up()[str(claim.uid)]["statement"] == "[redacted] was here."


def test_a_new_reader_of_what_was_redacted_and_retracted_gets_nothing_of_it(brought_up):
    claim = make_claim(statement="Kowalski was here.")
    move(curation.retract, claim, "Not his.")
    redact("Kowalski")

    assert brought_up(page_size=1) == {}


def test_it_goes_on_from_where_it_was(client, brought_up, path):
    make_claim()
    brought_up()
    make_topic(slug="roads")
    server = Server(client)

    sync(path, server)

    (page,) = server.pages.values()
    assert '"key":"roads"' in page
    assert page.count('"key"') == 1


def test_where_the_server_is_behind_it_waits_as_long_as_it_is_told(client, path):
    backup = transaction.savepoint()
    make_topic(slug="lost")
    sync(path, Server(client))
    transaction.savepoint_rollback(backup)
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            make_topic(slug="kept")

    sync(path, Server(client), wait)

    assert waits == [5, 5]
    assert records(path).keys() == {"topic"}


def test_of_another_history_nothing_is_kept(client, path):
    kept = make_claim()
    backup = transaction.savepoint()
    lost = make_claim()
    merge(make_claim(), lost)
    sync(path, Server(client))
    transaction.savepoint_rollback(backup)
    while Ledger.objects.get().number < 20:
        make_topic()

    sync(path, Server(client))

    assert records(path)["claim"].keys() == {str(kept.uid)}
    assert str(lost.uid) not in str(contents(path))
    assert rows(path, "SELECT after FROM place") == [(Ledger.objects.get().cursor,)]


def test_any_other_fault_ends_it_and_leaves_the_copy(client, brought_up, path):
    make_claim()
    brought_up()
    before = contents(path)
    make_claim()

    with pytest.raises(HTTPError, match="400"):
        sync(path, Server(client, page_size=0))

    assert contents(path) == before


def test_it_says_how_it_is_run():
    done = subprocess.run([sys.executable, "-I", SCRIPT], capture_output=True, text=True)
    assert done.returncode == 1
    assert "python3 sync_claims.py https://desk.example copy.sqlite3" in done.stderr


def test_the_site_serves_it(client):
    assert b"".join(client.get("/static/claims/sync_claims.py")) == SCRIPT.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_it_runs_as_a_program_against_a_server(live_server, path):
    claim = make_claim()
    for _run in range(2):
        subprocess.run(
            [sys.executable, "-I", "-W", "error", SCRIPT, live_server.url, path], check=True
        )

    assert records(path)["claim"].keys() == {str(claim.uid)}
