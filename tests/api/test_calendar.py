"""The calendar of due dates: a mark on the last due day, which moves when that day does."""

from datetime import date, timedelta

import pytest

from claims import curation
from claims.api import calendar as due_dates
from claims.models import Change, today
from tests.api.subscribers import events_of
from tests.factories import (
    assess,
    edit,
    make_claim,
    make_draft,
    make_revision,
    make_source,
    make_speaker,
    make_topic,
    move,
)


def make_due(due, mode="by", **values):
    return make_claim(due=due, due_mode=mode, due_basis="stated", **values)


def to_the_second(at):
    return at.replace(microsecond=0)


def test_an_event_is_the_whole_last_day_of_the_due_period(calendar):
    claim = make_due(
        "2090-Q4",
        speaker=make_speaker(name="Ada"),
        statement="The road will be open.",
        source=make_source(publisher="The Daily", title="A road"),
        topics=[
            make_topic(slug="a", name="Roads, rails; ships"),
            make_topic(slug="b", name="Bees"),
        ],
    )

    (event,) = calendar().walk("VEVENT")

    assert event["uid"] == f"{claim.uid}@borne-out"
    assert event["dtstart"].dt == date(2090, 12, 31)
    assert event["dtend"].dt == date(2091, 1, 1)
    assert event["summary"] == "Due: Ada: The road will be open."
    assert event["description"].split("\n") == [
        "The road will be open.",
        "Due 2090-Q4 (2090-10-01 to 2090-12-31): to happen by the end of the period. "
        "Stated by the speaker.",
        "Status: Pending",
        "Said on 2020-01-15, in The Daily: A road",
    ]
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    assert event["url"] == f"http://testserver/api/v1/claims/{claim.uid}/"
    assert event.categories == ["Roads, rails; ships", "Bees"]
    changed = to_the_second(Change.objects.get(number=claim.ledger_number).at)
    assert event["dtstamp"].dt == event["last-modified"].dt == changed
    assert event["last-modified"].dt.utcoffset() == timedelta(0)


def test_one_that_moves_keeps_its_uid_and_raises_its_sequence(calendar):
    claim = make_due("2090")
    (before,) = calendar().walk("VEVENT")

    edit(claim, values={"due": "2091-06-30"})

    (after,) = calendar().walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2090, 12, 31), date(2091, 6, 30))
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_the_sequence_never_falls_when_a_claim_comes_back(calendar):
    claim = make_due("2090")
    (before,) = calendar().walk("VEVENT")
    move(curation.retract, claim, "Another person.")
    move(curation.publish, claim, "It was them.")

    (after,) = calendar().walk("VEVENT")

    assert after["sequence"] > before["sequence"]


def test_a_deadline_that_a_later_claim_revised_says_so_on_both_sides(calendar):
    first = make_due("2090")
    later = make_revision(first, due="2092", due_mode="by", due_basis="stated")

    events = events_of(calendar())

    assert "Revised by a later claim, which is due 2092." in events[str(first.uid)]["description"]
    assert "Revises a claim that was due 2090." in events[str(later.uid)]["description"]
    changed = to_the_second(Change.objects.get(number=later.ledger_number).at)
    assert events[str(first.uid)]["last-modified"].dt == changed

    edit(later, values={"due": None, "due_mode": "", "due_basis": ""})
    (event,) = events_of(calendar()).values()
    assert "later claim, which is without a deadline." in event["description"]

    move(curation.retract, later, "Another person.")
    (event,) = events_of(calendar()).values()
    assert "later claim" not in event["description"]


def test_a_deadline_that_is_no_longer_public_is_not_told(calendar):
    first = make_due("2090")
    make_revision(first, due="2092", due_mode="by", due_basis="stated")
    move(curation.retract, first, "Another person.")

    (event,) = calendar().walk("VEVENT")

    assert "2090" not in event["description"]


def test_a_judged_claim_has_its_verdict_before_it_and_can_be_left_out(calendar):
    judged, pending = make_due("2090", statement="It will open."), make_due("2091")
    assess(judged, "borne_out", happened_on="2021")

    events = events_of(calendar())

    assert events[str(judged.uid)]["summary"].startswith("Kept: ")
    assert events[str(judged.uid)]["summary"].endswith(": It will open.")
    assert events[str(pending.uid)]["summary"].startswith("Due: ")
    assert list(events_of(calendar(closed="false"))) == [str(pending.uid)]


