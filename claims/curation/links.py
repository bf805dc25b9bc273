"""Links: how one claim relates to another. Each is judged as it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import LinkType, Operation
from claims.models import Claim, Link

from .claims import EDITABLE_STATES
from .guard import attempt, refuse_faulty
from .ledger import locked_ledger
from .rules import link_faults
from .settlement import load, records_of, settle, update_over


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
        targets = Claim.objects.in_bulk([write.target.pk for write in writes])
        before = records_of(list(known.values()))
        links = [
            attempt(_plan, write, known[write.claim.pk], targets[write.target.pk])
            for write in writes
        ]
        refuse_faulty(links)
        Link.objects.bulk_create(links)
        _settle(writes, before, actor)
        return links


def unlink(links: Sequence[Link], revisions: Sequence[int], *, actor: str) -> None:
    """Take links away, each at the revision of its claim that the editor saw; one a claim."""
    with locked_ledger():
        known = load([each.claim for each in links])
        before = records_of(list(known.values()))
        Link.objects.filter(pk__in=[each.pk for each in links]).delete()
        _settle(
            [
                LinkWrite(
                    claim=known[each.claim_id], revision=seen, type=each.type, target=each.target
                )
                for each, seen in zip(links, revisions, strict=True)
            ],
            before,
            actor,
        )


def _plan(write: LinkWrite, claim: Claim, target: Claim) -> Link:
    faults = link_faults(claim, target)
    if claim.editorial_state not in EDITABLE_STATES:
        faults["claim"] = _("A claim that has left the public is not linked.")
    if write.type not in LinkType.values:
        faults["type"] = _("Choose one of: %(types)s.") % {"types": ", ".join(LinkType.values)}
    if any(each.type == write.type and each.target_id == target.pk for each in claim.links.all()):
        faults["target"] = _("This link is there already.")
    if faults:
        raise ValidationError(faults)
    return Link(uid=write.uid or uuid4(), claim=claim, type=write.type, target=target)


def _settle(writes: Sequence[LinkWrite], before: dict, actor: str) -> None:
    refuse_faulty([attempt(update_over, write.claim, write.revision, {}) for write in writes])
    settle(
        [write.claim.pk for write in writes],
        before,
        lambda claim, differing: (Operation.LINK, ""),
        actor=actor,
    )
