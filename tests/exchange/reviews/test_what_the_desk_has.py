"""What is on the desk already is left as its editors have it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims import curation
from claims.models import Change, Claim, Evidence, Source, Speaker
from tests.factories import ACTOR, edit, make_source, make_speaker

from .feed import ADDRESS, read, review, rows, said

pytestmark = pytest.mark.django_db

OTHER = {"url": "https://other.example/1", "author": "Die Prüfer"}


@pytest.fixture
def enter(tmp_path: Path):
    """Import reviews, and tell what the command said, last line first."""

    def enter(*content: Any, **options: Any) -> list[str]:
        path = tmp_path / "feed.json"
        path.write_text(json.dumps(content))
        out = StringIO()
        call_command("import_reviews", str(path), stdout=out, stderr=out, **options)
        return out.getvalue().splitlines()[::-1]

    return enter


def test_a_claim_comes_in_as_a_draft(enter):
    assert enter(review())[0] == "4 created, 0 changed, 0 unchanged"

    claim = Claim.objects.get()
    assert (claim.statement, claim.editorial_state) == ("The road is open.", "draft")
    assert claim.evidence.get().original_rating == "False"
    assert not claim.assessments.exists()


def test_a_second_run_changes_nothing(enter):
    enter(review(), review(**OTHER))
    entries = Change.objects.count()

    assert enter(review(), review(**OTHER))[0] == "0 created, 0 changed, 6 unchanged"
    assert Change.objects.count() == entries


def test_two_reviews_of_the_same_words_are_evidence_on_one_claim(enter):
    again = review(claimReviewed=" the road  is OPEN", reviewRating="Wahr", **OTHER)

    enter(review(), again, review())

    claim = Claim.objects.get()
    ratings = claim.evidence.order_by("pk").values_list("original_rating", "stance")
    assert list(ratings) == [("False", "contradicts"), ("Wahr", "supports")]


def test_an_editors_words_stay_when_another_review_comes(enter):
    enter(review())
    edit(Claim.objects.get(), values={"statement": "The road was opened in May."})

    enter(review(), review(**OTHER))

    claim = Claim.objects.get()
    assert claim.statement == "The road was opened in May."
    assert claim.evidence.count() == 2


def test_speakers_and_sources_that_are_there_are_used(enter):
    ada = make_speaker(slug="ada-the-minister", name="Ada B.")
    page = make_source(url=ADDRESS, title="The road")

    enter(review())

    assert Speaker.objects.get() == Claim.objects.get().speaker == ada
    assert Source.objects.get() == Evidence.objects.get().source == page
    page.refresh_from_db()
    assert page.title == "The road"


def test_of_two_speakers_of_one_name_neither_is_taken(enter):
    known = {make_speaker(name="Ada B."), make_speaker(name="Ada B.")}

    enter(review())

    assert Claim.objects.get().speaker not in known


def test_nothing_is_added_to_a_claim_that_was_set_aside(enter):
    enter(review())
    claim = Claim.objects.get()
    aside = curation.StateChange(claim=claim, revision=claim.revision, reason="An opinion.")
    curation.set_aside([aside], actor=ACTOR)

    assert enter(review(**OTHER))[0].startswith("1 created")  # its source
    assert Evidence.objects.count() == 1


def test_a_rating_that_was_changed_since_is_told_and_left(enter):
    enter(review())

    told = enter(review(reviewRating="True"))

    evidence = Evidence.objects.get()
    assert evidence.original_rating == "False"
    said = f"The desk has “False” for this review ({evidence.uid}), which now says “True”."
    assert any(line.endswith(f":1: reviewRating: {said}") for line in told)


def test_what_the_desk_has_is_looked_up_in_blocks(django_assert_num_queries):
    many = [
        said(author=f"Speaker {number}", datePublished="2020") | {"url": f"{ADDRESS}/{number}"}
        for number in range(240)
    ]
    with read(many) as reviews, django_assert_num_queries(2 + 2 + 1 + 3):
        # Speakers and sources by slug, and by name or address; claims; evidence, the states of
        # its claims, and its ratings.
        assert len(rows(reviews)["claims"]) == 240


def test_a_dry_run_enters_nothing_and_the_rows_can_be_kept(enter, tmp_path):
    assert enter(review(), dry_run=True, output=tmp_path / "rows")[0].startswith("dry run: 4 cr")
    assert not Claim.objects.exists()

    call_command("import_claims", str(tmp_path / "rows"), stdout=StringIO())

    assert enter(review())[0] == "0 created, 0 changed, 4 unchanged"


def test_what_was_left_out_is_told_and_the_rest_comes_in(enter):
    told = enter(
        review(image="x"),
        review(claimReviewed=""),
        {"@type": "NewsArticle"},
        review(url=f"{ADDRESS}/2", reviewRating="Wobbly"),
    )

    for line in (
        "Elements without a ClaimReview, by type:",
        "  1 × NewsArticle",
        "  1 × image",
        "  1 × Wobbly",
        "2 reviews used, 1 not",
    ):
        assert line in told
    assert "feed.json:2: claimReviewed: The review does not say" in "\n".join(told)
    assert Evidence.objects.count() == 2


def test_a_file_without_a_review_is_refused(enter):
    with pytest.raises(CommandError, match="there is no ClaimReview to use"):
        enter({"@type": "Claim"})


def test_a_file_that_is_no_json_is_refused_by_its_element(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text("<html>")
    errors = StringIO()

    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_reviews", str(path), stderr=errors)

    assert errors.getvalue().startswith(f"{path}:1: This is no JSON")


def test_options_that_cannot_be_are_refused(enter, subtests: pytest.Subtests):
    for options in ({"actor": ""}, {"speaker": "x" * 201}, {"base": "checks.example"}):
        with (
            subtests.test(**options),
            pytest.raises(CommandError, match=f"--{next(iter(options))}"),
        ):
            enter(review(), **options)
    assert not Claim.objects.exists()
