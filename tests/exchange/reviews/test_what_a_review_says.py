"""One review, in any of the ways that publishers write it."""

from __future__ import annotations

from typing import Any

import pytest

from claims.exchange.columns import TABLES

from .feed import ADDRESS, fault, read, review, row, rows, said

pytestmark = pytest.mark.django_db


def test_it_makes_a_claim_and_evidence_of_what_another_desk_found():
    with read(review()) as reviews:
        made = rows(reviews)

    (claim,), (evidence,), (speaker,) = made["claims"], made["evidence"], made["speakers"]
    (page,) = made["sources"]
    assert speaker["name"] == "Ada B."
    assert claim["statement"] == "The road is open."
    assert claim["kind"] == "assertion"
    assert claim["attribution"] == "reported"
    assert (claim["speaker"], claim["said_on"]) == (speaker["slug"], "2020-10-16")
    assert (page["url"], page["publisher"]) == (ADDRESS, "The Checkers")
    assert (page["title"], page["published_on"]) == (ADDRESS, "2020-10-20")
    assert (evidence["claim"], evidence["source"]) == (claim["id"], page["slug"])
    assert (evidence["kind"], evidence["stance"]) == ("fact_check", "contradicts")
    assert evidence["original_rating"] == "False"
    assert evidence["summary"] == "The Checkers rated it: False"


def test_every_cell_is_one_that_an_import_reads():
    with read(said(datePublished="2020-10", firstAppearance="https://a.example/1")) as reviews:
        for table, made in rows(reviews).items():
            for each in made:
                for name, cell in filter(all, each.items()):
                    TABLES[table].by_name[name].parse(cell)


WRITTEN = [
    ("@type", ["Article", "schema:ClaimReview"], "evidence", "original_rating", "False"),
    ("@type", "http://schema.org/ClaimReview", "evidence", "original_rating", "False"),
    ("claimReviewed", {"@value": "Да.", "@language": "ru"}, "claims", "statement", "Да."),
    ("claimReviewed", ["Oui."], "claims", "statement", "Oui."),
    (
        "claimReviewed",
        "<b>A</b> &amp;quot;B&amp;quot; &lt; C",
        "claims",
        "statement",
        'A "B" < C',
    ),
    ("claimReviewed", " a\x00b\x1f\tc\r\nd ", "claims", "statement", "a b c\nd"),
    ("claimReviewed", "=1+1", "claims", "statement", "=1+1"),
    ("author", "Les Vérificateurs", "sources", "publisher", "Les Vérificateurs"),
    ("author", [{"name": ""}, {"name": "Zwei"}], "sources", "publisher", "Zwei"),
    ("author", None, "sources", "publisher", "checks.example"),
    ("headline", "Is it open?", "sources", "title", "Is it open?"),
    ("inLanguage", "pt_BR", "sources", "language", "pt-BR"),
    ("inLanguage", {"@type": "Language", "alternateName": "es"}, "sources", "language", "es"),
    ("inLanguage", "English", "sources", "language", ""),
    ("datePublished", "2020-10-20T23:59:59+02:00", "sources", "published_on", "2020-10-20"),
    ("datePublished", "20201020", "sources", "published_on", "2020-10-20"),
    ("datePublished", "2020/10/20", "sources", "published_on", "2020-10-20"),
    ("datePublished", "2020-10", "sources", "published_on", "2020-10"),
    ("datePublished", "Tue, 20 Oct 2020 10:00:00 GMT", "sources", "published_on", "2020-10-20"),
    ("datePublished", "20/10/2020", "sources", "published_on", ""),
    ("datePublished", "2020-02-30", "sources", "published_on", ""),
    ("datePublished", "0001-01-01T00:00:00Z", "sources", "published_on", ""),
    ("datePublished", "9999-01-01", "sources", "published_on", ""),
    ("reviewRating", "Faux", "evidence", "original_rating", "Faux"),
    ("reviewRating", None, "evidence", "original_rating", ""),
    ("reviewRating", {"ratingValue": "Falsch"}, "evidence", "original_rating", "Falsch"),
    ("reviewRating", {"ratingValue": 2}, "evidence", "original_rating", "2"),
    ("reviewRating", {"ratingValue": "-1"}, "evidence", "original_rating", "-1"),
    ("reviewRating", [{"name": "Bulo"}], "evidence", "original_rating", "Bulo"),
]


def test_a_property_is_read_however_it_is_written(subtests: pytest.Subtests):
    for name, value, table, column, cell in WRITTEN:
        with subtests.test(name=name, value=value):
            assert row(table, review(**{name: value}))[column] == cell


def test_numbers_of_a_rating_are_kept_in_the_summary():
    rating = {"alternateName": "Faux", "ratingValue": 1, "worstRating": "1", "bestRating": 5}

    summary = row("evidence", review(reviewRating=rating, reviewBody="No."))["summary"]

    assert summary == (
        "The Checkers rated it: Faux\nRating 1 on a scale from 1 (worst) to 5 (best).\nNo."
    )


def test_a_long_rating_is_cut_in_its_column_and_whole_in_the_summary():
    words = "Not so. " * 50

    with read(review(reviewRating={"alternateName": words})) as reviews:
        (evidence,) = rows(reviews)["evidence"]

    assert len(evidence["original_rating"]) == 200
    assert evidence["original_rating"].endswith("…")
    assert words.strip() in evidence["summary"]
    assert reviews.cut == 1


