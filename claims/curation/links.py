"""Links: how one claim relates to another. Each is judged as it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.choices import LinkType, Operation
from claims.models import Claim, Link

from .claims import EDITABLE_STATES
from .guard import attempt, refuse_faulty, refuse_taken
from .ledger import locked_ledger
from .link_order import refuse_round
from .link_rules import link_faults
from .settlement import Records, load, records_of, settle, update_over


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
        before = records_of(list(known.values()))
        links = [
            attempt(_plan, write, known[write.claim.pk], targets.get(write.target.pk))
            for write in writes
        ]
        refuse_faulty(links)
        refuse_taken(Link, "uid", [[write.uid] for write in writes])
        refuse_round(links)
        Link.objects.bulk_create(links)
        _settle(known, [write.revision for write in writes], before, actor)
        return links


def unlink(links: Sequence[Link], revisions: Sequence[int], *, actor: str) -> None:
    """Take links away, each at the revision of its claim that the editor saw; one a claim."""
    with locked_ledger():
        known = load([each.claim for each in links])
        before = records_of(list(known.values()))
        refuse_faulty([attempt(_check_there, each, known[each.claim_id]) for each in links])
        Link.objects.filter(pk__in=[each.pk for each in links]).delete()
        _settle(known, revisions, before, actor)


def _plan(write: LinkWrite, claim: Claim, target: Claim | None) -> Link:
    faults = _state_faults(claim) | link_faults(claim, write.type, target)
    if write.type not in LinkType.values:
        faults["type"] = _("Choose one of: %(types)s.") % {"types": ", ".join(LinkType.values)}
    if faults:
        raise ValidationError(faults)
    return Link(uid=write.uid or uuid4(), claim=claim, type=write.type, target=write.target)


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
    known: Mapping[int, Claim], revisions: Sequence[int | None], before: Records, actor: str
) -> None:
    refuse_faulty(
        [
            attempt(update_over, claim, seen, {})
            for claim, seen in zip(known.values(), revisions, strict=True)
        ]
    )
    settle(
        known,
        before,
        lambda claim, differing: (Operation.LINK, ""),
        actor=actor,
        changed=("links",),
    )
