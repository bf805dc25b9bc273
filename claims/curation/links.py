"""Links: how one claim relates to another. Each is judged as it was said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import LinkType, Operation
from claims.models import Claim, Link

from .claims import EDITABLE_STATES, Fate
from .guard import StaleRevision, attempt, refuse_faulty, refuse_taken, taken_fault
from .ledger import locked_ledger
from .link_order import refuse_round, round_faults
from .link_rules import link_faults
from .settlement import Before, bring, hold, in_public, load, settle


@dataclass(frozen=True, kw_only=True)
class LinkWrite:
    """A relation of `claim`, at the revision its editor saw, to a published `target`."""

    claim: Claim
    revision: int | None
    type: str
    target: Claim
    uid: UUID | None = None


def link(writes: Sequence[LinkWrite], *, actor: str) -> list[Link]:
    """Record links in one transaction: all of them, or none; one a claim."""
    with locked_ledger():
        known = load([write.claim for write in writes])
        targets = Claim.objects.select_related("speaker", "on_behalf_of").in_bulk(
            [write.target.pk for write in writes]
        )
        before = in_public(list(known.values()))
        links = [
            attempt(_plan, write, claim, targets.get(write.target.pk), claim.links.all())
            for write, claim in zip(writes, known.values(), strict=True)
        ]
        refuse_faulty(links)
        refuse_taken(Link, "uid", [[write.uid] for write in writes])
        refuse_round(links)
        Link.objects.bulk_create(links)
        for made in links:
            claim = known[made.claim_id]
            hold(claim, links=[*claim.links.all(), made])
        _settle(known, [write.revision for write in writes], before, actor)
        return links


def check_links(writes: Sequence[LinkWrite]) -> list[Fate | ValidationError]:
    """What would become of each write, or its fault; nothing is written and nothing locked.

    Claims may be such as `check_dossiers` gave them, only in memory, and have several links in
    one list: each is checked with those before it, and whether they lead round with all of them.
    A link that is there already, with its uid, is unchanged.
    """
    claims = _as_they_would_be(writes)
    uids = [write.uid for write in writes if write.uid]
    rows = Link.objects.filter(uid__in=uids).values_list("uid", "claim", "type", "target")
    there = {uid: facts for uid, *facts in rows} if uids else {}
    links = {pk: list(claim.links.all()) for pk, claim in claims.items() if _has_links(claim)}
    found: list[Any] = []
    met: set[UUID] = set()
    for write in writes:
        facts = [write.claim.pk, write.type, write.target.pk]
        result: Any
        if write.uid in met:
            result = taken_fault("uid")
        elif write.uid in there and there[write.uid] == facts:
            result = Fate.UNCHANGED
        elif write.uid in there:
            result = ValidationError(
                _("A link is not changed: take it away in the admin, and make another.")
            )
        elif (claim := claims.get(write.claim.pk)) is None:
            result = StaleRevision()
        else:
            of_claim = links[claim.pk]
            result = attempt(_plan, write, claim, claims.get(write.target.pk), of_claim)
            if isinstance(result, Link):
                of_claim.append(result)
        found.append(result)
        if write.uid:
            met.add(write.uid)
    new = [at for at, each in enumerate(found) if isinstance(each, Link)]
    for at, fault in zip(new, round_faults([found[at] for at in new]), strict=True):
        found[at] = fault or Fate.CREATED
    return found


def _as_they_would_be(writes: Sequence[LinkWrite]) -> dict[int, Claim]:
    """The claims that are linked, by primary key: those in memory, the others as they stand."""
    named = [claim for write in writes for claim in (write.claim, write.target)]
    found = {claim.pk: claim for claim in named if _has_links(claim)}
    missing = [claim.pk for claim in named if claim.pk not in found]
    if missing:
        stored = Claim.objects.with_named().prefetch_related("links__target")
        found |= stored.in_bulk(missing)
    return found


def _has_links(claim: Claim) -> bool:
    """Is it in memory with its links?"""
    return "links" in getattr(claim, "_prefetched_objects_cache", {})


def unlink(links: Sequence[Link], revisions: Sequence[int], *, actor: str) -> list[Claim]:
    """Take links away, each at the revision of its claim that the editor saw; one a claim.

    Returns the claims as they now stand.
    """
    with locked_ledger():
        known = load([each.claim for each in links])
        before = in_public(list(known.values()))
        refuse_faulty([attempt(_check_there, each, known[each.claim_id]) for each in links])
        Link.objects.filter(pk__in=[each.pk for each in links]).delete()
        for gone in links:
            claim = known[gone.claim_id]
            hold(claim, links=[each for each in claim.links.all() if each != gone])
        _settle(known, revisions, before, actor)
        return list(known.values())


def _plan(write: LinkWrite, claim: Claim, target: Claim | None, links: Collection[Link]) -> Link:
    faults = _state_faults(claim) | link_faults(claim, write.type, target, links)
    if write.type not in LinkType.values:
        faults["type"] = _("Choose one of: %(types)s.") % {"types": ", ".join(LinkType.values)}
    if faults:
        raise ValidationError(faults)
    return Link(uid=write.uid or uuid4(), claim=claim, type=write.type, target=target)


def _check_there(link: Link, claim: Claim) -> None:
    faults = _state_faults(claim)
    if link not in claim.links.all():
        faults["target"] = _("There is no such link on this claim.")
    if faults:
        raise ValidationError(faults)


def _state_faults(claim: Claim) -> dict[str, str]:
    if claim.editorial_state in EDITABLE_STATES:
        return {}
    return {"claim": _("The links of a claim that has left the public stay as they are.")}


def _settle(
    known: Mapping[int, Claim], revisions: Sequence[int | None], before: Before, actor: str
) -> None:
    columns = [
        attempt(bring, claim, seen, {})
        for claim, seen in zip(known.values(), revisions, strict=True)
    ]
    refuse_faulty(columns)
    settle(
        known,
        before,
        lambda claim, differing: (Operation.LINK, ""),
        actor=actor,
        columns=dict(zip(known, columns, strict=True)),
    )
