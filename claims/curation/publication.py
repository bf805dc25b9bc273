"""The editorial states of a claim: into the public, out of it, and aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import EditorialState, Operation
from claims.models import Claim

from .guard import WrongState, attempt, clean_reason, refuse_faulty
from .ledger import locked_ledger
from .rules import claim_faults, publication_faults
from .settlement import bring, in_public, load, settle


@dataclass(frozen=True, kw_only=True)
class StateChange:
    """A claim to move to another editorial state, the revision its editor saw, and why."""

    claim: Claim
    revision: int | None
    reason: str = ""


def submit_for_review(changes: Sequence[StateChange], *, actor: str) -> list[Claim]:
    return _move(changes, EditorialState.IN_REVIEW, {EditorialState.DRAFT}, actor=actor)


def back_to_draft(changes: Sequence[StateChange], *, actor: str) -> list[Claim]:
    """Reopen the drafting of a claim in review, or of one that was set aside unpublished."""
    came_from = {EditorialState.IN_REVIEW, EditorialState.SET_ASIDE}
    return _move(changes, EditorialState.DRAFT, came_from, actor=actor)


def publish(changes: Sequence[StateChange], *, actor: str) -> list[Claim]:
    """Make claims public; a retracted one comes back only with a reason."""
    came_from = {EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.RETRACTED}
    return _move(changes, EditorialState.PUBLISHED, came_from, actor=actor)


def retract(changes: Sequence[StateChange], *, actor: str) -> list[Claim]:
    """Take published claims back, with a reason; a tombstone stays."""
    return _move(changes, EditorialState.RETRACTED, {EditorialState.PUBLISHED}, actor=actor)


def set_aside(changes: Sequence[StateChange], *, actor: str) -> list[Claim]:
    """Note, with a reason, that unpublished claims cannot be tracked."""
    came_from = {EditorialState.DRAFT, EditorialState.IN_REVIEW}
    return _move(changes, EditorialState.SET_ASIDE, came_from, actor=actor)


def merge(change: StateChange, *, into: Claim, actor: str) -> Claim:
    """Give up a published duplicate for the claim that survives it."""
    with locked_ledger():
        into = Claim.objects.get(pk=into.pk)
        if into.pk == change.claim.pk or not into.is_published:
            raise ValidationError({"into": _("Merge into another claim that is published.")})
        (merged,) = _move(
            [change],
            EditorialState.MERGED,
            {EditorialState.PUBLISHED},
            actor=actor,
            merged_into=into,
        )
        return merged


def _move(
    changes: Sequence[StateChange],
    state: EditorialState,
    came_from: Collection[str],
    *,
    actor: str,
    **columns: Any,
) -> list[Claim]:
    with locked_ledger():
        known = load([change.claim for change in changes])
        before = in_public(list(known.values()))
        moved = [
            attempt(_move_one, change, known[change.claim.pk], state, came_from, columns)
            for change in changes
        ]
        refuse_faulty(moved)
        operation = {
            EditorialState.PUBLISHED: Operation.PUBLISH,
            EditorialState.RETRACTED: Operation.RETRACT,
            EditorialState.MERGED: Operation.MERGE,
        }.get(state, Operation.EDIT)
        settled = settle(
            known,
            before,
            lambda claim, differing: (operation, ""),
            actor=actor,
            reasons={pk: claim.state_reason for pk, claim in known.items()},
            columns=dict(zip(known, moved, strict=True)),
        )
        return [settled[change.claim.pk] for change in changes]


def _move_one(
    change: StateChange,
    claim: Claim,
    state: EditorialState,
    came_from: Collection[str],
    columns: Mapping[str, Any],
) -> dict[str, Any]:
    """Move one claim in memory; returns the columns to be written."""
    if claim.editorial_state not in came_from:
        raise WrongState(
            _("A claim that is “%(was)s” cannot become “%(state)s”.")
            % {"was": claim.get_editorial_state_display(), "state": state.label}
        )
    leaves = state in (EditorialState.RETRACTED, EditorialState.MERGED, EditorialState.SET_ASIDE)
    comes_back = claim.editorial_state == EditorialState.RETRACTED
    reason = clean_reason(change.reason, needed=leaves or comes_back)
    moved = {"editorial_state": state, "state_reason": reason, **columns}
    if state == EditorialState.PUBLISHED:
        faults = claim_faults(claim) | publication_faults(claim)
        if faults:
            raise ValidationError(faults)
        moved["published_at"] = claim.published_at or timezone.now()
    return bring(claim, change.revision, moved)
