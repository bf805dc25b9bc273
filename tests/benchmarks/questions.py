"""What is asked: each question as the addresses that put it to each contender.

A question has several addresses where one alone would show the cache and not the work.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from random import Random
from urllib.parse import quote, urlencode

from django.db.models import Count, Min

from claims.api.pagination import Cursor
from claims.models import Claim, Speaker

from .answers import PAGE
from .contenders import BARE, PLAIN_DRF, PRODUCT

SEVERAL = 20  # addresses of a list, 25 times as many of a claim

Addresses = dict[str, list[str]]


def questions(*, seed: int) -> dict[str, Addresses]:
    """Every question over the claims of the database, by name."""
    published = Claim.objects.published()
    speakers = (
        Speaker.objects.annotate(number=Count("claims"))
        .filter(number__gte=PAGE)
        .order_by("-number", "slug")
        .values_list("slug", flat=True)[:SEVERAL]
    )
    statuses = (
        published.values("status")
        .annotate(number=Count("pk"))
        .filter(number__gte=PAGE)
        .order_by("status")
        .values_list("status", flat=True)
    )
    uids = list(published.order_by("pk").values_list("uid", flat=True))
    chosen = Random(seed).sample(uids, 25 * SEVERAL)  # noqa: S311 (reproducible)
    return {
        "list": _everywhere([""]),
        "list by speaker": _everywhere(f"?speaker={slug}" for slug in speakers),
        "list by status": _everywhere(f"?status={status}" for status in statuses),
        "list due in 2020": _everywhere(["?due_overlaps=2020"]),
        "list, deep page": _deep_pages(),
        "detail": _everywhere(f"{uid}/" for uid in chosen),
        "timeline": _everywhere(f"{uid}/timeline/" for uid in chosen),
    }


def _everywhere(ends: Iterable[str]) -> Addresses:
    ends = list(ends)
    return {
        PRODUCT: [f"/api/v1/claims/{end}" for end in ends],
        PLAIN_DRF: [f"/claims/{end}" for end in ends],
        BARE: [f"/claims/{end}" for end in ends],
    }


def _deep_pages() -> Addresses:
    """Pages that begin where a day ends, half-way down the list and further.

    DRF's cursors know only the day, so there all three can begin behind the same claim.
    """
    days = list(
        Claim.objects.published()
        .values("said_on_first")
        .annotate(last=Min("pk"))
        .order_by("-said_on_first")
        .values_list("said_on_first", "last")
    )
    middle = len(days) // 2
    places = days[middle : middle + SEVERAL]
    return {
        PRODUCT: [
            f"/api/v1/claims/?cursor={Cursor('-said_on', day.isoformat(), pk)}"
            for day, pk in places
        ],
        PLAIN_DRF: [
            f"/claims/?cursor={quote(b64encode(urlencode({'p': day}).encode()))}"
            for day, _pk in places
        ],
        BARE: [f"/claims/?behind={day},{pk}" for day, pk in places],
    }
