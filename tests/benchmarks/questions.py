"""What is asked: each question as the addresses that put it to each contender that can answer it.

A question has several addresses where one alone would show the cache and not the work.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from random import Random
from urllib.parse import quote, urlencode

from django.db.models import Count, Min

from claims.api.pagination import Cursor
from claims.models import Change, Claim, Speaker, Topic

from .answers import PAGE
from .contenders import BARE, PLAIN_DRF, PRODUCT
from .load import UNCHANGED
from .vocabulary import EVERYWHERE, RARE, UNITS, WORDS

SEVERAL = 20  # addresses of a list, 25 times as many of a claim
DEEP = 0.9  # of the list is before a deep page

API = "/api/v1/"

Addresses = dict[str, list[str]]  # by contender


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
    topics = Topic.objects.order_by("slug").values_list("slug", flat=True)[:SEVERAL]
    uids = list(published.order_by("pk").values_list("uid", flat=True))
    chosen = Random(seed).sample(uids, 25 * SEVERAL)  # noqa: S311 (reproducible)
    lists = {
        "list": _everywhere([""]),
        "list by speaker": _everywhere(f"?speaker={slug}" for slug in speakers),
        "list by status": _everywhere(f"?status={status}" for status in statuses),
        "list by topic": _everywhere(f"?topic={slug}" for slug in topics),
        "list due in 2020": _everywhere(["?due_overlaps=2020"]),
        "list by figure": _everywhere(
            f"?{urlencode({'unit': unit, 'quantity_min': 3000})}" for unit in UNITS
        ),
        "list, first pages": _pages(0),
        "list, deep pages": _pages(DEEP),
    }
    one = {
        "detail": _everywhere(f"{uid}/" for uid in chosen),
        "timeline": _everywhere(f"{uid}/timeline/" for uid in chosen),
    }
    searches = {
        "search, every claim": _ours(f"claims/?search={word}" for word in EVERYWHERE),
        **{
            f"search, {share:.1%} of claims": _ours(f"claims/?search={word}" for word in words)
            for share, words in WORDS.items()
        },
        "search, a handful": _ours([f"claims/?search={RARE}"]),
    }
    return {
        **lists,
        f"list by speaker{UNCHANGED}": _only_ours(lists["list by speaker"]),
        **one,
        f"detail{UNCHANGED}": _only_ours(one["detail"]),
        "stats by status": _ours(["stats/?group_by=status"]),
        **searches,
        "feed": _ours(f"changes/?after={cursor}" for cursor in _places_in_the_feed()),
    }


def _everywhere(ends: Iterable[str]) -> Addresses:
    ends = list(ends)
    return {
        PRODUCT: [f"{API}claims/{end}" for end in ends],
        PLAIN_DRF: [f"/claims/{end}" for end in ends],
        BARE: [f"/claims/{end}" for end in ends],
    }


def _ours(ends: Iterable[str]) -> Addresses:
    return {PRODUCT: [f"{API}{end}" for end in ends]}


def _only_ours(addresses: Addresses) -> Addresses:
    return {PRODUCT: addresses[PRODUCT]}


def _pages(share: float) -> Addresses:
    """Pages that begin where a day ends, behind about so much of the list.

    DRF's cursors know only the day, so there all three can begin behind the same claim.
    """
    days = list(
        Claim.objects.published()
        .values("said_on_first")
        .annotate(last=Min("pk"))
        .order_by("-said_on_first")
        .values_list("said_on_first", "last")
    )
    first = int(len(days) * share)
    places = days[first : first + SEVERAL]
    return {
        PRODUCT: [
            f"{API}claims/?cursor={Cursor('-said_on', day.isoformat(), pk)}" for day, pk in places
        ],
        PLAIN_DRF: [
            f"/claims/?cursor={quote(b64encode(urlencode({'p': day}).encode()))}"
            for day, _pk in places
        ],
        BARE: [f"/claims/?behind={day},{pk}" for day, pk in places],
    }


def _places_in_the_feed() -> Sequence[str]:
    head = Change.objects.order_by("-number")[0].number
    numbers = [1 + (head - PAGE) * step // SEVERAL for step in range(SEVERAL)]
    return [each.cursor for each in Change.objects.filter(number__in=numbers).order_by("number")]
