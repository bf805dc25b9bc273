"""Dated assertions with their checks: one claim a speaker, said again, checked by others."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Claim, Collection, Evidence, Link, Source

from .two_collections import counted, mapped, put_factopolis, real, with_real_data

FALSE = {
    "checker": "politifact",
    "rating": "pants-on-fire",
    "quote": "No.",
    "source": "https://checks.example/2017/it-is-not-flat/",
}
TRUE = FALSE | {"checker": "the-hill", "rating": "true", "quote": "Yes."}
UNRATED = {"checker": "npr", "short": "Hm.", "source": "https://checks.example/7"}


def enter(path: Path) -> str:
    out = StringIO()
    call_command("import_mapped", "factopolis", str(path), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_claim_is_a_speakers_its_earliest_assertion_and_the_others_are_appearances(tmp_path):
    path = put_factopolis(
        tmp_path,
        {"date": "2017-05-03", "quote": "Later."},
        {"date": "2017-05-01", "quote": "First.", "where": "radio"},
        {"date": "2017-05-02", "person": "bob-birch"},
        {"date": "2017-05-04", "claims": ["flat", "round"]},
    )

    enter(path)

    ann, bob, moon = Claim.objects.order_by("statement", "said_on_first")
    assert [claim.external_id for claim in (ann, bob, moon)] == [
        *("factopolis/ann-ash/flat", "factopolis/bob-birch/flat", "factopolis/ann-ash/round")
    ]
    assert (str(ann.said_on), ann.quote, ann.statement) == (
        *("2017-05-01", "First."),
        "The earth is flat",
    )
    assert [str(each.said_on) for each in ann.appearances.order_by("said_on_first")] == [
        *("2017-05-03", "2017-05-04")
    ]
    assert not bob.appearances.exists()
    assert not moon.appearances.exists()
    assert [(link.claim, link.type, link.target) for link in Link.objects.all()] == [
        (bob, "repeats", ann)
    ]
    assert all(claim.is_published and not claim.outcome for claim in (ann, bob, moon))
    assert ann.extra == {
        "where": "radio",
        "claim": "flat",
        "negative": "the earth is not flat",
        "summary": "It is round.",
        "path": "content/1.md",
    }
    assert [topic.name for topic in ann.topics.all()] == ["The earth"]
    assert "CC BY 4.0" in Collection.objects.get().selection_note


@pytest.mark.django_db
def test_checks_are_evidence_in_their_own_words_and_never_verdicts(tmp_path):
    path = put_factopolis(
        tmp_path,
        {"checks": [FALSE, TRUE, UNRATED]},
        {"checks": [FALSE], "date": "2017-06-01"},  # the same check of the same claim
        {
            "date": "2017-07-01",
            "claims": ["flat", "round"],
            "checks": [FALSE | {"claims": ["round"], "quote": "Not the moon."}],
        },
    )

    enter(path)

    flat, moon = Claim.objects.order_by("statement")
    assert Counter(flat.evidence.values_list("kind", "original_rating", "summary")) == {
        ("fact_check", "pants-on-fire", "No."): 1,
        ("fact_check", "true", "Yes."): 1,
        ("fact_check", "", "Hm."): 1,
    }
    assert [each.summary for each in moon.evidence.all()] == ["Not the moon."]
    assert {each.stance for each in Evidence.objects.all()} == {"context"}
    assert not Claim.objects.exclude(status="pending").exists()
    source = Source.objects.get(url=FALSE["source"])
    assert (source.publisher, source.title) == ("PolitiFact", "It is not flat")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("retraction", "summary", "source"),
    [
        (
            {"type": "clarification", "date": "2017-06-01", "source": "https://ash.example/sorry"},
            "Clarification of what was said on 2017-05-03.",
            "https://ash.example/sorry",
        ),
        (
            {"issuer": {"name": "Cy", "position": "Aide"}, "source": "https://ash.example/sorry"},
            "Cy, Aide, on what was said on 2017-05-03.",
            "https://ash.example/sorry",
        ),
        ({"quote": "I was wrong."}, "I was wrong.", "https://daily.example/0"),
        (
            {"date": "2017-06"},
            "What was said on 2017-05-03 was taken back.",
            "https://daily.example/0",
        ),
    ],
)
def test_what_was_taken_back_is_evidence_of_that(tmp_path, retraction, summary, source):
    enter(put_factopolis(tmp_path, {"retraction": retraction}))

    (evidence,) = Evidence.objects.all()
    assert (evidence.kind, evidence.summary, evidence.source.url) == ("retraction", summary, source)
    assert str(evidence.dated or "") == retraction.get("date", "")


def test_a_recording_has_the_address_that_its_service_gives_it(tmp_path: Path):
    sources = [
        {"type": "youtube", "id": "a_B", "start": "7"},
        {"type": "twitter", "user": "ann", "id": "12"},
        {"type": "transcript", "url": ""},
        {"type": "audio", "url": "https://a.example/x.mp3", "source": "https://a.example/x"},
        {"type": "archive-org | youtube | c-span | fox | abc", "id": "c-D"},
    ]

    mapper, rows = mapped("factopolis", put_factopolis(tmp_path, {"sources": sources}))

    assert [row.cells["url"] for row in rows["sources"]] == [
        "https://www.youtube.com/watch?v=a_B",
        "https://twitter.com/ann/status/12",
        "https://a.example/x",
        "https://www.youtube.com/watch?v=c-D",
    ]
    assert mapper.report.made["sources"].left_out.count == 1
    others = [row.cells["summary"] for row in rows["evidence"]]
    assert others[0] == "The statement of 2017-05-03 (twitter)."
    assert len(others) == 3


def test_what_is_not_mapped_is_told(tmp_path: Path):
    path = put_factopolis(tmp_path, {"tone": "loud", "checks": [FALSE | {"stars": 3}]})

    mapper, _rows = mapped("factopolis", path)

    assert set(mapper.report.unread) == {
        ("assertions.jsonl", "tone"),
        ("assertions.jsonl", "checks.stars"),
        ("people.jsonl", "groups"),
        ("people.jsonl", "offices.title"),
    }
    assert mapper.report.not_asked_for["people"].count == 1  # Bob said nothing


@with_real_data
def test_the_real_collection_comes_in_whole():
    """521 assertions of 228 claims, 469 checks of which 232 are rated, 15 retractions."""
    lines = real("factopolis").read_text("utf-8").splitlines()
    assertions = [json.loads(line) for line in lines]
    said = [(each["person"], claim) for each in assertions for claim in each["claims"]]

    mapper, rows = mapped("factopolis", real("factopolis"))

    assert len(assertions) == 521
    assert len(rows["claims"]) == len(set(said)) == 291
    assert len(rows["claims"]) + len(rows["appearances"]) == len(said) == 540
    claims = {row.cells["external_id"].rpartition("/")[2] for row in rows["claims"]}
    assert len(claims) == 228
    assert len(rows["links"]) == 291 - 228
    assert len(rows["speakers"]) == 74
    kinds = counted(rows["evidence"], "kind")
    assert kinds["retraction"] == sum("retraction" in each for each in assertions) == 15
    checks = {
        (
            *(each["person"], claim, check["checker"], check["source"], check.get("rating")),
            check.get("quote") or check.get("short"),
        )
        for each in assertions
        for claim in each["claims"]
        for check in each.get("checks", ())
        if claim in check.get("claims", [claim])
    }
    assert kinds["fact_check"] == len(checks) == 456
    ratings = {
        check["rating"]
        for each in assertions
        for check in each.get("checks", ())
        if "rating" in check
    }
    assert {row.cells.get("original_rating") for row in rows["evidence"]} == ratings | {"", None}
    assert counted(rows["claims"], "editorial_state") == {"published": 291}
    assert {path for _file, path in mapper.report.unread} == {
        *("offices.title", "offices.from", "offices.thru", "groups")
    }
    assert not mapper.report.unmapped
    assert not mapper.report.not_found
    assert not mapper.report.missing


@with_real_data
@pytest.mark.django_db
def test_the_real_collection_is_entered_and_a_second_time_unchanged():
    assert enter(real("factopolis")).endswith("\n2436 created, 0 changed, 0 unchanged\n")
    assert enter(real("factopolis")).endswith("\n0 created, 0 changed, 2436 unchanged\n")

    assert Claim.objects.published().count() == 291
