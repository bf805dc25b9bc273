"""Atom feeds of verdicts, of corrections and of new claims: what they tell, and when."""

from datetime import datetime

import pytest

from claims import curation
from claims.api import feeds
from claims.models import Change
from tests.api.subscribers import page_address, read_feed, told_of
from tests.curation.redaction.desk import redact
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
    move,
)


def correct(claim, wrong, outcome="", **values):
    return assess(claim, outcome, cause="correction", corrects=wrong, **values)


def test_a_verdict_says_what_of_whom_why_and_on_what_grounds(feed, client):
    claim = make_claim(
        speaker=make_speaker(name="Ada"),
        statement="The road will be open in 2020.",
        topics=[make_topic(slug="roads", name="Roads & rails")],
    )
    report = make_source(
        publisher="The Daily", title="It <is> open", url="https://daily.example/road"
    )
    verdict = assess(
        claim,
        "borne_out_late",
        headline="Opened a month late",
        rationale="It was opened in January.\n\nNobody denies it.",
        happened_on="2021-01-31",
        evidence=[add_evidence(claim, source=report)],
    )

    (entry,) = feed("verdicts").entries

    assert entry.title == "Ada: The road will be open in 2020. — Kept late"
    assert entry.id == f"urn:uuid:{verdict.uid}"
    assert entry.link == f"http://testserver/api/v1/claims/{claim.uid}/"
    assert datetime.fromisoformat(entry.published) == verdict.recorded_at
    assert datetime.fromisoformat(entry.updated) == verdict.recorded_at
    assert [(each.term, each.label) for each in entry.tags] == [("roads", "Roads & rails")]
    (content,) = entry.content
    assert content.type == "text/html"
    assert "Ada, 2020-01-15: The road will be open in 2020." in content.value
    assert "<strong>Kept late</strong>: Opened a month late (2021-01-31)" in content.value
    assert "<p>It was opened in January.</p>\n\n<p>Nobody denies it.</p>" in content.value
    assert '<a href="https://daily.example/road">The Daily: It &lt;is&gt; open</a>' in content.value
    assert client.get(entry.link).status_code == 200


def test_updates_and_reaffirmations_are_no_verdicts(feed):
    claim = make_claim()
    assess(claim, progress="in_progress")
    verdict = assess(claim, "not_borne_out", progress="in_progress", cause="development")
    edit(claim, values={"statement": "The road will be open to cars in 2020."})
    assess(claim, "not_borne_out", progress="in_progress", cause="reaffirmation")
    assess(claim, progress="stalled", cause="development", reopens=True)

    assert told_of(feed("verdicts")) == [str(verdict.uid)]
    assert told_of(feed("corrections")) == []


def test_a_correction_says_what_we_had_said_in_the_same_entry_of_both_feeds(feed):
    claim = make_claim(speaker=make_speaker(name="Ada"), statement="It will open.")
    wrong = assess(claim, "not_borne_out", headline="Still closed")
    right = correct(claim, wrong, "borne_out", rationale="We read the wrong page.")

    (correction,) = feed("corrections").entries
    now, before = feed("verdicts").entries

    assert correction == now
    assert correction.id == f"urn:uuid:{right.uid}"
    assert correction.title == "Correction: Ada: It will open. — Kept (before: Not kept)"
    assert "This corrects what we had said: <strong>Not kept</strong>: Still closed" in (
        correction.content[0].value
    )
    assert "We read the wrong page." in correction.content[0].value
    assert before.id == f"urn:uuid:{wrong.uid}"
    assert before.title == "Ada: It will open. — Not kept (corrected since)"
    assert f"corrected it on {right.recorded_at:%Y-%m-%d}" in before.content[0].value
    assert datetime.fromisoformat(before.published) == wrong.recorded_at
    assert datetime.fromisoformat(before.updated) == right.recorded_at


def test_a_corrected_update_is_a_correction_and_no_verdict(feed):
    claim = make_claim(statement="It will open.")
    correct(claim, assess(claim, progress="stalled"), progress="in_progress")

    (correction,) = feed("corrections").entries

    assert correction.title.endswith("It will open. — In progress (before: Stalled)")
    assert feed("verdicts").entries == []


def test_what_moved_on_is_told_again_and_its_first_entry_stays_as_it_was(feed):
    claim = make_claim()
    assess(claim, "not_borne_out")
    (first,) = feed("verdicts").entries
    assess(claim, "borne_out_late", cause="development")

    newest, then = feed("verdicts").entries

    assert then == first
    assert newest.title.endswith("Kept late")