@pytest.mark.parametrize("due", ["2090~", "2090?", "2089/2090-12~"])
def test_a_marked_day_is_tentative(calendar, due):
    make_due(due)

    (event,) = calendar().walk("VEVENT")

    assert event["status"] == "TENTATIVE"
    assert event["summary"].startswith("Perhaps due: ")
    assert event["dtstart"].dt == date(2090, 12, 31)


def test_a_day_alone_is_told_once_and_an_open_start_as_one(calendar):
    day, until = make_due("2090-05-01", "at"), make_due("../2091", "throughout")

    events = events_of(calendar())

    assert "Due 2090-05-01 (2090-05-01): to be so" in events[str(day.uid)]["description"]
    assert "Due ../2091 (… to 2091-12-31): to hold" in events[str(until.uid)]["description"]


def test_claims_without_a_last_day_and_drafts_are_not_in_it(calendar):
    make_due("2090/..")
    make_claim(kind="assertion")
    make_draft(due="2090", due_mode="by", due_basis="stated")

    assert calendar().walk("VEVENT") == []


@pytest.mark.parametrize(
    "leave",
    [
        lambda claim: move(curation.retract, claim, "Another person."),
        lambda claim: edit(claim, values={"due": None, "due_mode": "", "due_basis": ""}),
    ],
    ids=["retracted", "lost its deadline"],
)
def test_one_that_is_no_longer_due_is_no_longer_in_it(calendar, leave):
    leave(make_due("2090"))

    assert calendar().walk("VEVENT") == []


def test_it_begins_ninety_days_ago(calendar):
    make_due(str(today() - timedelta(days=91)))
    within = make_due(str(today() - timedelta(days=90)))

    assert list(events_of(calendar())) == [str(within.uid)]
    assert list(events_of(calendar(kind="promise"))) == [str(within.uid)]


@pytest.mark.parametrize(
    "asked",
    [
        {"due_ends_from": "1990"},
        {"due_ends_to": "2020"},
        {"due_overlaps": "2020"},
        {"overdue": "true"},
        {"possibly_overdue": "false"},
    ],
)
def test_a_question_of_due_days_is_answered_in_full(calendar, asked):
    old = make_due("2020")

    assert list(events_of(calendar(**asked))) == [str(old.uid)]


def test_one_that_is_full_has_the_next_that_are_due_and_says_so(calendar, monkeypatch):
    dues = [make_due(due) for due in ("2093", "2091", "2092")]
    assert "Only" not in calendar()["x-wr-caldesc"]

    monkeypatch.setattr(due_dates, "MOST_EVENTS", 2)

    full = calendar()
    assert list(events_of(full)) == [str(dues[1].uid), str(dues[2].uid)]
    assert "Only the first 2 are here" in full["x-wr-caldesc"]
    assert full["description"] == full["x-wr-caldesc"]


def test_the_last_day_there_is_has_none_after_it(calendar):
    make_due("9999")

    (event,) = calendar().walk("VEVENT")

    assert event["dtstart"].dt == date(9999, 12, 31)
    assert "dtend" not in event


def test_so_has_the_first(calendar):
    make_due("0001-01-01", said_on="0001-01-01")

    (event,) = calendar(overdue="true").walk("VEVENT")

    assert event["dtstart"].dt == date(1, 1, 1)


def test_an_empty_one_is_a_calendar_still(calendar):
    empty = calendar()

    assert empty.walk("VEVENT") == []
    assert empty["x-wr-calname"] == "Borne Out: due dates"


def test_it_is_called_by_what_it_is_asked(calendar):
    make_due("2090", speaker=make_speaker(slug="ada"))

    named = calendar(speaker="ada", kind="promise,prediction")

    assert named["x-wr-calname"] == named["name"]
    # Both are TEXT (RFC 7986, 5.1; RFC 5545, 3.8.8.2), which icalendar leaves as it stands here.
    assert named["name"].replace("\\,", ",") == (
        "Borne Out: due dates (speaker=ada, kind=promise,prediction)"
    )
