"""The part of schema.org that a claim is told in: types, properties, and what may stand in each.

Written from https://schema.org/version/29.0 by hand, so that no test asks the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# A type, and the one that it is a kind of.
TYPES = {
    "Thing": None,
    "Intangible": "Thing",
    "Rating": "Intangible",
    "Person": "Thing",
    "Organization": "Thing",
    "CreativeWork": "Thing",
    "Claim": "CreativeWork",
    "Quotation": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "Review": "CreativeWork",
    "ClaimReview": "Review",
}

# A property, the type whose instances have it, and the types of what may stand in it.
PROPERTIES = {
    "name": ("Thing", {"Text"}),
    "alternateName": ("Thing", {"Text"}),
    "url": ("Thing", {"URL"}),
    "sameAs": ("Thing", {"URL"}),
    "about": ("CreativeWork", {"Thing"}),
    "archivedAt": ("CreativeWork", {"URL"}),
    "author": ("CreativeWork", {"Person", "Organization"}),
    "citation": ("CreativeWork", {"CreativeWork", "Text"}),
    "correction": ("CreativeWork", {"CorrectionComment", "Text", "URL"}),
    "creativeWorkStatus": ("CreativeWork", {"Text"}),
    "dateModified": ("CreativeWork", {"Date", "DateTime"}),
    "datePublished": ("CreativeWork", {"Date", "DateTime"}),
    "headline": ("CreativeWork", {"Text"}),
    "inLanguage": ("CreativeWork", {"Text"}),
    "isBasedOn": ("CreativeWork", {"CreativeWork", "URL"}),
    "publisher": ("CreativeWork", {"Person", "Organization"}),
    "sourceOrganization": ("CreativeWork", {"Organization"}),
    "temporalCoverage": ("CreativeWork", {"Text", "DateTime", "URL"}),
    "text": ("CreativeWork", {"Text"}),
    "appearance": ("Claim", {"CreativeWork"}),
    "firstAppearance": ("Claim", {"CreativeWork"}),
    "itemReviewed": ("Review", {"Thing"}),
    "reviewBody": ("Review", {"Text"}),
    "reviewRating": ("Review", {"Rating"}),
    "claimReviewed": ("ClaimReview", {"Text"}),
    "bestRating": ("Rating", {"Number", "Text"}),
    "ratingValue": ("Rating", {"Number", "Text"}),
    "worstRating": ("Rating", {"Number", "Text"}),
    "jobTitle": ("Person", {"Text"}),
}

# What Google's fact check documentation requires.
REQUIRED = {"ClaimReview": {"claimReviewed", "reviewRating", "url"}, "Rating": {"alternateName"}}

DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
DATE_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def faults_in(thing: dict[str, Any]) -> list[str]:
    """Where a JSON-LD document says what schema.org has no words for."""
    if thing.get("@context") != "https://schema.org":
        return ["@context"]
    return list(_faults({name: each for name, each in thing.items() if name != "@context"}, ""))


def is_a(kind: str | None, other: str) -> bool:
    while kind and kind != other:
        kind = TYPES[kind]
    return kind == other


def _faults(thing: dict[str, Any], place: str) -> Iterator[str]:
    kind = thing.get("@type")
    place = f"{place}/{kind}"
    if kind not in TYPES:
        yield f"{place}: there is no such type"
        return
    if missing := REQUIRED.get(kind, set()) - thing.keys():
        yield f"{place}: {missing} is missing"
    for name, value in thing.items():
        if name in ("@type", "@id"):
            continue
        if name not in PROPERTIES or not is_a(kind, PROPERTIES[name][0]):
            yield f"{place}: has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if not any(_fits(each, expected) for expected in PROPERTIES[name][1]):
                yield f"{place}.{name}: {each!r}"
            if isinstance(each, dict):
                yield from _faults(each, f"{place}.{name}")


def _fits(value: Any, expected: str) -> bool:
    if isinstance(value, dict):
        return expected in TYPES and is_a(value.get("@type"), expected)
    if expected == "Number":
        return type(value) is int
    if not isinstance(value, str) or not value:
        return False
    if expected == "URL":
        return value.startswith(("http://", "https://"))
    if expected == "Date":
        return bool(DATE.fullmatch(value))
    if expected == "DateTime":
        return bool(DATE_TIME.fullmatch(value))
    return expected == "Text"
