"""Claims: drafting and editing them, with what was said again and what the evidence shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from claims.choices import EditorialState, Operation
from claims.models import Appearance, Claim, Collection, Evidence, Topic

from .bulk import blank, insert
from .guard import WrongState, assign, attempt, clean_reason, refuse_faulty, refuse_taken
from .ledger import locked_ledger
from .link_order import refuse_out_of_order
from .rules import (
    appearance_faults,
    claim_faults,
    evidence_faults,
    publication_faults,
    replacement_faults,
)
from .settlement import in_public, load, settle, update_over, write_search_texts

EDITABLE_STATES = (EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.PUBLISHED)
# Columns that are about the claim and not of it: an edit leaves the words that were judged.
IMMATERIAL = frozenset({"external_id", "extra"})
# Columns that an edit cannot touch and leave the meaning as it was: all that are no running text.
MEANING = frozenset(
    {
        *("kind", "speaker", "on_behalf_of", "source", "attribution", "said_on", "refers_to"),
        *("due", "due_mode", "due_basis", "quantity", "quote_is_translation"),
    }
)


@dataclass(frozen=True, kw_only=True)
class RowWrite:
    """An appearance or a piece of evidence to add (`row` is None), to change or to remove.

    `uid` gives a new row the name it has elsewhere.
    """

    row: models.Model | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    uid: UUID | None = None
    remove: bool = False


@dataclass(frozen=True, kw_only=True)
class ClaimWrite:
    """A claim to draft (`claim` is None) or to edit, with the revision its writer saw.

    Columns not named in `values` stay as they are; so do topics and collections that are None.
    `cosmetic` is the reason for an edit that does not touch what the words mean: it leaves
    standing assessments fresh.
    """

    claim: Claim | None = None
    revision: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    topics: Sequence[Topic] | None = None
    collections: Sequence[Collection] | None = None
    appearances: Sequence[RowWrite] = ()
    evidence: Sequence[RowWrite] = ()
    cosmetic: str = ""
    uid: UUID | None = None


class Fate(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Written:
    claim: Claim
    fate: Fate


@dataclass
class _Row:
    """An appearance or piece of evidence that is to be added, changed or removed."""

    row: Appearance | Evidence
    is_new: bool
    remove: bool


@dataclass
class _Plan:
    """What one write comes to, worked out before anything is written."""

    claim: Claim
    write: ClaimWrite
    columns: dict[str, Any]
    rows: list[_Row]
    sets: dict[str, Sequence[models.Model]]
    cosmetic: str

    @property
    def is_new(self) -> bool:
        return self.write.claim is None

    @property
    def fate(self) -> Fate:
        if self.is_new:
            return Fate.CREATED
        return Fate.CHANGED if self.columns or self.rows or self.sets else Fate.UNCHANGED

    @property
    def relations(self) -> set[str]:
        """Those whose rows it writes."""
        of_rows = {
            "evidence" if isinstance(each.row, Evidence) else "appearances" for each in self.rows
        }
        return of_rows | self.sets.keys()

    @property
    def moves_saying(self) -> bool:
        return not self.is_new and "said_on" in self.columns

    @property
    def is_material(self) -> bool:
        return not self.cosmetic and not self.columns.keys() <= IMMATERIAL


def write_claims(writes: Sequence[ClaimWrite], *, actor: str) -> list[Written]:
    """Draft and edit claims in one transaction: all of them, or none.

    A write that would change nothing writes nothing. Raises `BatchRefused` with the faults of
    each write by field, or its `StaleRevision` where the claim moved on after its writer read it.
    """
    with locked_ledger():
        known = load([write.claim for write in writes if write.claim])
        before = in_public(list(known.values()))
        plans = [
            attempt(_plan, write, known[write.claim.pk] if write.claim else None)
            for write in writes
        ]
        refuse_faulty(plans)
        _refuse_taken(plans)
        refuse_out_of_order([plan.claim if plan.moves_saying else None for plan in plans])
        Claim.objects.bulk_create([plan.claim for plan in plans if plan.is_new])
        refuse_faulty([attempt(_save_edit, plan) for plan in plans])
        _save_sets(plans)
        _save_rows([row for plan in plans for row in plan.rows])
        moved = {plan.claim.pk: plan for plan in plans if plan.fate != Fate.UNCHANGED}
        settled = settle(
            {pk: claim for pk, claim in known.items() if pk in moved},
            before,
            lambda claim, differing: _describe(moved[claim.pk]),
            actor=actor,
            changed={name for plan in moved.values() for name in plan.relations},
            reasons={pk: plan.cosmetic for pk, plan in moved.items()},
        )
        write_search_texts(
            [plan.claim for plan in plans if plan.is_new]
        )  # all else of a draft waits
        return [Written(settled.get(plan.claim.pk, plan.claim), plan.fate) for plan in plans]


def delete_drafts(claims: Sequence[Claim]) -> None:
    """Throw away claims that were never public, with all that hangs on them."""
    with locked_ledger():
        doomed = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
        if doomed.exclude(published_at=None).exists():
            raise WrongState(_("A claim that was public is retracted, not deleted."))
        doomed.delete()


def _plan(write: ClaimWrite, current: Claim | None) -> _Plan:
    """Bring the claim in memory to where the write would have it, and see that it may go there."""
    if current and current.editorial_state not in EDITABLE_STATES:
        raise WrongState(
            _("A claim that is “%(state)s” is not edited.")
            % {"state": current.get_editorial_state_display()}
        )
    cosmetic = clean_reason(write.cosmetic, "cosmetic", needed=bool(write.cosmetic))
    claim = current or Claim(uid=write.uid or uuid4())
    columns = assign(claim, write.values)
    if cosmetic and (meant := sorted(columns.keys() & MEANING)):
        raise ValidationError(
            {"cosmetic": _("A change of %(names)s is not cosmetic.") % {"names": ", ".join(meant)}}
        )
    faults = claim_faults(claim) | (publication_faults(claim) if claim.is_published else {})
    if faults:
        raise ValidationError(faults)
    planned = [_plan_row(each, Appearance, claim, current) for each in write.appearances]
    planned += [_plan_row(each, Evidence, claim, current) for each in write.evidence]
    rows = [row for row in planned if row]
    if faults := replacement_faults(_evidence_after(rows, current)):
        raise ValidationError(faults)
    return _Plan(claim, write, columns, rows, _plan_sets(write, current), cosmetic)


def _plan_sets(write: ClaimWrite, current: Claim | None) -> dict[str, Sequence[models.Model]]:
    """Topics and collections that are to become something else."""
    wanted = {"topics": write.topics, "collections": write.collections}
    return {
        name: list(dict.fromkeys(rows))
        for name, rows in wanted.items()
        if rows is not None
        and {row.pk for row in rows}
        != ({row.pk for row in getattr(current, name).all()} if current else set())
    }


def _plan_row(
    write: RowWrite,
    model: type[Appearance] | type[Evidence],
    claim: Claim,
    current: Claim | None,
) -> _Row | None:
    """What becomes of one appearance or piece of evidence; None: it stays as it is."""
    row: Appearance | Evidence = model(uid=write.uid or uuid4())
    if write.row:
        row = _row_of(current, write.row)
    columns = {} if write.remove else assign(row, write.values)
    if write.row and not write.remove and not columns:
        return None
    if isinstance(row, Evidence) and row.pk in _cited(current):
        raise cited_fault()
    faults = evidence_faults(row) if isinstance(row, Evidence) else appearance_faults(row)
    if faults and not write.remove:
        raise ValidationError(faults)
    row.claim = claim
    return _Row(row, is_new=write.row is None, remove=write.remove)


def cited_fault() -> ValidationError:
    return ValidationError(
        _("An assessment rests on this evidence: add evidence that replaces it instead.")
    )


def _row_of(claim: Claim | None, row: models.Model) -> Appearance | Evidence:
    """The row as it stands under the lock, whatever its writer did to theirs."""
    there: list[Appearance | Evidence] = []
    if claim:
        there = [*(claim.evidence.all() if isinstance(row, Evidence) else claim.appearances.all())]
    for each in there:
        if each.pk == row.pk:
            return each
    raise ValidationError(_("There is no such row on this claim."))


def _cited(claim: Claim | None) -> set[int]:
    """Primary keys of the evidence that assessments rest on."""
    assessments = claim.assessments.all() if claim else []
    return {evidence.pk for each in assessments for evidence in each.evidence.all()}


def _evidence_after(rows: Sequence[_Row], claim: Claim | None) -> list[Evidence]:
    """The claim's evidence as the write would leave it: edited rows are edited in memory."""
    removed = [each.row for each in rows if each.remove]
    stays = [each for each in claim.evidence.all() if each not in removed] if claim else []
    return stays + [each.row for each in rows if each.is_new and isinstance(each.row, Evidence)]


