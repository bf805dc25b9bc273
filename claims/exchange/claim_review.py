"""A claim as JSON-LD in the words of schema.org: a ClaimReview of a Claim, or the Claim alone.

A claim on which an outcome stands is a ClaimReview, with the properties that Google's fact check
documentation asks for (claimReviewed, reviewRating, url, and itemReviewed with its author, date and
appearances); one that is open is a plain Claim, since nobody reviewed it yet. What was decided:

- reviewRating: alternateName is always our own word (“Kept late”); ratingValue stands only where
  `vocabularies` has a number from 1 to 5. There is none for late, void and unverifiable: any would
  be an invention of ours, and be read as a degree of truth.
- Dates are ISO 8601 (8601-1, reduced precision too: `2020`, `2020-10`). A quarter, an interval or a
  date marked ~ or ? is left out, for no day or month is invented; the period that the claim speaks
  of goes into temporalCoverage as we write it, which takes text.
- A verdict that is stale, its claim having been edited since, says so in creativeWorkStatus.
- What a correction corrected is told in `correction`; dateModified is when the verdict that stands
  was recorded, datePublished when the first one was.
- The verbatim quote is a Quotation that the claim isBasedOn; citation has the sources of the
  evidence that the verdict rests on.
- No sdLicense: there is no licence of the data to name. No inLanguage of our own words, which is
  not recorded; only of quotes and sources.
- A redacted text is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from claims.choices import AssessmentCause, SpeakerKind, status_label
from claims.documents import Names, as_json, standing_verdict

from .vocabularies import Vocabulary, mapped

Thing = dict[str, Any]

_ISO_8601 = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def claim_review(record: Mapping[str, Any], names: Names, *, site_url: str) -> str:
    """The JSON-LD of a published claim's record, safe to stand within an HTML script element.

    `site_url` begins its addresses, and is the desk's own. Makes no query.
    """
    address = f"{site_url}/api/v1/claims/{record['uid']}/"
    thing = _claim(record, names, address)
    if record["outcome"]:
        thing = _review(record, names, address, site_url, thing)
    text = as_json({"@context": "https://schema.org"} | _filled(thing))
    # In a script element “</script>” and “<!--” would be HTML's; to JSON the escape is the same.
    return text.replace("<", "\\u003c")


def _review(
    record: Mapping[str, Any], names: Names, address: str, site_url: str, claim: Thing
) -> Thing:
    verdict = standing_verdict(record) or {}
    judged = [each for each in record["assessments"] if each["outcome"]]
    desk = {"@type": "Organization", "name": settings.DESK_NAME, "url": f"{site_url}/"}
    return {
        "@type": "ClaimReview",
        "@id": f"{address}#review",
        "url": address,
        "claimReviewed": record["statement"],
        "itemReviewed": claim,
        "reviewRating": _rating(record),
        "headline": verdict["headline"],
        "reviewBody": verdict["rationale"],
        "author": desk,
        "publisher": desk,
        "datePublished": judged[0]["recorded_at"],
        "dateModified": verdict["recorded_at"],
        "creativeWorkStatus": verdict["stale"]
        and _("Stale: the claim's words were edited since this verdict judged them."),
        "correction": list(_corrections(record)),
        "citation": _cited(record, verdict["evidence"], names),
    }


def _rating(record: Mapping[str, Any]) -> Thing:
    word = mapped(Vocabulary.CLAIM_REVIEW, record["kind"], record["outcome"], "")
    scale = {"ratingValue": word.rating, "bestRating": 5, "worstRating": 1}
    return {
        "@type": "Rating",
        "alternateName": str(word.status),
        **(scale if word.rating is not None else {}),
    }


def _corrections(record: Mapping[str, Any]) -> Iterator[Thing]:
    by_uid = {each["uid"]: each for each in record["assessments"]}
    for each in record["assessments"]:
        if each["cause"] == AssessmentCause.CORRECTION and each["corrects"] in by_uid:
            wrong = by_uid[each["corrects"]]
            said = _("We said “%(before)s”, which was wrong, and now say “%(now)s”.") % {
                "before": _word(record, wrong),
                "now": _word(record, each),
            }
            yield {
                "@type": "CorrectionComment",
                "text": f"{said} {each['rationale'] or ''}".rstrip(),
                "datePublished": each["recorded_at"],
            }


def _word(record: Mapping[str, Any], assessment: Mapping[str, Any]) -> str:
    return status_label(record["kind"], assessment["outcome"] or assessment["progress"])


def _cited(record: Mapping[str, Any], evidence: Sequence[str], names: Names) -> list[Thing]:
    sources = {each["uid"]: each["source"] for each in record["evidence"]}
    slugs = dict.fromkeys(sources[uid] for uid in evidence if sources[uid])
    return [_work(names.sources[slug]) for slug in slugs]


def _claim(record: Mapping[str, Any], names: Names, address: str) -> Thing:
    first = _work(names.sources[record["source"]])
    again = dict.fromkeys(each["source"] for each in record["appearances"])
    return {
        "@type": "Claim",
        "@id": f"{address}#claim",
        "url": address,
        "text": record["statement"],
        "author": _speaker(names.speakers[record["speaker"]], record["speaker_role"]),
        "sourceOrganization": _behind(record, names),
        "datePublished": _iso(record["said_on"]),
        "firstAppearance": first,
        "appearance": [_work(names.sources[slug]) for slug in again],
        "isBasedOn": record["quote"]
        and {
            "@type": "Quotation",
            "text": record["quote"],
            "inLanguage": record["quote_language"],
        },
        "temporalCoverage": record["due"] or record["refers_to"],
        "about": [
            {"@type": "Thing", "name": names.topics[slug]["name"]} for slug in record["topics"]
        ],
    }


def _speaker(speaker: Mapping[str, Any], role: str) -> Thing:
    """`role` is theirs as of when they spoke."""
    person = speaker["kind"] == SpeakerKind.PERSON
    wikidata = speaker["wikidata_id"]
    return {
        "@type": "Person" if person else "Organization",
        "name": speaker["name"],
        "alternateName": speaker["aliases"],
        "jobTitle": person and role,
        "sameAs": wikidata and f"https://www.wikidata.org/wiki/{wikidata}",
    }


def _behind(record: Mapping[str, Any], names: Names) -> Thing | None:
    """Whom it was said for, where schema.org has a word for it: an organisation."""
    behind = names.speakers.get(record["on_behalf_of"] or "")
    if behind is None or behind["kind"] != SpeakerKind.ORGANISATION:
        return None
    return _speaker(behind, "")


def _work(source: Mapping[str, Any]) -> Thing:
    return {
        "@type": "CreativeWork",
        "name": source["title"],
        "url": source["url"],
        "archivedAt": source["archive_url"],
        "publisher": source["publisher"] and {"@type": "Organization", "name": source["publisher"]},
        "datePublished": _iso(source["published_on"]),
        "inLanguage": source["language"],
    }


def _iso(text: str | None) -> str | None:
    """A fuzzy date that ISO 8601 has too: a day, a month or a year; None: it is another."""
    return text if text and _ISO_8601.fullmatch(text) else None


def _filled(value: Any) -> Any:
    """Without what there is nothing to say of."""
    if isinstance(value, dict):
        return {
            name: filled
            for name, each in value.items()
            if (filled := _filled(each)) not in (None, "", False, [], {})
        }
    if isinstance(value, list):
        return [_filled(each) for each in value]
    return value
