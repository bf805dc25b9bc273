"""The promise the seeds are about: found by what it is, and told in order."""

import json
from datetime import date

import pytest

from claims.models import Claim, overlaps


@pytest.fixture
def promise(seeds):
    return Claim.objects.get(external_id="belta-2020-10-16/s01")


@pytest.fixture
def events(promise):
    return json.loads(promise.document.timeline)["events"]


def test_it_is_found_by_speaker_by_status_and_by_the_year_it_was_due(promise):
    assert promise in Claim.objects.filter(speaker__slug="stanislav-zas", kind="promise")
    assert promise in Claim.objects.filter(status="borne_out_late")
    assert promise in Claim.objects.filter(overlaps("due", date(2020, 1, 1), date(2020, 12, 31)))


def test_its_timeline_is_in_order(events):
    told = [(each["type"], each["date"]) for each in events if each["type"] not in {"evidence"}]
    assert told == [
        ("said", "2020-10-16"),
        ("update", "2020-12-02"),
        ("due", "2020"),
        ("verdict", "2021-09-16"),
    ]
    days = [each["date_last"] if each["type"] == "due" else each["date_first"] for each in events]
    assert days == sorted(days)


def test_every_event_but_its_due_date_and_what_was_not_found_has_a_source_with_an_address(events):
    without = [each for each in events if not each["sources"]]
    assert [each["type"] for each in without] == ["due", "evidence"]
    assert without[1]["evidence"]["kind"] == "search"
    assert all(source["url"] for each in events for source in each["sources"])


def test_its_verdict_says_how_late_it_came(promise, events):
    (verdict,) = [each for each in events if each["type"] == "verdict"]
    assert verdict["text"] == "Signed nine months late"
    assert verdict["assessment"]["label"] == "Kept late"
    late = verdict["date_first"] and date.fromisoformat(verdict["date_first"]) - promise.due.last
    assert f"{late.days} days after 31 December 2020" in verdict["assessment"]["rationale"]


def test_the_negotiations_promised_for_2021_depend_on_it(promise):
    (link,) = promise.linked_from.all()
    assert link.type == "depends_on"
    assert link.claim.external_id == "belta-2020-10-16/s02"
