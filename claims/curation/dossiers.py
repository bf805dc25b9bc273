"""Dossiers: claims with all that comes with them from elsewhere, checked or entered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from claims.documents import Names
from claims.models import (
    Appearance,
    Assessment,
    AssessmentEvidence,
    Claim,
    ClaimDocument,
    Evidence,
    Ledger,
    SearchText,
)

from .bulk import insert, inserting
from .claims import replace_rows, replace_sets
from .counts import move_counts
from .dossier import (
    Checked,
    Dossier,
    DossierAssessment,
    DossierRow,
    DossiersRefused,
    Place,
)
from .dossier_plans import Plan, Planner
from .dossier_rows import Named, drawn_keys, read, stand_in_keys
from .guard import check_text
from .ledger import append, locked_ledger
from .settlement import (
    documents_of,
    note_standings,
    replace_texts,
    search_texts_of,
    standings_now,
    update_over,
)

__all__ = [
    "Checked",
    "Dossier",
    "DossierAssessment",
    "DossierRow",
    "DossiersRefused",
    "Named",
    "Place",
    "check_dossiers",
    "enter_dossiers",
]


def check_dossiers(dossiers: Sequence[Dossier]) -> list[Checked]:
    """What would become of dossiers; nothing is written and nothing locked.

    They may name speakers, sources, topics and collections that are only in memory. The queries
    are as many for one dossier as for all.
    """
    planner = Planner(read(dossiers), Named(), stand_in_keys(), actor="", numbers=None)
    return [plan.checked for plan in planner.plan_all(dossiers)]


def enter_dossiers(
    dossiers: Sequence[Dossier], *, actor: str, named: Named | None = None
) -> list[Checked]:
    """Enter dossiers in one transaction: all of them, or none.

    `named` keeps what they name from one call to the next.

    A new claim that is brought to the public is there in one step, with its appearances and
    evidence; each assessment is an entry of its own after it. A dossier that says what is there
    already writes nothing. Raises `DossiersRefused`.
    """
    check_text(actor)
    named = named or Named()
    with locked_ledger():
        ledger = Ledger.objects.get()
        there = read(dossiers)
        named.look_up(dossiers, as_of=ledger.hash)
        numbers = count(ledger.number + 1)
        keys = drawn_keys(dossiers, there)
        planner = Planner(there, named, keys, actor=actor, numbers=numbers)
        plans = planner.plan_all(dossiers)
        faulty = {at: plan.checked for at, plan in enumerate(plans) if plan.checked.faults}
        if faulty:
            raise DossiersRefused(faulty)
        changes = append([entry for plan in plans for entry in plan.entries], actor=actor)
        _write([plan for plan in plans if plan.writes], named, next(numbers) - 1)
        for plan in plans:  # from here on what hangs on it is read again where it is asked for
            plan.claim._prefetched_objects_cache.clear()  # type: ignore[attr-defined]
        if changes:  # rolled back after all, the head is another, and they are read again
            named.stay(as_of=changes[-1].hash)
        return [plan.checked for plan in plans]


def _write(plans: Sequence[Plan], named: Named, head: int) -> None:
    """Write rows and finished texts, as of the ledger's head."""
    insert(Claim, [plan.claim for plan in plans if plan.is_new])
    for plan in plans:
        if not plan.is_new:
            _update(plan)
    for name in ("topics", "collections"):
        replace_sets(
            name,
            {plan.claim: plan.sets[name] for plan in plans if name in plan.sets},
            [plan.claim for plan in plans if name in plan.sets and not plan.is_new],
        )
    for model in (Appearance, Evidence):
        added = [row for plan in plans for row in plan.added if isinstance(row, model)]
        edited = [row for plan in plans for row in plan.edited if isinstance(row, model)]
        replace_rows(model, added, edited)
    _insert_assessments([each for plan in plans for each in plan.assessments])
    note_standings(
        {plan.claim.pk: plan.stood for plan in plans if plan.stood},
        standings_now([plan.claim.pk for plan in plans if plan.stood and not plan.is_new]),
    )
    move_counts(
        [plan.before for plan in plans if plan.stood and plan.before],
        [plan.claim for plan in plans if plan.stood],
    )
    for new in (True, False):
        _write_texts([plan for plan in plans if plan.is_new == new], named, head, new=new)


def _update(plan: Plan) -> None:
    """Change the row of a claim that was there; all its steps are one UPDATE."""
    columns: dict[str, Any] = plan.columns
    if plan.stood:
        columns["ledger_number"] = plan.claim.ledger_number
    update_over(plan.claim, plan.seen, columns, moves=plan.claim.revision - plan.seen)


def _insert_assessments(assessments: Sequence[Assessment]) -> None:
    insert(Assessment, assessments)
    insert(
        AssessmentEvidence,
        [
            AssessmentEvidence(assessment=assessment, evidence=each)
            for assessment in assessments
            for each in assessment.evidence.all()
        ],
    )


def _write_texts(plans: Sequence[Plan], named: Named, head: int, *, new: bool) -> None:
    drafts = [plan.claim for plan in plans if not plan.claim.is_published]
    shown = [plan for plan in plans if plan.record is not None]
    public = [plan.claim for plan in shown]
    records = [plan.record or {} for plan in shown]
    names = Names.of(records, named.facts)
    documents = documents_of(public, records, names, head)
    found_by = search_texts_of([*public, *drafts], head)
    if new:
        with inserting(SearchText, found_by, len(public) + len(drafts)):
            rendered = list(documents)
        insert(ClaimDocument, rendered)
    else:
        replace_texts(ClaimDocument, documents)
        replace_texts(SearchText, found_by)
