"""A mark stands where the text was; what cannot have a hole is left empty."""

import json

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.models import Assessment, Change, Claim, ClaimDocument, Speaker, Task
from tests.curation.redaction.desk import plant, redact
from tests.factories import (
    add_evidence,
    assess,
    edit,
    make_claim,
    make_source,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_prose_keeps_its_other_words():
    desk = plant("Kowalski")

    redact("Kowalski")

    desk.refresh()
    assert desk.claim.statement == "The road of [redacted] will be open."
    assert desk.claim.quote == "“[redacted], [redacted]!”"
    assert desk.speaker.name == "Herr [redacted]"
    assert desk.source.title == "All about [redacted]"
    assert desk.draft.statement == "[redacted] is still a draft."
    assert desk.retracted.state_reason == "It was [redacted] who said it."
    assert Task.objects.get().note == "Ring up [redacted]."


def test_an_address_or_an_id_with_a_hole_would_lead_nowhere():
    desk = plant("Kowalski")
    make_source(url="https://daily.example/Kowalski/2")  # two that would become the same

    redact("Kowalski")

    desk.refresh()
    assert (desk.source.url, desk.source.archive_url, desk.claim.external_id) == ("", "", "")


def test_an_alias_goes_as_a_whole():
    desk = plant("Kowalski")

    redact("Kowalski")

    assert Speaker.objects.get(pk=desk.speaker.pk).aliases == ["H."]


def test_a_column_of_their_own_goes_as_a_whole_for_its_text_or_its_name():
    desk = plant("Kowalski")

    redact("Kowalski")

    desk.refresh()
    assert desk.claim.extra == {"page": "7"}


def test_a_word_that_names_members_everywhere_is_looked_for_only_where_people_gave_names():
    make_claim()
    mine = make_claim(extra={"statement": "so", "page": "7"})

    removed = redact("statement").removed

    mine.refresh_from_db()
    assert mine.extra == {"page": "7"}
    assert removed["claims_claim.extra"] == removed["claims_change.record"] == 1


def test_where_a_column_has_no_room_for_the_mark_a_shorter_one_stands():
    topic = make_topic(name="X-" * 98 + "Otto")  # 200 characters, as many as it takes

    redact("Otto")

    topic.refresh_from_db()
    assert topic.name == "X-" * 98 + "█"


def test_evidence_that_a_verdict_rests_on_is_redacted_nonetheless():
    desk = plant("Kowalski")

    redact("Kowalski")

    desk.refresh()
    assert desk.cited.summary == "Cited: [redacted]."


def test_a_verdicts_words_are_gone_as_a_whole():
    plant("Kowalski")

    redact("Kowalski")

    verdict = Assessment.objects.get()
    assert (verdict.headline, verdict.rationale, verdict.outcome) == (None, None, "borne_out")


def test_only_the_words_that_hold_it_are_gone_from_a_verdict():
    assess(make_claim(), "borne_out", headline="Opened", rationale="Kowalski says so.")

    redact("Kowalski")

    verdict = Assessment.objects.get()
    assert (verdict.headline, verdict.rationale) == ("Opened", None)


def test_public_texts_show_the_gap():
    desk = plant("Kowalski")

    redact("Kowalski")

    document = ClaimDocument.objects.get(claim=desk.claim)
    summary, timeline = json.loads(document.summary), json.loads(document.timeline)
    assert summary["verdict"]["headline"] is None
    assert summary["source"]["url"] == ""
    (verdict,) = (event for event in timeline["events"] if event["type"] == "verdict")
    assert verdict["assessment"]["rationale"] is None


def test_revisions_move_once_and_what_was_judged_stays_judged():
    desk = plant("Kowalski")
    rows = [desk.claim, desk.corrected, desk.draft, desk.speaker, desk.topic]
    revisions = [row.revision for row in rows]

    redact("Kowalski")

    desk.refresh()
    assert [row.revision for row in rows] == [each + 1 for each in revisions]
    assert desk.claim.verdict.words_revision == desk.claim.words_revision


def test_somebody_at_work_on_it_is_told_that_it_moved():
    claim = make_claim(statement="Kowalski was here.")
    redact("Kowalski")

    write = curation.ClaimWrite(claim=claim, revision=claim.revision, values={"quote": "Kowalski"})
    with pytest.raises(ValidationError, match="Somebody else has changed this"):
        curation.write_claims([write], actor="ada")


def test_what_does_not_hold_it_is_untouched():
    other = make_claim(statement="Kowal was here.", speaker=make_speaker(name="kowalski"))
    add_evidence(other)
    before = Claim.objects.filter(pk=other.pk).values().get()
    texts = ClaimDocument.objects.filter(pk=other.pk).values().get()
    claim = make_claim(statement="Kowalski was here.")
    edit(claim, values={"quote": "I was here."})
    entries = list(Change.objects.filter(key=other.uid).values())

    redact("Kowalski")

    assert Claim.objects.filter(pk=other.pk).values().get() == before
    assert ClaimDocument.objects.filter(pk=other.pk).values().get() == texts
    assert list(Change.objects.filter(key=other.uid).values()) == entries


def test_a_text_that_stands_nowhere_changes_nothing():
    make_claim()
    before = list(Change.objects.values())

    assert redact("Kowalski") == curation.Redacted()

    assert list(Change.objects.values()) == before
