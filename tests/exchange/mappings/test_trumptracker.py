"""Promises with a history of their status: each change an assessment of its day."""

import csv
import json
import re
from collections import defaultdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Assessment, Claim

from .two_collections import counted, mapped, put_trumptracker, real, with_real_data

THREAD = "reddit:5abc"
HISTORY = [
    ("2016-11-15T14:48:00-08:00", "text:plantatree", "added", "Not started"),
    ("2016-11-17T21:18:53+01:00", THREAD, "added", "Not started"),
    ("2016-11-17T21:18:53+01:00", "text:plantatree", "removed", ""),
    ("2016-11-18T19:33:45+01:00", THREAD, "sources", "1"),
    ("2017-03-14T11:09:54-04:00", THREAD, "status", "Broken"),
    ("2017-04-05T16:55:52-04:00", THREAD, "status", "In progress"),
    ("2017-05-03T17:11:12+02:00", THREAD, "status", "Achieved"),
    ("2017-05-09T21:43:13+02:00", THREAD, "status", "Broken"),
    ("2017-05-09T21:43:13+02:00", "reddit:other", "status", "Achieved"),
]


def enter(path: Path) -> str:
    out = StringIO()
    call_command("import_mapped", "trumptracker", str(path), stdout=out)
    return out.getvalue()


def test_each_change_is_an_assessment_of_its_instant_for_its_cause(tmp_path: Path):
    _mapper, rows = mapped("trumptracker", put_trumptracker(tmp_path, *HISTORY))

    columns = ("recorded_at", "outcome", "progress", "cause", "reopens", "headline")
    assert [tuple(row.cells[name] for name in columns) for row in rows["assessments"]] == [
        ("2016-11-15T22:48:00Z", "", "not_started", "", "", "Not started"),
        ("2017-03-14T15:09:54Z", "not_borne_out", "", "development", "", "Broken"),
        ("2017-04-05T20:55:52Z", "", "in_progress", "development", "true", "In progress"),
        ("2017-05-03T15:11:12Z", "borne_out", "", "development", "", "Achieved"),
        ("2017-05-09T19:43:13Z", "not_borne_out", "", "development", "", "Broken"),
    ]
    assert [row.line for row in rows["assessments"]] == [2, 6, 7, 8, 9]


def test_lines_of_a_history_are_its_own_file_s(tmp_path: Path):
    mapper, _rows = mapped("trumptracker", put_trumptracker(tmp_path, *HISTORY))

    names = {(sheet.table.name, sheet.name) for sheet in mapper.sheets()}
    assert names >= {("claims", "data.json"), ("assessments", "status_history.csv")}
    assert mapper.report.not_asked_for["history"].example == "reddit:other"


@pytest.mark.django_db
def test_a_promise_is_entered_with_all_that_became_of_it(tmp_path: Path):
    enter(put_trumptracker(tmp_path, *HISTORY))

    claim = Claim.objects.get()
    assert (claim.statement, claim.status) == ("Plant a tree", "not_borne_out")
    assert (str(claim.due), claim.due_mode, claim.due_basis) == ("2017-04-29", "by", "inferred")
    assert claim.extra == {"tags": "Plan A; Plan B", "discussion": "https://redd.it/5abc"}
    first, *_between, last = claim.assessments.all()
    assert first.recorded_at == datetime(2016, 11, 15, 22, 48, tzinfo=UTC)
    assert last.recorded_at == datetime(2017, 5, 9, 19, 43, 13, tzinfo=UTC)
    assert first.rationale == "TrumpTracker marked this “Not started”."
    assert last.rationale == "No tree was planted."
    (entry,) = first.evidence.all()
    assert entry.source.publisher == "TrumpTracker"
    assert entry.summary == "TrumpTracker’s entry of 2016-11-15: “Not started”."
    assert [each.source.title for each in last.evidence.all() if each.dated is None] == [
        *("No tree", "trees.example")
    ]
    assert last.evidence.count() == 3


