"""A filtered feed leaves entries out, and none of those that were asked for."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import changes
from claims.models import Change, Ledger
from tests.factories import assess, make_claim, make_speaker, make_topic, rename
from tests.random_desk import write_at_random


def follow(api, **params):
    """The numbers of all entries, and how many pages they took."""
    numbers, pages, after = [], 0, {}
    while True:
        page = api("changes/", **params, **after)
        numbers += [each["number"] for each in page["results"]]
        pages += 1
        if page["next_after"] == page["head"]:
            return numbers, pages
        assert after != {"after": page["next_after"]}, "it does not move on"
        after = {"after": page["next_after"]}


def expected(wanted):
    return [each.number for each in Change.objects.order_by("number") if wanted(each)]


ASKED = [
    ({"subject": "speaker,topic"}, lambda entry: entry.subject in ("speaker", "topic")),
    ({"operation": "assess"}, lambda entry: entry.operation == "assess"),
    ({"fields": "name,title"}, lambda entry: {"name", "title"} & {*entry.fields_changed}),
    (
        {"operation": "assess,edit", "fields": "outcome,statement"},
        lambda entry: (
            entry.operation in ("assess", "edit")
            and {"outcome", "statement"} & {*entry.fields_changed}
        ),
    ),
    ({"subject": "source", "operation": "merge"}, lambda entry: False),
]


def test_it_gives_what_was_asked_for_whatever_the_pages(api, monkeypatch):
    for _write in write_at_random(3, 15):
        pass
    pages = [(1, 5_000), (3, 7), (200, 1), (200, 5_000)]
    for (asked, wanted), (page_size, scanned) in product(ASKED, pages):
        monkeypatch.setattr(changes, "SCANNED", scanned)

        assert follow(api, page_size=page_size, **asked)[0] == expected(wanted)


def test_a_page_of_nothing_moves_on(api, monkeypatch):
    monkeypatch.setattr(changes, "SCANNED", 4)
    for _number in range(10):
        make_topic()

    page = api("changes/", subject="claim")

    assert page["results"] == []
    assert page["next_after"] == Change.objects.get(number=4).cursor
    assert page["head"] == Ledger.objects.get().cursor
    assert follow(api, subject="claim") == ([], 3)


def test_a_name_is_not_taken_for_a_part_of_another(api):
    speaker = make_speaker()
    rename(speaker, name="Another")
    assess(make_claim(), "borne_out")

    assert follow(api, fields="status")[0] == expected(lambda each: each.operation == "assess")
    assert follow(api, fields="due")[0] == []


@pytest.mark.django_db
@pytest.mark.parametrize("after", [None, "first", "head"])
def test_a_page_is_one_query(client, after):
    assess(make_claim(), "borne_out")
    cursors = {"first": Change.objects.get(number=1).cursor, "head": Ledger.objects.get().cursor}
    params = {"operation": "assess", "fields": "outcome", "subject": "claim"}

    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/changes/", params | ({"after": cursors[after]} if after else {}))

    (entries_with_head,) = captured.captured_queries
    assert "claims_ledger" in entries_with_head["sql"]


def test_a_filter_on_an_empty_ledger_begins_at_its_start(api):
    page = api("changes/", subject="claim")

    assert page["next_after"] == page["head"] == Ledger().cursor


def test_a_cursor_is_checked_under_filters_too(problem):
    make_claim()
    number = Ledger.objects.get().number
    problem(410, "changes/", after=f"{number}.0123456789abcdef", subject="claim")
    problem(410, "changes/", after="0.0123456789abcdef", subject="claim")
    problem(503, "changes/", after=f"{number + 1}.0123456789abcdef", subject="claim")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"subject": "claims"}, "Did you mean “claim”?"),
        ({"operation": "asses"}, "Did you mean “assess”?"),
        ({"fields": "outcomes"}, "Did you mean “outcome”?"),
        ({"fields": "revision"}, "is not one of"),
        ({"operation": ""}, "Give one or more of"),
        ({"fields": "outcome,"}, "empty value"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(problem, asked, said):
    (name,) = asked

    assert said in problem(400, "changes/", **asked)["errors"][name][0]