def test_the_speaker_is_whoever_made_the_claim():
    author = {
        "@type": ["Thing", "NewsMediaOrganization"],
        "name": "The Paper",
        "alternateName": ["TP"],
        "jobTitle": "a paper",
        "sameAs": "http://www.wikidata.org/entity/Q42",
    }
    with read(said(author=author, datePublished="2020")) as reviews:
        made = rows(reviews)

    assert made["speakers"] == [
        {
            "slug": "the-paper",
            "name": "The Paper",
            "kind": "organisation",
            "aliases": '["TP"]',
            "wikidata_id": "Q42",
        }
    ]
    assert made["claims"][0]["speaker_role"] == "a paper"


def test_names_that_are_more_than_their_slug_have_slugs_of_their_own():
    names = ["Ada", "ADA ", "Ada.", "Áda", "Ада", "Ada!", "艾达"]
    with read([said(author=name, datePublished="2020") for name in names]) as reviews:
        slugs = [each["slug"] for each in rows(reviews)["speakers"]]

    assert slugs[0] == "ada"
    assert len(slugs) == len(set(slugs)) == 5  # the first three are one


def test_where_it_was_said_first_is_its_source_and_dated_others_are_appearances():
    work = {
        "@type": "CreativeWork",
        "url": "/post/1",
        "headline": "Post",
        "datePublished": "2020-10",
    }
    again = {"url": "https://social.example/2", "datePublished": "2020-11-02"}
    undated = "https://social.example/3"
    with read(said(firstAppearance=work, appearance=[again, undated])) as reviews:
        made = rows(reviews)

    sources = {each["slug"]: each for each in made["sources"]}
    (claim,), (appearance,) = made["claims"], made["appearances"]
    assert sources[claim["source"]]["url"] == "https://checks.example/post/1"
    assert sources[claim["source"]]["title"] == "Post"
    assert claim["said_on"] == "2020-10"
    assert sources[appearance["source"]]["url"] == "https://social.example/2"
    assert appearance["said_on"] == "2020-11-02"
    assert reviews.unused["itemReviewed.appearance (undated)"] == 1


def test_the_review_itself_is_not_where_it_was_said():
    assert row("claims", said(appearance=ADDRESS, datePublished="2020"))["source"] == ""


def test_before_there_were_claims_the_item_was_the_work_that_it_stood_in():
    item = {
        "@type": "CreativeWork",
        "author": {"@type": "Person", "name": "Ada B."},
        "datePublished": "2016-06-22",
        "url": "https://speech.example/1",
    }
    with read(review(itemReviewed=item)) as reviews:
        made = rows(reviews)

    assert [each["url"] for each in made["sources"]] == ["https://speech.example/1", ADDRESS]
    assert made["claims"][0]["source"] == made["sources"][0]["slug"]


def test_a_claim_that_nobody_dated_was_made_about_when_it_was_reviewed():
    with read(said()) as reviews:
        (claim,) = rows(reviews)["claims"]

    assert claim["said_on"] == "2020-10?"
    assert reviews.undated == 1


def test_objects_may_be_named_by_their_id():
    graph = [
        {"@type": "Organization", "@id": "https://checks.example/#us", "name": "Us"},
        {"@type": "WebPage", "@id": "#page", "name": "A page"},
        review(author={"@id": "https://checks.example/#us"}),
    ]

    assert row("sources", {"@context": "https://schema.org", "@graph": graph})["publisher"] == "Us"


@pytest.mark.parametrize(
    ("properties", "options", "url"),
    [
        ({"author": {"name": "A", "url": "https://a.example/x/"}}, {}, "https://a.example/road"),
        ({}, {"base": "https://b.example"}, "https://b.example/road"),
    ],
)
def test_a_relative_address_is_relative_to_its_desk_or_to_what_is_told(
    properties: dict[str, Any], options: dict[str, str], url: str
):
    assert row("sources", review(url="/road", **properties), **options)["url"] == url


UNUSABLE = [
    (review(claimReviewed=None), "feed.json:1: claimReviewed: The review does not say"),
    (review(claimReviewed="x" * 1001), "claimReviewed: It has 1001 characters; a statement"),
    (review(itemReviewed=None), "itemReviewed.author: The review does not name who made"),
    (said(author={"name": " … "}), "itemReviewed.author: The review does not name who made"),
    (review(url=None), "url: The review has no address, such as"),
    (review(url="/road"), "url: “/road” is no web address; for relative ones"),
    (review(url="javascript:alert(1)"), "url: “javascript:alert(1)” is no web address"),
    (said() | {"datePublished": "soon"}, "datePublished: Neither the claim nor the review"),
    ({"item": [{}, review(claimReviewed=7 * [""])]}, "feed.json:1: item[1].claimReviewed: "),
]


def test_what_cannot_be_used_is_told_with_its_place(subtests: pytest.Subtests):
    for content, told in UNUSABLE:
        with subtests.test(told):
            assert told in fault(content)


def test_a_speaker_can_be_told_for_reviews_that_name_none():
    assert row("speakers", review(itemReviewed=None), speaker="Unnamed")["name"] == "Unnamed"


def test_what_has_no_place_here_is_counted():
    with read([review(image="x", publisher={"logo": "y"}), review(image=["z"])]) as reviews:
        assert reviews.unused == {"image": 2, "publisher.logo": 1}
