"""The rules for links, as pure functions over values: no query, no write."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from claims.choices import EditorialState, LinkType
from claims.dates import FuzzyDate
from claims.models import Claim, Link, Speaker

from .rules import Faults

# These are of something said before: a later thing cannot be revised, repeated or taken back.
OF_EARLIER = (LinkType.REVISES, LinkType.REPEATS, LinkType.WITHDRAWS)


def link_faults(
    claim: Claim, link_type: str, target: Claim | None, links: Collection[Link]
) -> Faults:
    """May the claim, with the links it has, be linked so? Whether links go round is not asked."""
    if claim == target:
        return {"target": _("A claim is not linked to itself.")}
    if target is None or target.editorial_state != EditorialState.PUBLISHED:
        return {"target": _("Only a published claim can be linked to.")}
    if (link_type, target.pk) in {(each.type, each.target_id) for each in links}:
        return {"target": _("This link is there already.")}
    if link_type == LinkType.REVISES and (
        revised := [each.target for each in links if each.type == LinkType.REVISES]
    ):
        return {
            "target": _(
                "It revises claim %(uid)s already, and a claim revises one other: "
                "its revisions are a chain that has one beginning."
            )
            % {"uid": revised[0].uid}
        }
    if said_out_of_order(claim.said_on, link_type, target.said_on):
        return {
            "target": _(
                "That was said on %(target)s, after this (%(claim)s): a claim revises, repeats "
                "or withdraws what was said before it."
            )
            % {"target": target.said_on, "claim": claim.said_on}
        }
    return _voice_faults(claim, link_type, target)


def said_out_of_order(said_on: FuzzyDate, link_type: str, target_said_on: FuzzyDate) -> bool:
    """Was what a link goes back to certainly said later? Marked and overlapping dates may fit."""
    return link_type in OF_EARLIER and said_on.certainly_before(target_said_on)


def _voice_faults(claim: Claim, link_type: str, target: Claim) -> Faults:
    """Who revises and who repeats; only where nothing can be said for it."""
    if link_type == LinkType.REVISES and not _voices(claim) & _voices(target):
        return {
            "target": _(
                "That is another speaker's: a claim revises what the same speaker said, or what "
                "was said on behalf of the same organisation."
            )
        }
    same = _key(claim.speaker) == _key(target.speaker) and _key(claim.on_behalf_of) == _key(
        target.on_behalf_of
    )
    if link_type == LinkType.REPEATS and same:
        return {
            "target": _(
                "That is the same speaker's: unchanged, it is the same claim, said again; "
                "changed, it revises that one."
            )
        }
    return {}


def _voices(claim: Claim) -> set[int | str]:
    """All that a claim may be said to be of: who spoke, and for whom."""
    organisation = claim.speaker.organisation_id or _key(claim.speaker.organisation)
    spoke = {_key(claim.speaker), _key(claim.on_behalf_of), organisation}
    return {each for each in spoke if each is not None}


def _key(speaker: Speaker | None) -> int | str | None:
    """The primary key; of one that is only in memory its slug."""
    return (speaker.pk or speaker.slug) if speaker else None
