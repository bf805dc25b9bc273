"""A claim in the words of schema.org."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import curation
from claims.choices import ClaimKind, allowed_outcomes, status_label
from claims.documents import Names, records_at
from claims.exchange.claim_review import claim_review
from claims.models import Claim
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_source,
    make_speaker,
    make_topic,
)
from tests.random_desk import write_at_random

from .schema_org import faults_in

pytestmark = pytest.mark.django_db

SITE = "https://desk.example"


def facts(claim):
    (record,) = records_at(None, [str(claim.uid)]).values()
    return record, Names.at(None, [record])


def told(claim):
    thing = json.loads(claim_review(*facts(claim), site_url=SITE))
    assert faults_in(thing) == []
    return thing


def test_a_judged_claim_is_a_review_of_a_claim(settings):
    settings.DESK_NAME = "The Desk"
    speaker = make_speaker(name="Ada B.", aliases=["A. B."], wikidata_id="Q7259")
    claim = make_claim(
        statement="The road will be open in 2020.",
        speaker=speaker,
        speaker_role="Minister",
        on_behalf_of=make_speaker(name="The Office", kind="organisation"),
        source=make_source(
            url="https://daily.example/first",
            archive_url="https://archive.example/first",
            title="Plans",
            language="be",
        ),
        quote="Яна будзе адкрыта.",
        quote_language="be",
        topics=[make_topic(name="Roads")],
    )
    opened = make_source(url="https://daily.example/seen", title="Open", language="en")
    seen = add_evidence(claim, source=opened)
    verdict = assess(claim, "borne_out", headline="Open in May", evidence=[seen])

    address = f"{SITE}/api/v1/claims/{claim.uid}/"
    recorded = f"{verdict.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    desk = {"@type": "Organization", "name": "The Desk", "url": f"{SITE}/"}
    daily = {"@type": "Organization", "name": "The Daily"}
    assert told(claim) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{address}#review",
        "url": address,
        "claimReviewed": "The road will be open in 2020.",
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{address}#claim",
            "url": address,
            "text": "The road will be open in 2020.",
            "author": {
                "@type": "Person",
                "name": "Ada B.",
                "alternateName": ["A. B."],
                "jobTitle": "Minister",
                "sameAs": "https://www.wikidata.org/wiki/Q7259",
            },
            "sourceOrganization": {"@type": "Organization", "name": "The Office"},
            "datePublished": "2020-01-15",
            "firstAppearance": {
                "@type": "CreativeWork",
                "name": "Plans",
                "url": "https://daily.example/first",
                "archivedAt": "https://archive.example/first",
                "publisher": daily,
                "datePublished": "2020-10-16",
                "inLanguage": "be",
            },
            "isBasedOn": {
                "@type": "Quotation",
                "text": "Яна будзе адкрыта.",
                "inLanguage": "be",
            },
            "temporalCoverage": "2020",
            "about": [{"@type": "Thing", "name": "Roads"}],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Kept",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
        },
        "headline": "Open in May",
        "reviewBody": "The report says so.",
        "author": desk,
        "publisher": desk,
        "datePublished": recorded,
        "dateModified": recorded,
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Open",
                "url": "https://daily.example/seen",
                "publisher": daily,
                "datePublished": "2020-10-16",
                "inLanguage": "en",
            }
        ],
    }


def test_an_open_claim_is_a_claim_that_nobody_reviewed():
    claim = make_claim()
    assess(claim, progress="in_progress")

    thing = told(claim)

    assert thing["@type"] == "Claim"
    assert thing["text"] == claim.statement
    assert thing["@id"] == f"{thing['url']}#claim"
    assert "reviewRating" not in thing


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(kind, outcome) for kind in ClaimKind for outcome in allowed_outcomes(kind)],
)
def test_each_outcome_has_our_word_and_a_number_only_where_the_scale_has_one(kind, outcome):
    dated = {} if kind == "assertion" else {"due": "2020", "due_mode": "by", "due_basis": "ours"}
    condition = {"condition": "If the money comes."} if outcome == "void" else {}
    claim = make_claim(kind=kind, **dated, **condition)
    assess(claim, outcome)

    rating = told(claim)["reviewRating"]

    assert rating["alternateName"] == status_label(kind, outcome)
    numbers = {"borne_out": 5, "partly_borne_out": 3, "not_borne_out": 1}
    assert rating.get("ratingValue") == numbers.get(outcome)
    assert ("bestRating" in rating) == ("worstRating" in rating) == (outcome in numbers)


@pytest.mark.parametrize("said_on", ["2020", "2020-10", "2020-10-16"])
def test_a_date_that_iso_has_stands_as_precise_as_it_is_known(said_on):
    assert (
        told(make_claim(said_on=said_on, due=None, due_mode="", due_basis=""))["datePublished"]
        == said_on
    )


@pytest.mark.parametrize("said_on", ["2020-Q4", "2020-H1", "2020~", "2020-10-16?", "2020/2021"])
def test_any_other_date_is_left_out_rather_than_made_up(said_on):
    claim = make_claim(
        said_on=said_on,
        due=None,
        due_mode="",
        due_basis="",
        source=make_source(published_on=said_on),
    )

    thing = told(claim)

    assert "datePublished" not in thing
    assert "datePublished" not in thing["firstAppearance"]


@pytest.mark.parametrize("due", ["2020-Q4", "../2021", "2021~"])
def test_the_period_it_speaks_of_stands_as_we_write_it(due):
    dated = told(make_claim(due=due, due_mode="by", due_basis="stated"))
    spoken_of = told(make_claim(kind="assertion", refers_to="2019-H2"))

    assert dated["temporalCoverage"] == due
    assert spoken_of["temporalCoverage"] == "2019-H2"


def test_it_says_where_else_it_was_said_once_each():
    claim, source = make_claim(), make_source(title="Again")
    values = [{"said_on": day, "source": source} for day in ("2020-02", "2020-03")]
    edit(claim, appearances=[curation.RowWrite(values=each) for each in values])

    assert [each["name"] for each in told(claim)["appearance"]] == ["Again"]


def test_an_organisation_that_speaks_has_no_job_and_a_person_is_no_organisation_behind_one():
    office = make_speaker(name="The Office", kind="organisation")
    claim = make_claim(speaker=office, speaker_role="Publisher", on_behalf_of=make_speaker())

    thing = told(claim)

    assert thing["author"] == {"@type": "Organization", "name": "The Office"}
    assert "sourceOrganization" not in thing


def test_a_correction_is_told_and_moves_only_the_date_of_modification():
    claim = make_claim()
    wrong = assess(claim, "borne_out")
    right = assess(
        claim, "not_borne_out", cause="correction", corrects=wrong, rationale="We misread it."
    )

    thing = told(claim)

    (correction,) = thing["correction"]
    assert correction["text"] == (
        "We said “Kept”, which was wrong, and now say “Not kept”. We misread it."
    )
    assert thing["datePublished"] == f"{wrong.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert thing["dateModified"] == correction["datePublished"]
    assert thing["dateModified"] == f"{right.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"


def test_a_development_is_no_correction():
    claim = make_claim()
    assess(claim, "not_borne_out")
    assess(claim, "borne_out_late", cause="development")

    assert "correction" not in told(claim)


def test_a_stale_verdict_says_so_until_it_is_reaffirmed():
    claim = make_claim()
    assess(claim, "borne_out")
    assert "creativeWorkStatus" not in told(claim)
    edit(claim, values={"statement": "The new road will be open in 2020."})

    assert told(claim)["creativeWorkStatus"] == (
        "Stale: the claim's words were edited since this verdict judged them."
    )

    assess(claim, "borne_out", cause="reaffirmation")
    assert "creativeWorkStatus" not in told(claim)


def test_what_was_redacted_is_left_out():
    claim = make_claim()
    wrong = assess(claim, "borne_out", headline="Kowalski opened it")
    assess(
        claim,
        "not_borne_out",
        headline="Kowalski did not",
        rationale="Kowalski says so.",
        cause="correction",
        corrects=wrong,
    )
    curation.redact("Kowalski", legal_basis="A court's order.", actor=ACTOR)

    thing = told(claim)

    assert thing.keys().isdisjoint({"headline", "reviewBody"})
    assert thing["correction"][0]["text"].endswith("now say “Not kept”.")
    assert "Kowalski" not in json.dumps(thing)


def test_a_search_that_found_nothing_is_not_cited():
    claim = make_claim()
    searched = add_evidence(claim, kind="search", stance="context", summary="Nothing was found.")
    assess(claim, "not_borne_out", evidence=[searched])

    assert "citation" not in told(claim)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_it_is_in_schema_orgs_words(seed):
    types = set()
    for _write in write_at_random(seed, 20):
        types |= {told(claim)["@type"] for claim in Claim.objects.published()}

    assert types == {"Claim", "ClaimReview"}


def test_the_table_of_words_finds_what_is_not_schema_orgs():
    thing = told(make_claim())

    assert faults_in(thing | {"verdict": "Kept"})
    assert faults_in(thing | {"ratingValue": 5})
    assert faults_in(thing | {"datePublished": "2020-Q4"})
    assert faults_in(thing | {"author": "Ada"})
    assert faults_in(thing | {"@type": "Promise"})


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a < b", "<"])
def test_it_may_be_pasted_into_a_script_element(text):
    claim = make_claim(statement=f"It says {text} there.")

    written = claim_review(*facts(claim), site_url=SITE)

    assert "<" not in written
    assert json.loads(written)["text"] == f"It says {text} there."


RECORD = {
    "uid": "11111111-1111-4111-8111-111111111111",
    "kind": "assertion",
    "outcome": "",
    "quote": "",
    "speaker": "ada",
    "speaker_role": "",
    "on_behalf_of": None,
    "source": "daily",
    "said_on": "2020",
    "due": None,
    "refers_to": None,
    "appearances": [],
    "topics": [],
}
NAMES = Names(
    speakers={"ada": {"name": "Ada", "kind": "person", "aliases": [], "wikidata_id": ""}},
    sources={
        "daily": {
            "title": "Plans",
            "url": "",
            "archive_url": "",
            "publisher": "",
            "published_on": None,
            "language": "",
        }
    },
    topics={},
    collections={},
)


@given(st.text())
def test_any_text_is_read_back_as_it_was(text):
    record = RECORD | {"statement": text}

    written = claim_review(record, NAMES, site_url=SITE)

    assert "<" not in written
    assert json.loads(written).get("text", "") == text
