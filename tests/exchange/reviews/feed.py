"""Reviews in the shapes in which publishers have them, and short ways to read them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from claims.exchange.reviews import StagedReviews

ADDRESS = "https://checks.example/2020/road"


def review(**properties: Any) -> dict[str, Any]:
    """A review that can be used; None takes a property away."""
    whole = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": ADDRESS,
        "author": {"@type": "Organization", "name": "The Checkers"},
        "datePublished": "2020-10-20",
        "claimReviewed": "The road is open.",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ada B."},
            "datePublished": "2020-10-16",
        },
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
    }
    return {name: value for name, value in (whole | properties).items() if value is not None}


def said(**properties: Any) -> dict[str, Any]:
    """A review of a claim with these properties, besides its author."""
    author = {"@type": "Person", "name": "Ada B."}
    return review(itemReviewed={"@type": "Claim", "author": author} | properties)


def read(content: Any, **options: str) -> StagedReviews:
    """What is read from a JSON value, or from the bytes of a file."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    reviews = StagedReviews(**options)
    reviews.read("feed.json", BytesIO(text))
    return reviews


def rows(reviews: StagedReviews) -> dict[str, list[dict[str, str]]]:
    """The cells of each row, by table."""
    return {sheet.table.name: [dict(row.cells) for row in sheet.rows] for sheet in reviews.sheets()}


def row(table: str, content: Any, **options: str) -> dict[str, str]:
    """The only row of a table."""
    with read(content, **options) as reviews:
        assert reviews.faults.told == []
        (only,) = rows(reviews)[table]
    return only


def fault(content: Any, **options: str) -> str:
    """What the only fault says, and where."""
    with read(content, **options) as reviews:
        (only,) = reviews.faults.told
    return str(only)