def test_reasons_that_were_redacted_are_not_told(feed):
    assess(make_claim(), "borne_out", rationale="Mr Kowalski opened it.", headline="By Kowalski")
    redact("Kowalski")

    (entry,) = feed("verdicts").entries

    assert "The reasons were removed by law." in entry.content[0].value
    assert "Kowalski" not in str(entry)


def test_a_new_claim_says_what_was_said_when_due_and_where(feed):
    claim = make_claim(
        speaker=make_speaker(name="Ada"),
        statement="The road will be open.",
        quote="Vi öppnar <vägen>.",
        quote_language="sv",
        due="2020-Q4",
        due_mode="by",
        due_basis="stated",
        source=make_source(publisher="The Daily", title="A road", url=""),
    )

    (entry,) = feed("claims").entries

    assert entry.title == "Ada: The road will be open."
    assert entry.id == f"urn:uuid:{claim.uid}"
    assert datetime.fromisoformat(entry.published) == claim.published_at
    content = entry.content[0].value
    assert (
        '<blockquote dir="auto" lang="sv"><p>Vi öppnar &lt;vägen&gt;.</p></blockquote>' in content
    )
    assert "Promise, due 2020-Q4 (to happen by the end of the period). Pending." in content
    assert "The Daily: A road (2020-10-16)" in content


def test_claims_are_new_when_they_are_published_whenever_they_were_drafted(feed):
    draft, early = make_draft(), make_claim()
    move(curation.publish, draft)

    assert told_of(feed("claims")) == [str(draft.uid), str(early.uid)]


def test_a_claim_that_comes_back_is_no_new_claim(feed):
    first, second = make_claim(), make_claim()
    move(curation.retract, first, "Another person.")
    assert told_of(feed("claims")) == [str(second.uid)]
    assess(second, "borne_out")  # nor is one that now stands otherwise
    move(curation.publish, first, "It was them.")

    assert told_of(feed("claims")) == [str(second.uid), str(first.uid)]


def test_a_claim_was_updated_by_its_last_public_change(feed):
    claim = make_claim()
    edit(claim, values={"statement": "The road will be open to cars."})

    (entry,) = feed("claims").entries

    change = Change.objects.get(number=claim.ledger_number)
    assert datetime.fromisoformat(entry.updated) == change.at > claim.published_at


@pytest.mark.parametrize("leave", ["retract", "merge"])
def test_a_claim_that_leaves_the_public_leaves_the_feeds(feed, leave):
    claim, survivor = make_claim(), make_claim()
    correct(claim, assess(claim, "borne_out"), "not_borne_out")
    if leave == "retract":
        move(curation.retract, claim, "Another person.")
    else:
        change = curation.StateChange(claim=claim, revision=claim.revision, reason="Twice here.")
        curation.merge(change, into=survivor, actor=ACTOR)

    assert told_of(feed("claims")) == [str(survivor.uid)]
    assert feed("verdicts").entries == feed("corrections").entries == []


def test_drafts_are_told_to_nobody(feed):
    make_draft()

    assert feed("claims").entries == []


@pytest.mark.parametrize("name", ["verdicts", "corrections", "claims"])
def test_the_newest_come_first_page_by_page_and_back(feed, client, name):
    claims = [make_claim() for _number in range(3)]
    for claim in claims:
        correct(claim, assess(claim, "borne_out"), "not_borne_out")
    all_of_them = told_of(feed(name))

    first = feed(name, page_size=2)
    second = read_feed(client.get(page_address(first, "next")))
    back = read_feed(client.get(page_address(second, "previous")))

    assert told_of(first) == told_of(back) == all_of_them[:2]
    assert told_of(second) == all_of_them[2:4]
    assert page_address(first, "previous") is None
    assert page_address(feed(name, page_size=len(all_of_them)), "next") is None
    assert first.feed.id == second.feed.id


@pytest.mark.parametrize("name", ["verdicts", "corrections", "claims"])
def test_few_claims_and_many_are_told_of_alike(feed, monkeypatch, name):
    promises = [make_claim(), make_claim()]
    for claim in [*promises, make_claim(kind="assertion")]:
        correct(claim, assess(claim, "borne_out"), "not_borne_out")
    among_few = feed(name, kind="promise")

    monkeypatch.setattr(feeds, "FEW", 1)

    assert feed(name, kind="promise") == among_few
    assert len(among_few.entries) == (4 if name == "verdicts" else 2)
