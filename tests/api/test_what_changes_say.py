"""An entry of the feed says enough for a client to act on a verdict, and not on a typo."""

import pytest

from claims import curation
from claims.choices import AssessmentCause, Operation
from claims.documents import RECORDED
from tests.curation.redaction.desk import redact
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    link,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
    move,
    rename,
)
from tests.random_desk import write_at_random

VERDICT = ["assessments", "outcome", "status"]


@pytest.fixture
def entries(api):
    """The entries since it was last asked, each in brief."""
    after = api("changes/", page_size=200)["head"]

    def ask():
        nonlocal after
        page = api("changes/", page_size=200, after=after)
        after = page["next_after"]
        return page["results"]

    ask()
    return ask


def told(entry):
    return entry["operation"], entry["cause"], entry["fields_changed"]


def last(entries):
    return told(entries()[-1])


def test_a_verdict_names_the_outcome(entries):
    assess(make_claim(), "borne_out")

    assert last(entries) == ("assess", "first", VERDICT)


def test_an_update_does_not(entries):
    assess(make_claim(), progress="in_progress")

    assert last(entries) == ("assess", "first", ["assessments", "progress", "status"])


def test_another_verdict_says_whether_we_were_wrong(entries):
    claim = make_claim()
    kept = assess(claim, "borne_out")
    assess(claim, "not_borne_out", cause="correction", corrects=kept)
    assert last(entries) == ("assess", "correction", VERDICT)

    assess(claim, "partly_borne_out", cause="development")
    assert last(entries) == ("assess", "development", VERDICT)


def test_a_reaffirmation_changes_no_outcome(entries):
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open to all in 2020."})
    curation.reaffirm(claim, revision=claim.revision, rationale="It still is.", actor=ACTOR)

    assert last(entries) == ("assess", "reaffirmation", ["assessments"])


def test_a_reopening_empties_the_outcome(entries):
    claim = make_claim()
    assess(claim, "borne_out")
    assess(claim, progress="in_progress", cause="development", reopens=True)

    entry = entries()[-1]
    assert told(entry) == ("assess", "development", sorted([*VERDICT, "progress"]))
    assert entry["record"]["outcome"] == ""


def test_a_typo_is_an_edit_that_is_called_cosmetic(entries):
    claim = make_claim()
    edit(claim, values={"quote": "It will be open."}, cosmetic="A typing mistake")
    assert last(entries) == ("edit", "cosmetic", ["quote"])

    edit(claim, values={"statement": "It will be open in May 2020."})
    assert last(entries) == ("edit", "", ["statement"])


def test_evidence_an_appearance_and_a_link_have_words_of_their_own(entries):
    claim, other = make_claim(), make_claim()
    add_evidence(claim)
    assert last(entries) == ("evidence", "", ["evidence"])

    again = curation.RowWrite(values={"said_on": "2020-05", "source": make_source()})
    edit(claim, appearances=[again])
    assert last(entries) == ("appearance", "", ["appearances"])

    link(claim, other, "contradicts")
    assert last(entries) == ("link", "", ["links"])


@pytest.mark.parametrize("make", [make_speaker, make_topic, make_collection])
def test_a_rename_is_one_entry_about_the_name(entries, make):
    row = make()
    make_claim()
    rename(row, name="Another name")

    (entry,) = [each for each in entries() if each["operation"] == "edit"]
    assert (entry["key"], entry["fields_changed"]) == (row.slug, ["name"])


def test_a_retraction_tells_why_and_nothing_of_the_text(entries):
    claim = make_claim(statement="The road will be open.")
    entries()
    move(curation.retract, claim, "It was another person.")

    (entry,) = entries()
    assert told(entry) == ("retract", "", ["editorial_state"])
    assert (entry["key"], entry["record"]["reason"]) == (str(claim.uid), "It was another person.")
    assert "The road" not in str(entry)


def test_coming_back_brings_the_whole_record(entries):
    claim = make_claim(statement="The road will be open.")
    move(curation.retract, claim, "It was another person.")
    move(curation.publish, claim, "It was this one.")

    entry = entries()[-1]
    assert told(entry) == ("publish", "", ["editorial_state"])
    assert entry["record"]["statement"] == "The road will be open."


def test_a_merge_names_the_survivor(entries):
    survivor, duplicate = make_claim(), make_claim()
    change = curation.StateChange(claim=duplicate, revision=duplicate.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)

    entry = entries()[-1]
    assert told(entry) == ("merge", "", ["editorial_state"])
    assert entry["key"] == str(duplicate.uid)
    assert entry["record"]["merged_into"] == str(survivor.uid)


def test_a_redaction_numbers_the_entries_to_empty_and_brings_what_is_left(entries):
    claim = make_claim(statement="Kowalski was here.")
    published = entries()[-1]
    redact("Kowalski")

    (entry,) = entries()
    assert told(entry) == ("redact", "", ["statement"])
    assert entry["record"]["redacted_entries"] == [published["number"]]
    assert entry["record"]["statement"] == "[redacted] was here."
    assert entry["key"] == str(claim.uid)


def test_no_entry_names_a_field_or_a_cause_that_is_not_described(entries):
    for _write in write_at_random(1, 20):
        for entry in entries():
            assert set(entry["fields_changed"]) <= set(RECORDED) & entry["record"].keys()
            assert entry["cause"] in {"", "cosmetic", *AssessmentCause.values}


@pytest.mark.parametrize("operation", Operation.values)
def test_the_schema_says_what_each_operation_means(client, operation):
    feed = client.get("/api/v1/schema/").json()["paths"]["/api/v1/changes/"]["get"]

    assert f"| `{operation}` |" in feed["description"]