def _refuse_taken(plans: Sequence[_Plan]) -> None:
    refuse_taken(Claim, "uid", [[plan.write.uid] if plan.is_new else [] for plan in plans])
    refuse_taken(Claim, "external_id", [[plan.columns.get("external_id")] for plan in plans])
    for model, name in ((Appearance, "appearances"), (Evidence, "evidence")):
        rows = [getattr(plan.write, name) for plan in plans]
        refuse_taken(model, "uid", [[each.uid for each in new if each.row is None] for new in rows])


def _save_edit(plan: _Plan) -> None:
    """Change the claim's own row, over the revision its writer saw and no other."""
    if plan.fate == Fate.CHANGED:
        update_over(
            plan.claim,
            plan.write.revision,
            plan.columns,
            words_revision=F("words_revision") + int(plan.is_material),
            stale=plan.claim.stale or (plan.claim.closed and plan.is_material),
        )


def _save_sets(plans: Sequence[_Plan]) -> None:
    for name in ("topics", "collections"):
        setting = [plan for plan in plans if name in plan.sets]
        replace_sets(
            name,
            {plan.claim: plan.sets[name] for plan in setting},
            [plan.claim for plan in setting],
        )


def replace_sets(
    name: str, rows: Mapping[Claim, Sequence[models.Model]], had: Sequence[Claim]
) -> None:
    """Put claims under these topics (or collections), and those that `had` some under no others."""
    many = getattr(Claim, name)
    through, column = many.through, f"{many.field.m2m_reverse_field_name()}_id"
    if had:
        through.objects.filter(claim__in=had).delete()
    insert(
        through,
        [
            blank(through, claim_id=claim.pk, **{column: row.pk})
            for claim, under in rows.items()
            for row in under
        ],
    )


