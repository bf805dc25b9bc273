"""Links are in order: they do not lead round, and lead back to what was not said later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.choices import LinkType
from claims.models import Claim, Link

from .guard import attempt, refuse_faulty
from .link_rules import OF_EARLIER, said_out_of_order

# Links of one of these types never lead round; two claims may contradict each other.
ONE_WAY = frozenset(LinkType) - {LinkType.CONTRADICTS}
MAX_STEPS = 200  # links in a row that are looked along for a way round
MAX_PLACES = 20_000  # and claims in all

Place = tuple[str, int]  # a type of link, and the primary key of a claim that it leads to


def refuse_round(links: Sequence[Link]) -> None:
    """Refuse those of new `links` that would lead round, through each other too."""
    refuse_faulty(round_faults(links))


def round_faults(links: Sequence[Link]) -> list[ValidationError | None]:
    """The fault of each of new `links` that would lead round, through each other too."""
    onward = _onward(links)
    return [attempt(_check_round, each, onward) for each in links]


def _onward(links: Sequence[Link]) -> dict[Place, set[int]]:
    """Where links of each type lead on to from the targets of new `links`, level by level.

    With those that are new themselves. A claim that is missing was not looked at: the walk stops
    after `MAX_STEPS` levels, each of them one query, or at `MAX_PLACES` claims.
    """
    onward: dict[Place, set[int]] = {}
    fresh: defaultdict[Place, set[int]] = defaultdict(set)
    for each in links:
        fresh[each.type, each.claim_id].add(each.target_id)
    frontier = {(each.type, each.target_id) for each in links if each.type in ONE_WAY}
    for _step in range(MAX_STEPS):
        if not frontier or len(onward) + len(frontier) > MAX_PLACES:
            break
        onward |= {place: set(fresh[place]) for place in frontier}
        there = Link.objects.filter(
            type__in={each for each, _pk in frontier}, claim__in={pk for _each, pk in frontier}
        )
        for link_type, pk, target in there.values_list("type", "claim", "target"):
            if (link_type, pk) in frontier:
                onward[link_type, pk].add(target)
        frontier = {
            (link_type, target) for link_type, pk in frontier for target in onward[link_type, pk]
        } - onward.keys()
    return onward


def _check_round(link: Link, onward: Mapping[Place, set[int]]) -> None:
    """Refuse a link from whose target links of its type lead back to its claim."""
    seen: set[int] = set()
    ahead = [link.target_id] if link.type in ONE_WAY else []
    while ahead:
        pk = ahead.pop()
        if pk == link.claim_id:
            raise ValidationError(
                {
                    "target": _("That claim %(type)s this one, itself or through others.")
                    % {"type": link.get_type_display()}
                }
            )
        if pk in seen:
            continue
        if (link.type, pk) not in onward:
            raise ValidationError(
                {"target": _("Too many claims are linked on from that one to look at them all.")}
            )
        seen.add(pk)
        ahead += onward[link.type, pk]


def refuse_out_of_order(claims: Sequence[Claim | None]) -> None:
    """Refuse a new `said_on` that turns the order in time of a link round that is there already.

    `claims` holds one for each write of the batch, as it would be; None where `said_on` stays.
    """
    refuse_faulty(order_faults(claims))


def order_faults(claims: Sequence[Claim | None]) -> list[ValidationError | None]:
    """As `refuse_out_of_order`, but returns the fault of each, or None."""
    moved = {claim.pk: claim for claim in claims if claim}
    if not moved:
        return [None] * len(claims)
    links = Link.objects.filter(
        Q(claim__in=moved) | Q(target__in=moved), type__in=OF_EARLIER
    ).select_related("claim", "target")
    faults: dict[int, ValidationError] = {}
    for link in links:
        claim, target = (moved.get(row.pk, row) for row in (link.claim, link.target))
        if said_out_of_order(claim.said_on, link.type, target.said_on):
            facts = {"type": link.get_type_display(), "day": target.said_on}
            message = _("It %(type)s a claim that was said on %(day)s: it was said then or later.")
            faults.setdefault(claim.pk, ValidationError({"said_on": message % facts}))
            facts["day"] = claim.said_on
            message = _("A claim that was said on %(day)s %(type)s it: it was said then or before.")
            faults.setdefault(target.pk, ValidationError({"said_on": message % facts}))
    return [faults.get(claim.pk) if claim else None for claim in claims]
