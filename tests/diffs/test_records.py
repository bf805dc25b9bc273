"""What changed between two records of one subject."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import curation
from claims.choices import Subject
from claims.curation.rules import facts_differ
from claims.diffs import Run, differences
from claims.models import Change
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
    rename,
)


def last_two(subject=Subject.CLAIM):
    newest = Change.objects.filter(subject=subject).latest("number")
    after, before = Change.objects.filter(key=newest.key).order_by("-number")[:2]
    return json.loads(before.record), json.loads(after.record)


def changed(before, after, subject=Subject.CLAIM):
    return {each.field: each for each in differences(before, after, subject)}


pytestmark = pytest.mark.django_db


def test_a_text_is_told_word_by_word():
    edit(make_claim(statement="The road will be open in 2020."), values={"statement": "The road."})

    statement = changed(*last_two())["statement"]

    assert (statement.form, statement.label) == ("text", "statement")
    assert (statement.before, statement.after) == ("The road will be open in 2020.", "The road.")
    assert statement.runs == [
        Run("kept", "The road"),
        Run("removed", " will be open in 2020"),
        Run("kept", "."),
    ]


@pytest.mark.parametrize(
    ("values", "label", "before", "after"),
    [
        ({"due": "2020-Q3"}, "due", "2020", "2020-Q3"),
        ({"due_basis": "ours"}, "basis of due", "stated", "ours"),
        ({"quantity": "gt 120 units"}, "quantity", None, "gt 120 units"),
        ({"quote_is_translation": True}, "quote is a translation", False, True),
    ],
)
def test_a_code_a_date_or_a_quantity_is_told_whole(values, label, before, after):
    edit(make_claim(), values=values)

    (name,) = values
    (difference,) = differences(*last_two())

    assert (difference.field, difference.form, difference.label) == (name, "value", label)
    assert (difference.before, difference.after) == (before, after)
    assert difference.runs is None


def test_a_list_is_told_by_what_came_and_what_went():
    stays, goes, comes = (make_topic(slug=slug) for slug in ("stays", "goes", "comes"))
    edit(make_claim(topics=[stays, goes]), topics=[stays, comes])

    (topics,) = differences(*last_two())

    assert (topics.field, topics.form) == ("topics", "list")
    assert (topics.added, topics.removed) == (["comes"], ["goes"])
    assert (topics.before, topics.after) == (["goes", "stays"], ["comes", "stays"])


def test_an_object_of_texts_is_told_as_a_list_of_what_each_name_says():
    edit(make_claim(extra={"page": "7", "desk": "Berlin"}), values={"extra": {"page": "8"}})

    (extra,) = differences(*last_two())

    assert (extra.field, extra.form, extra.label) == ("extra", "list", "columns of its own")
    assert (extra.added, extra.removed) == (["page: 8"], ["desk: Berlin", "page: 7"])


def test_a_row_that_came_tells_all_that_it_says():
    claim = make_claim()
    evidence = add_evidence(claim, source=make_source(slug="the-daily"), summary="It was opened.")

    (rows,) = differences(*last_two())
    (row,) = rows.rows

    assert (rows.field, rows.form, rows.label) == ("evidence", "rows", "evidence")
    assert (row.uid, row.change) == (str(evidence.uid), "added")
    told = {each.field: (each.before, each.after) for each in row.differences}
    assert told["summary"] == (None, "It was opened.")
    assert told["source"] == (None, "the-daily")
    assert "original_rating" not in told  # there is none


def test_a_row_that_was_edited_tells_only_what_differs_in_it():
    claim = make_claim()
    evidence = add_evidence(claim, summary="It was opened.")
    edit(
        claim,
        evidence=[curation.RowWrite(row=evidence, values={"summary": "It was opened in May."})],
    )

    ((row,),) = (each.rows for each in differences(*last_two()))

    assert row.change == "changed"
    (summary,) = row.differences
    assert (summary.field, summary.label) == ("summary", "summary")
    assert Run("added", " in May") in summary.runs


def test_a_row_that_went_tells_what_it_said():
    claim = make_claim()
    evidence = add_evidence(claim, summary="It was opened.")
    edit(claim, evidence=[curation.RowWrite(row=evidence, remove=True)])

    ((row,),) = (each.rows for each in differences(*last_two()))

    assert row.change == "removed"
    told = {each.field: (each.before, each.after) for each in row.differences}
    assert told["summary"] == ("It was opened.", None)


def test_a_verdict_comes_as_a_row_with_the_status_that_follows():
    claim = make_claim()
    cited = add_evidence(claim)
    assess(claim, "borne_out_late", evidence=[cited], headline="Opened in 2021")

    found = changed(*last_two())

    assert (found["status"].before, found["status"].after) == ("pending", "borne_out_late")
    (row,) = found["assessments"].rows
    told = {each.field: each for each in row.differences}
    assert told["headline"].after == "Opened in 2021"
    assert told["evidence"].added == [str(cited.uid)]


def test_a_link_names_the_other_claim():
    claim, other = make_claim(), make_claim()
    curation.link(
        [curation.LinkWrite(claim=claim, revision=claim.revision, type="repeats", target=other)],
        actor=ACTOR,
    )

    ((row,),) = (each.rows for each in differences(*last_two()))

    told = {each.label: each.after for each in row.differences}
    assert told == {"type": "repeats", "other claim": str(other.uid)}


def test_fields_come_in_the_order_in_which_they_are_filled():
    claim = make_claim(topics=[make_topic()], criteria="A ribbon.")
    assess(claim, "borne_out")
    record = last_two()[1]

    told = [each.field for each in differences(None, record)]

    # "status" stands last among the columns of a claim; then its sets, then its rows.
    expected = ["statement", "kind", "due", "criteria", "status", "topics", "evidence"]
    assert [name for name in told if name in expected] == expected


@pytest.mark.parametrize(
    ("make", "values", "subject"),
    [
        (make_speaker, {"name": "Another name", "aliases": ["A. N. Other"]}, Subject.SPEAKER),
        (make_source, {"title": "Another title", "published_on": "2021"}, Subject.SOURCE),
        (make_topic, {"description": "Roads."}, Subject.TOPIC),
        (make_collection, {"selection_note": "All.", "ends_on": "2021"}, Subject.COLLECTION),
    ],
)
def test_names_that_claims_use_are_told_alike(make, values, subject):
    row = make()
    rename(row, **values)

    found = changed(*last_two(subject), subject)

    assert {name: each.after for name, each in found.items()} == values
    assert all(
        each.label == str(row._meta.get_field(each.field).verbose_name) for each in found.values()
    )


def test_every_edit_tells_the_fields_that_the_ledger_says_it_changed():
    claim = make_claim(topics=[make_topic()])
    edit(claim, values={"quote": "We will.", "due": "2021", "measure": "roads"}, topics=[])
    edit(
        claim,
        appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": claim.source})],
    )
    assess(claim, progress="stalled")
    assess(claim, "not_borne_out", cause="development", reason="delayed")

    entries = list(Change.objects.filter(key=str(claim.uid)).order_by("number"))

    assert len(entries) > 5
    for one, other in pairwise(entries):
        found = differences(json.loads(one.record), json.loads(other.record))
        assert sorted(each.field for each in found) == other.fields_changed


values = st.one_of(st.none(), st.text(max_size=9), st.booleans())
rows = st.lists(
    st.fixed_dictionaries({"uid": st.sampled_from("abc"), "summary": st.text(max_size=9)}),
    unique_by=lambda row: row["uid"],
)
records = st.fixed_dictionaries(
    {
        **dict.fromkeys(("statement", "quote", "due", "speaker", "quote_is_translation"), values),
        "topics": st.lists(st.text(max_size=3), unique=True).map(sorted),
        "evidence": rows,
        "revision": st.integers(),
    }
)


@given(records, records)
def test_two_records_that_say_the_same_do_not_differ(before, after):
    found = [each.field for each in differences(before, after)]

    assert differences(before, before) == []
    assert set(found) <= set(facts_differ(before, after))
    assert set(facts_differ(before, after)) - set(found) <= {
        name for name in after if not before[name] and not after[name]
    }


@given(records, records)
def test_rows_that_came_went_or_changed_lead_from_one_list_to_the_other(before, after):
    told = {each.field: each for each in differences(before, after)}
    old = {row["uid"]: row["summary"] for row in before["evidence"]}
    new = {row["uid"]: row["summary"] for row in after["evidence"]}

    led_to = dict(old)
    for row in told["evidence"].rows if "evidence" in told else []:
        summary = next((each.after for each in row.differences), "")
        if row.change == "removed":
            del led_to[row.uid]
        else:
            led_to[row.uid] = summary or ""
    assert led_to == new
