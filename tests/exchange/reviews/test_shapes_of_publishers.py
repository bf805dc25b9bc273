"""Invented reviews, in the shapes and languages in which publishers really have theirs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .feed import read, rows

pytestmark = pytest.mark.django_db

# A feed of Google's Fact Check Markup Tool, with one element that lost its item.
FEED = {
    "@context": "http://schema.org",
    "@type": "DataFeed",
    "dataFeedElement": [
        {
            "@type": "DataFeedItem",
            "dateCreated": "2020-03-04T05:06:07Z",
            "item": [
                {
                    "@context": "http://schema.org",
                    "@type": "ClaimReview",
                    "author": {
                        "@type": "Organization",
                        "name": "مدققون",
                        "url": "https://mudaqqiq.example/",
                    },
                    "claimReviewed": "الماء الساخن يشفي من المرض",
                    "datePublished": "2020-03-04",
                    "itemReviewed": {
                        "@type": "Claim",
                        "appearance": [{"@type": "CreativeWork", "url": "https://s.example/p"}],
                        "author": {"@type": "Person", "name": "صفحات على فيسبوك"},
                        "datePublished": "2020-03-01",
                    },
                    "reviewRating": {"@type": "Rating", "alternateName": "زائف"},
                    "sdPublisher": {"@type": "Organization", "name": "A tool"},
                    "url": "https://mudaqqiq.example/2020/water",
                }
            ],
            "url": "https://mudaqqiq.example/2020/water",
        },
        {"@type": "DataFeedItem", "dateCreated": "2020-03-04T05:06:07Z", "item": None},
    ],
}

# What a plugin writes into a page: one graph, whose parts name each other.
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Organization",
            "@id": "https://verifica.example/#organization",
            "name": "Verifica&amp;Cía.",
        },
        {
            "@type": ["NewsArticle", "ClaimReview"],
            "@id": "https://verifica.example/bulo/#article",
            "mainEntityOfPage": {"@id": "https://verifica.example/bulo/"},
            "headline": "No, no es cierto",
            "inLanguage": "es-ES",
            "author": [{"@id": "https://verifica.example/#organization"}],
            "datePublished": "2021-05-06T07:08:09+02:00",
            "claimReviewed": "«El agua es gratis», dice",
            "itemReviewed": {
                "@type": "Claim",
                "author": {"@type": "PoliticalParty", "name": "Partido del Río"},
                "firstAppearance": "https://rio.example/discurso",
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": "1",
                "bestRating": "5",
                "worstRating": "1",
                "alternateName": "Bulo",
            },
        },
    ],
}

# Before there were Claims: the item is what it stood in, and numbers are the rating.
OLD = {
    "@context": "http://schema.org/",
    "@type": "ClaimReview",
    "datePublished": "2016-06-22",
    "url": "http://pruefer.example/erde",
    "author": {"@type": "Organization", "url": "http://pruefer.example", "name": "Prüfer"},
    "claimReviewed": "Die Erde ist eine Scheibe.",
    "itemReviewed": {
        "@type": "CreativeWork",
        "author": {"@type": "Person", "name": "Max Müller", "jobTitle": "Bürgermeister"},
        "datePublished": "2016-06-20",
        "name": "Rede",
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
}

# JSON-LD expanded by a processor: every name in full, every value a list.
EXPANDED = [
    {
        "@type": ["http://schema.org/ClaimReview"],
        "http://schema.org/url": [{"@id": "https://proverka.example/1"}],
        "http://schema.org/claimReviewed": [{"@value": "Мост открыт", "@language": "ru"}],
        "http://schema.org/datePublished": [{"@value": "2019-12", "@type": "xsd:date"}],
        "http://schema.org/author": [{"http://schema.org/name": [{"@value": "Проверка"}]}],
        "http://schema.org/itemReviewed": [
            {"http://schema.org/author": [{"http://schema.org/name": [{"@value": "Мэр"}]}]}
        ],
        "http://schema.org/reviewRating": [
            {"http://schema.org/alternateName": [{"@value": "Отчасти правда"}]}
        ],
    }
]


def told(content: Any) -> list[tuple[str, ...]]:
    """Speaker, day, publisher, address, rating and stance of each review."""
    with read(content) as reviews:
        assert reviews.faults.told == []
        made = rows(reviews)
    speakers = {each["slug"]: each for each in made["speakers"]}
    sources = {each["slug"]: each for each in made["sources"]}
    claims = {each["id"]: each for each in made["claims"]}
    return [
        (
            speakers[claims[each["claim"]]["speaker"]]["name"],
            claims[each["claim"]]["said_on"],
            sources[each["source"]]["publisher"],
            sources[each["source"]]["url"],
            each["original_rating"],
            each["stance"],
        )
        for each in made["evidence"]
    ]


WATER = (
    "صفحات على فيسبوك",
    "2020-03-01",
    "مدققون",
    "https://mudaqqiq.example/2020/water",
    "زائف",
    "contradicts",
)
BULO = (
    "Partido del Río",
    "2021-05?",
    "Verifica&Cía.",
    "https://verifica.example/bulo/",
    "Bulo",
    "contradicts",
)
EARTH = ("Max Müller", "2016-06-20", "Prüfer", "http://pruefer.example/erde", "4", "supports")
BRIDGE = (
    "Мэр",
    "2019-12?",
    "Проверка",
    "https://proverka.example/1",
    "Отчасти правда",
    "context",
)


def test_each_is_read(subtests: pytest.Subtests):
    for shape, expected in ((FEED, WATER), (GRAPH, BULO), (OLD, EARTH), (EXPANDED, BRIDGE)):
        with subtests.test(expected[0]):
            assert told(shape) == [expected]


def test_they_may_stand_in_one_file_a_line_each():
    lines = "\n".join(json.dumps(each) for each in (FEED, GRAPH, OLD, EXPANDED[0]))

    assert told(lines.encode()) == [WATER, BULO, EARTH, BRIDGE]
