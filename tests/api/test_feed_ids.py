"""Whoever subscribed is told a thing once, and of no change where there is none."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.api.subscribers import read_feed, told_of
from tests.factories import assess, edit, make_claim, make_source, make_speaker, rename

FEEDS = ["verdicts", "corrections", "claims"]


@pytest.fixture
def claim(db):
    claim = make_claim(speaker=make_speaker(slug="ada"))
    wrong = assess(claim, "borne_out")
    assess(claim, "not_borne_out", cause="correction", corrects=wrong)
    return claim


def ids(feed):
    return [feed.feed.id, *told_of(feed)]


@pytest.mark.parametrize("name", FEEDS)
def test_ids_outlast_hosts_renames_and_edits(feed, client, claim, name):
    before = ids(feed(name, speaker="ada"))

    rename(claim.speaker, name="Ada Lovelace")
    edit(claim, values={"statement": "Another wording.", "source": make_source()})
    elsewhere = client.get(
        f"/api/v1/{name}.atom", {"speaker": "ada"}, headers={"host": "localhost"}
    )

    assert ids(feed(name, speaker="ada")) == before
    assert ids(read_feed(elsewhere)) == before
    assert b"http://localhost/api/v1/" in elsewhere.content
    assert b"testserver" not in elsewhere.content


def test_a_feed_has_an_id_for_each_name_and_filter_in_whatever_order_they_come(feed, claim):
    found = {feed(name, **asked).feed.id for name in FEEDS for asked in ({}, {"kind": "promise"})}
    assert len(found) == 6

    one = feed("claims", kind="promise", speaker="ada").feed.id
    assert feed("claims", speaker="ada", kind="promise").feed.id == one
    assert feed("claims", speaker="ada", kind="promise", page_size=1).feed.id == one


@pytest.mark.parametrize(
    "path", [*(f"{name}.atom" for name in FEEDS), "calendar.ics?overdue=false"]
)
def test_what_did_not_change_has_the_same_bytes_at_another_time(client, claim, path):
    before = client.get(f"/api/v1/{path}").content

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert client.get(f"/api/v1/{path}").content == before


@pytest.mark.parametrize("name", FEEDS)
def test_an_empty_feed_has_them_too(client, db, name):
    response = client.get(f"/api/v1/{name}.atom")
    read_feed(response)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert client.get(f"/api/v1/{name}.atom").content == response.content


def test_a_feed_says_what_it_is_asked_and_where_the_same_is_told(feed, claim):
    found = feed("corrections", speaker="ada", kind="promise").feed

    assert found.title == "Borne Out: corrections (speaker=ada, kind=promise)"
    links = {each.rel: each.href for each in found.links}
    assert links["self"] == "http://testserver/api/v1/corrections.atom?speaker=ada&kind=promise"
    assert links["alternate"] == "http://testserver/api/v1/corrections/?speaker=ada&kind=promise"
    assert found.author == "Borne Out"
