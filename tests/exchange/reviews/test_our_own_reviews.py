"""What this desk publishes as ClaimReview, another desk of ours can read."""

from __future__ import annotations

import json

import pytest

from claims.documents import Names, records_at
from claims.exchange.claim_review import claim_review
from tests.factories import add_evidence, assess, make_claim, make_source, make_speaker

from .feed import read, rows

pytestmark = pytest.mark.django_db


def test_claim_speaker_source_and_rating_come_back_as_they_went(settings):
    settings.DESK_NAME = "The Desk"
    claim = make_claim(
        statement="The road will be open in 2020 <really> & “at last”.",
        speaker=make_speaker(name="Ada Б.", wikidata_id="Q7259", aliases=["A. B."]),
        speaker_role="Minister",
        on_behalf_of=make_speaker(name="The Office", kind="organisation"),
        source=make_source(url="https://daily.example/first", title="Plans", language="be"),
        quote="Яна будзе адкрыта.",
        quote_language="be",
    )
    assess(claim, "borne_out", evidence=[add_evidence(claim)])
    (record,) = records_at(None, [str(claim.uid)]).values()
    text = claim_review(record, Names.at(None, [record]), site_url="https://desk.example")

    with read(json.loads(text)) as reviews:
        made = rows(reviews)
        known = reviews.known

    (back,), (evidence,) = made["claims"], made["evidence"]
    assert known == 3  # the two speakers and the source, which are on this desk
    assert made["speakers"] == []
    assert back["statement"] == claim.statement
    assert back["speaker"] == claim.speaker.slug
    assert back["speaker_role"] == "Minister"
    assert back["on_behalf_of"] == claim.on_behalf_of.slug
    assert back["source"] == claim.source.slug
    assert back["said_on"] == str(claim.said_on)
    assert (back["quote"], back["quote_language"]) == (claim.quote, "be")
    (page,) = made["sources"]
    assert (page["slug"], page["publisher"]) == (evidence["source"], "The Desk")
    assert page["url"] == f"https://desk.example/api/v1/claims/{claim.uid}/"
    assert (evidence["original_rating"], evidence["stance"]) == ("Kept", "supports")
    assert "The report says so." in evidence["summary"]