def _save_rows(rows: Sequence[_Row]) -> None:
    for model in (Appearance, Evidence):
        of_model = [each for each in rows if isinstance(each.row, model)]
        edited = [each.row for each in of_model if not each.is_new and not each.remove]
        table: Any = model._default_manager
        # A row is replaced once, so what is let go in this write is let go before it is taken.
        table.filter(pk__in=[each.row.pk for each in of_model if each.remove]).delete()
        new = [each.row for each in of_model if each.is_new]
        for row in new:
            row.claim_id = row.claim.pk  # of a new claim, it was still to come
        replace_rows(model, new, edited)


def replace_rows(model: type[Any], added: Sequence[Any], edited: Sequence[Any]) -> None:
    """Write new and edited appearances, or evidence. What a piece of evidence replaced, another
    may replace now."""
    if edited and model is Evidence:
        model._default_manager.filter(pk__in=[row.pk for row in edited]).update(replaces=None)
    insert(model, added)
    for row in edited:
        row.save()


def _describe(plan: _Plan) -> tuple[Operation, str]:
    """What the ledger calls this edit of a published claim, and its cause."""
    if plan.columns or plan.sets:
        return Operation.EDIT, "cosmetic" if plan.cosmetic else ""
    only_evidence = all(isinstance(each.row, Evidence) for each in plan.rows)
    return (Operation.EVIDENCE if only_evidence else Operation.APPEARANCE), ""
