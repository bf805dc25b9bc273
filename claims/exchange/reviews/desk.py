"""Which of the things that reviews speak of the desk has already. What it has is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claims.curation.claims import EDITABLE_STATES
from claims.models import Appearance, Claim, Evidence, Source, Speaker


@dataclass(frozen=True)
class Staged:
    """A row that was read: what it goes by in the file, and what it is to be called here."""

    number: int
    line: int
    key: str
    slug: str  # or uid
    cells: Mapping[str, str]


Known = dict[int, str]  # by a row's number: what it is called on the desk


def _speakers(rows: Sequence[Staged]) -> Known:
    """By slug, or by a name that is one speaker's alone."""
    slugs = set(_slugs(Speaker, rows))
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    named = Speaker.objects.filter(name__in=[row.cells["name"] for row in rows])
    for name, slug in named.values_list("name", "slug"):
        by_name[name].append(slug)
    known = {}
    for row in rows:
        namesakes = by_name[row.cells["name"]]
        if row.slug in slugs:
            known[row.number] = row.slug
        elif len(namesakes) == 1:
            known[row.number] = namesakes[0]
    return known


def _sources(rows: Sequence[Staged]) -> Known:
    """By slug, whatever its address is by now, or by address."""
    there = Source.objects.filter(url__in=[row.key for row in rows])
    by_url = dict(there.values_list("url", "slug"))
    slugs = set(_slugs(Source, rows))
    return {
        row.number: row.slug if row.slug in slugs else by_url[row.key]
        for row in rows
        if row.slug in slugs or row.key in by_url
    }


def _slugs(model: type[Speaker] | type[Source], rows: Sequence[Staged]) -> Sequence[str]:
    there = model._default_manager.filter(slug__in=[row.slug for row in rows])
    return list(there.values_list("slug", flat=True))


def _claims(rows: Sequence[Staged]) -> Known:
    return _by_uid(Claim, rows)


def _appearances(rows: Sequence[Staged]) -> Known:
    return _by_uid(Appearance, rows) | _of_closed_claims(rows)


def _evidence(rows: Sequence[Staged]) -> Known:
    return _by_uid(Evidence, rows) | _of_closed_claims(rows)


def _by_uid(
    model: type[Claim] | type[Appearance] | type[Evidence], rows: Sequence[Staged]
) -> Known:
    there = model._default_manager.filter(uid__in=[row.slug for row in rows])
    uids = set(map(str, there.values_list("uid", flat=True)))
    return {row.number: row.slug for row in rows if row.slug in uids}


def _of_closed_claims(rows: Sequence[Staged]) -> Known:
    """Retracted, merged or set aside: nothing more is added to them."""
    closed = Claim.objects.filter(uid__in={row.cells["claim"] for row in rows}).exclude(
        editorial_state__in=EDITABLE_STATES
    )
    uids = set(map(str, closed.values_list("uid", flat=True)))
    return {row.number: row.slug for row in rows if row.cells["claim"] in uids}


def other_ratings(rows: Sequence[Staged]) -> dict[int, str]:
    """By number: the rating that the desk has of reviews that give another one now."""
    there = Evidence.objects.filter(uid__in=[row.slug for row in rows])
    ratings = {str(uid): rating for uid, rating in there.values_list("uid", "original_rating")}
    return {
        row.number: ratings[row.slug]
        for row in rows
        if ratings.get(row.slug, row.cells["original_rating"]) != row.cells["original_rating"]
    }


# By table, in the order in which they name each other.
KNOWN: dict[str, Callable[[Sequence[Staged]], Known]] = {
    "speakers": _speakers,
    "sources": _sources,
    "claims": _claims,
    "appearances": _appearances,
    "evidence": _evidence,
}