def test_a_date_that_is_only_the_form_of_one_is_none(tmp_path: Path):
    _mapper, rows = mapped("trumptracker", put_trumptracker(tmp_path, *HISTORY))

    assert counted(rows["assessments"], "happened_on") == {"": 5}


def test_a_status_that_nobody_knows_is_told_and_none_of_ours(tmp_path: Path):
    late = ("2018-01-01T00:00:00+00:00", THREAD, "status", "Stuck")

    mapper, rows = mapped("trumptracker", put_trumptracker(tmp_path, *HISTORY, late))

    unmapped = mapper.report.unmapped
    assert {where: seen.line for where, seen in unmapped.items()} == {
        ("maps.outcome", "Stuck"): 11,
        ("maps.progress", "Stuck"): 11,
    }
    assert rows["assessments"][-1].cells["outcome"] == ""


def real_history() -> dict[str, list[tuple[str, str]]]:
    """By thread, the statuses of each real promise: instant and status, repeats left out."""
    path = real("trumptracker").with_name("status_history.csv")
    by_key = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for event in csv.DictReader(file):
            if event["event"] in ("added", "status") and event["new"]:
                by_key[event["item_key"]].append(event)
    histories = {}
    for promise in json.loads(real("trumptracker").read_text("utf-8"))["promises"]:
        thread = promise["comments"][0].removeprefix("https://redd.it/")
        text = re.sub("[^a-z0-9]", "", promise["title"].lower())[:60]
        told = by_key[f"reddit:{thread}"] + by_key[f"text:{text}"]
        told.sort(key=lambda event: datetime.fromisoformat(event["observed_at"]))
        histories[thread] = [
            (event["observed_at"], event["new"])
            for before, event in zip([None, *told], told, strict=False)
            if before is None or before["new"] != event["new"]
        ]
    return histories


@with_real_data
def test_the_real_collection_comes_in_whole():
    """174 promises and 1,707 events, of which 305 are of promises that are no more."""
    histories = real_history()

    mapper, rows = mapped("trumptracker", real("trumptracker"))

    assert len(rows["claims"]) == 174
    assert len(rows["assessments"]) == sum(map(len, histories.values())) == 277
    assert counted(rows["assessments"], "headline") == {
        "Not started": 172,
        "Broken": 46,
        "In progress": 28,
        "Achieved": 23,
        "Compromised": 8,
    }
    assert counted(rows["assessments"], "cause") == {
        "": sum(bool(each) for each in histories.values()),
        "development": 102,
        "correction": 1,
    }
    assert counted(rows["assessments"], "reopens")["true"] == 2
    assert mapper.report.not_asked_for["history"].count == 305
    assert not mapper.report.unread
    assert not mapper.report.unmapped
    assert not mapper.report.missing


@with_real_data
@pytest.mark.django_db
def test_the_real_collection_stands_as_its_newsroom_left_it():
    promises = json.loads(real("trumptracker").read_text("utf-8"))["promises"]
    standing = {
        "Not started": "not_started",
        "In progress": "in_progress",
        "Achieved": "borne_out",
        "Broken": "not_borne_out",
        "Compromised": "partly_borne_out",
    }

    assert ", 0 changed, 0 unchanged\n" in enter(real("trumptracker"))
    assert "\n0 created, 0 changed, " in enter(real("trumptracker"))

    statuses = dict(Claim.objects.values_list("statement", "status"))
    assert statuses == {each["title"]: standing[each["status"]] for each in promises}
    broken_and_kept = Claim.objects.get(external_id="trumptracker/5d7sme").assessments.all()
    assert [(each.outcome, each.cause) for each in broken_and_kept] == [
        ("", "first"),
        ("not_borne_out", "development"),
        ("borne_out", "correction"),
    ]
    assert broken_and_kept[2].corrects == broken_and_kept[1]
    assert not Assessment.objects.filter(evidence=None).exists()
    recorded = Assessment.objects.order_by("recorded_at").values_list("recorded_at", flat=True)
    assert [each.date().isoformat() for each in (recorded.first(), recorded.last())] == [
        *("2016-11-15", "2018-08-27")
    ]
