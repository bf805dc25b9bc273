"""The appearances and the evidence of a dossier: added, changed, or there and the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.models import Appearance, Claim, Evidence

from .claims import Fate, cited_fault
from .dossier import DossierRow, Place
from .dossier_rows import hold
from .rules import appearance_faults, evidence_faults

if TYPE_CHECKING:
    from .dossier_plans import Plan, Planner


def plan_parts(planner: Planner, plan: Plan) -> None:
    claim = plan.claim
    appearances, evidence = _by_uid(claim, "appearances"), _by_uid(claim, "evidence")
    cited = {each.pk for one in _rows(claim, "assessments") for each in one.evidence.all()}
    for at, (row, part) in enumerate(_rows_of(planner, plan, "appearances", appearances)):
        if row:
            _plan_row(planner, plan, ("appearances", at), row, part.values, appearances)
    # Evidence may replace what comes after it.
    there = dict(evidence)
    coming = list(_rows_of(planner, plan, "evidence", evidence))
    by_uid = there | {part.uid: row for row, part in coming if row}
    for at, (row, part) in enumerate(coming):
        if not row:
            continue
        place = ("evidence", at)
        values = dict(part.values)
        if uid := values.get("replaces"):
            values["replaces"] = by_uid.get(uid)
            if uid == row.uid or not values["replaces"]:
                message = _("Evidence replaces another piece of the same claim, which stays.")
                plan.refuse(place, {"replaces": message})
                continue
        _plan_row(planner, plan, place, row, values, evidence, cited)
    _refuse_replaced_twice(plan, coming)
    if plan.added or plan.edited:
        hold(claim, appearances=sorted(appearances.values(), key=_said_first))
        hold(claim, evidence=sorted(evidence.values(), key=dated_first))


def _rows_of(
    planner: Planner, plan: Plan, name: str, there: Mapping[UUID, Any]
) -> Iterator[tuple[Any | None, DossierRow]]:
    """The row that each part is about, new or there; None: it is at fault."""
    model: type[Any] = Appearance if name == "appearances" else Evidence
    for at, part in enumerate(getattr(plan.dossier, name)):
        row = there.get(part.uid)
        if fault := planner.fault_of_uid(plan, name, part.uid):
            plan.refuse((name, at), fault)
            row = None
        elif row is None:
            row = model(pk=next(planner.keys[model]), uid=part.uid, claim=plan.claim)
        yield row, part


def _plan_row(
    planner: Planner,
    plan: Plan,
    place: Place,
    row: Any,
    values: Mapping[str, Any],
    there: dict[UUID, Any],
    cited: set[int] | frozenset[int] = frozenset(),
) -> None:
    is_new = row._state.adding
    recorded_at = values.get("recorded_at")
    if recorded_at is not None:
        fault = planner.fault_of_instant(recorded_at)
        if not fault and not is_new and recorded_at != row.recorded_at:
            fault = _("When it was recorded is never changed.")
        if fault:
            plan.refuse(place, {"recorded_at": fault})
    try:
        own = {name: value for name, value in values.items() if name != "recorded_at"}
        columns, changes = planner.put(row, own)
    except ValidationError as error:
        plan.refuse(place, error)
        return
    faults = evidence_faults(row) if isinstance(row, Evidence) else appearance_faults(row)
    if is_new:
        row.recorded_at = planner.instant(recorded_at)
        plan.checked.fates[place] = Fate.CREATED
    else:
        plan.became(place, changes)
    if columns and row.pk in cited:
        plan.refuse(place, cited_fault())
    elif faults and columns:
        plan.refuse(place, faults)
    if place not in plan.checked.faults:
        there[row.uid] = row
        if is_new:
            plan.added.append(row)
        elif columns:
            plan.edited.append(row)


def _refuse_replaced_twice(plan: Plan, coming: Sequence[tuple[Any, Any]]) -> None:
    """One piece stands in for another: those that were there keep what they replace."""
    edited = {row.pk for row in plan.edited}
    mine = {row.pk for row, _part in coming if row and (row._state.adding or row.pk in edited)}
    there = [each for each in _rows(plan.claim, "evidence") if each.pk not in mine]
    replaced = {each.replaces_id for each in there} - {None}
    for at, (row, _part) in enumerate(coming):
        if not row or row.pk not in mine or row.replaces_id is None:
            continue
        if row.replaces_id in replaced:
            message = _("That evidence has been replaced already.")
            plan.refuse(("evidence", at), {"replaces": message})
        replaced.add(row.replaces_id)


def _rows(row: Any, name: str) -> Sequence[Any]:
    rows: Sequence[Any] = row._prefetched_objects_cache[name]
    return rows


def _by_uid(claim: Claim, name: str) -> dict[UUID, Any]:
    """By primary key first, as rows of one day come in a record."""
    return {each.uid: each for each in sorted(_rows(claim, name), key=lambda each: each.pk)}


def _said_first(appearance: Appearance) -> date:
    return appearance.said_on.first or date.max


def dated_first(evidence: Evidence) -> date:
    """Where a piece comes among the others of its claim: without a first day, last."""
    return (evidence.dated and evidence.dated.first) or date.max
