"""Whatever stands in a review, reading it ends in rows that an import takes, or in a fault."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.exchange.columns import TABLES

from .feed import read, review, rows

NAMES = st.sampled_from(
    [
        *("@id", "@type", "@value", "@list", "name", "url", "text", "author", "publisher"),
        *("datePublished", "alternateName", "ratingValue", "bestRating", "worstRating"),
        *("firstAppearance", "appearance", "sameAs", "inLanguage", "isBasedOn"),
    ]
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    [
        *(
            "ClaimReview",
            "Claim",
            "Quotation",
            "https://a.example/1",
            "/1",
            "//",
            "http://[",
            "a:b",
        ),
        *("2020", "2020-13", "Fri, 99 Oct 2020", "1", "-5", "&#0;", "&#xD800;", "x" * 3_000),
    ]
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(NAMES, values, max_size=4),
    max_leaves=12,
)
PROPERTIES = st.dictionaries(
    st.sampled_from([*review(), "@id", "headline", "publisher", "mainEntityOfPage", "inLanguage"]),
    ANYTHING,
    max_size=4,
)


class AnyReviewTest(TestCase):
    @given(PROPERTIES, ANYTHING)
    @settings(max_examples=150, deadline=None)
    def test_it_makes_rows_or_faults(self, properties: dict[str, Any], around: Any) -> None:
        whole = review(**properties | {"@type": "ClaimReview"})
        with read([whole, {"item": around}]) as reviews:
            assert reviews.reviews + reviews.faults.count >= 1
            for table, made in rows(reviews).items():
                model = TABLES[table].model
                for each in made:
                    for name, cell in filter(all, each.items()):
                        column = TABLES[table].by_name[name]
                        value = column.parse(cell)
                        if not column.names and name not in ("id", "aliases"):
                            model._meta.get_field(name).clean(value, None)
