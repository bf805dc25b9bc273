"""What dossiers come to, worked out in memory: the same for a check as before they are entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import EditorialState, Operation, Subject
from claims.documents import record
from claims.models import Appearance, Assessment, Claim, Evidence, Reference, Standing

from .bulk import blank
from .claims import EDITABLE_STATES, IMMATERIAL, Fate
from .dossier import CLAIM, Checked, Dossier, Place
from .dossier_assessments import plan_assessments
from .dossier_parts import plan_parts
from .dossier_rows import Keys, Named, There, hold
from .guard import StaleRevision, WrongState, assign, taken_fault
from .ledger import Entry
from .link_order import order_faults
from .rules import (
    claim_faults,
    facts_differ,
    publication_faults,
    standing_faults,
)

# The states that a dossier brings a claim to, in this order; others take a reason and an editor.
STATES = (EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.PUBLISHED)
MOST_REVISIONS = 2**31 - 1  # what the column takes


@dataclass
class Plan:
    """What one dossier comes to."""

    dossier: Dossier
    checked: Checked
    seen: int  # the claim's revision as it stands; 0 of a new one
    before: dict[str, Any] | None = None  # its record, where it is public already
    columns: dict[str, Any] = field(default_factory=dict)  # of the claim, that others are now
    sets: dict[str, list[Any]] = field(default_factory=dict)  # topics and collections, likewise
    added: list[Appearance | Evidence] = field(default_factory=list)
    edited: list[Appearance | Evidence] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    # Its public changes, each with how the claim stands from it on, and its record after them.
    entries: list[Entry] = field(default_factory=list)
    stood: list[tuple[int, Standing | None]] = field(default_factory=list)
    record: dict[str, Any] | None = None

    @property
    def claim(self) -> Claim:
        return self.checked.claim

    @property
    def is_new(self) -> bool:
        return self.dossier.claim is None

    @property
    def writes(self) -> bool:
        parts = self.added or self.edited or self.assessments
        return bool(self.is_new or self.columns or self.sets or parts)

    def refuse(self, place: Place, error: ValidationError | Mapping[str, Any]) -> None:
        """Note a fault, or another beside one that was found there before."""
        there = self.checked.faults.get(place)
        if not isinstance(error, ValidationError):
            error = ValidationError(dict(error))
        if there is None:
            self.checked.faults[place] = error
        elif hasattr(there, "error_dict") and hasattr(error, "error_dict"):
            self.checked.faults[place] = ValidationError(error.error_dict | there.error_dict)

    def became(self, place: Place, changes: dict[str, tuple[Any, Any]]) -> None:
        """Note the fate of a part that is there already."""
        self.checked.fates[place] = Fate.CHANGED if changes else Fate.UNCHANGED
        if changes:
            self.checked.changes[place] = changes


class Planner:
    """Plans dossiers one after the other, each against what is there and those before it.

    `numbers` are the next of the ledger; without them nothing is made ready to be entered.
    """

    def __init__(
        self, there: There, named: Named, keys: Keys, *, actor: str, numbers: Iterator[int] | None
    ) -> None:
        self.there = there
        self.named = named
        self.keys = keys
        self.actor = actor
        self.numbers = numbers
        self.now = timezone.now()
        # Met so far: claims and external ids, and the uids of new rows by their kind.
        self.claims: set[int] = set()
        self.external_ids: set[str] = set()
        self.uids: defaultdict[str, set[UUID]] = defaultdict(set)

    def plan_all(self, dossiers: Sequence[Dossier]) -> list[Plan]:
        plans = [self.plan(each) for each in dossiers]
        moved = [plan.claim if plan.seen and "said_on" in plan.columns else None for plan in plans]
        for plan, fault in zip(plans, order_faults(moved), strict=True):
            if fault:
                plan.refuse(CLAIM, fault)
        return plans

    def plan(self, dossier: Dossier) -> Plan:
        plan = self._begin(dossier)
        if plan.checked.faults and not plan.is_new:
            return plan
        was_state = plan.claim.editorial_state
        self._plan_claim(plan)
        self._plan_sets(plan)
        self._plan_state(plan)
        plan_parts(self, plan)
        self._conclude_claim(plan, was_state)
        plan_assessments(self, plan)
        judged = plan.assessments and CLAIM not in plan.checked.faults
        if judged and (faults := standing_faults(plan.claim)):
            plan.refuse(CLAIM, faults)
        return plan

    def _begin(self, dossier: Dossier) -> Plan:
        if dossier.claim is None:
            claim = blank(Claim, id=next(self.keys[Claim]), uid=dossier.uid or uuid4())
            hold(claim, topics=[], collections=[], appearances=[], evidence=[], assessments=[])
            hold(claim, links=[])
            plan = Plan(dossier, Checked(claim), seen=0)
            if dossier.words_revision is not None:
                claim.words_revision = dossier.words_revision
                if not 1 <= dossier.words_revision <= MOST_REVISIONS:
                    fault = _("Revisions count from 1 to %(most)d.") % {"most": MOST_REVISIONS}
                    plan.refuse(CLAIM, {"words_revision": fault})
            if claim.uid in self.there.uids or claim.uid in self.uids["claim"]:
                plan.refuse(CLAIM, taken_fault("uid"))
            self.uids["claim"].add(claim.uid)
            return plan
        there = self.there.claims.get(dossier.claim.pk)
        plan = Plan(dossier, Checked(there or dossier.claim), seen=dossier.claim.revision)
        if there is None:
            plan.refuse(CLAIM, StaleRevision())
            return plan
        plan.seen = there.revision
        if there.pk in self.claims:
            plan.refuse(CLAIM, ValidationError(_("An earlier one is about this claim.")))
        self.claims.add(there.pk)
        if self.numbers and there.is_published:
            plan.before = record(there)
        return plan

    def _plan_claim(self, plan: Plan) -> None:
        claim = plan.claim
        changes: dict[str, tuple[Any, Any]] = {}
        try:
            plan.columns, changes = self.put(claim, plan.dossier.values)
            if faults := claim_faults(claim):
                plan.refuse(CLAIM, faults)
        except ValidationError as error:
            plan.refuse(CLAIM, error)
        if external_id := plan.columns.get("external_id"):
            owner = self.there.external_ids.get(external_id, claim.pk)
            if owner != claim.pk or external_id in self.external_ids:
                plan.refuse(CLAIM, taken_fault("external_id"))
            self.external_ids.add(external_id)
        if plan.is_new:
            plan.checked.fates[CLAIM] = Fate.CREATED
        else:
            plan.became(CLAIM, changes)

    def _plan_sets(self, plan: Plan) -> None:
        for name in ("topics", "collections"):
            if (wanted := getattr(plan.dossier, name)) is None:
                continue
            rows = [self.named(row) for row in wanted]
            if None in rows:
                plan.refuse(CLAIM, {name: _gone()})
                continue
            by_slug = {row.slug: row for row in rows}
            was = sorted(row.slug for row in getattr(plan.claim, name).all()) if plan.seen else []
            if (slugs := sorted(by_slug)) == was:
                continue
            plan.sets[name] = list(by_slug.values())
            hold(plan.claim, **{name: plan.sets[name]})
            if plan.seen:
                self._note_change(plan, name, was, slugs)

    def _note_change(self, plan: Plan, name: str, was: Any, now: Any) -> None:
        plan.became(CLAIM, plan.checked.changes.get(CLAIM, {}) | {name: (was, now)})

    def _plan_state(self, plan: Plan) -> None:
        claim, state = plan.claim, plan.dossier.state
        was = claim.editorial_state
        if state and state != was:
            forward = state in STATES and was in STATES
            if not forward or STATES.index(state) < STATES.index(was):
                message = _(
                    "An import does not bring a claim from %(was)s to %(state)s; the admin does."
                )
                plan.refuse(CLAIM, {"editorial_state": message % {"was": was, "state": state}})
                return
            plan.columns |= {"editorial_state": state, "state_reason": ""}
            claim.editorial_state, claim.state_reason = state, ""
            if claim.is_published and not claim.published_at:
                claim.published_at = plan.columns["published_at"] = self.now
            if plan.seen:
                self._note_change(plan, "editorial_state", was, state)
        if claim.is_published and (faults := publication_faults(claim)):
            plan.refuse(CLAIM, faults)

    def fault_of_uid(self, plan: Plan, name: str, uid: UUID) -> ValidationError | None:
        owner = self.there.owners[name].get(uid, plan.claim.uid)
        if owner != plan.claim.uid:
            message = _("It belongs to claim %(uid)s, and stays there.") % {"uid": owner}
            return ValidationError({"claim": message})
        if uid in self.uids[name]:
            return taken_fault("uid")
        self.uids[name].add(uid)
        return None

    def _conclude_claim(self, plan: Plan, was_state: str) -> None:
        """See that all this may be done to the claim, and move its counters."""
        claim = plan.claim
        if not plan.writes:
            return
        if plan.seen:
            own = plan.columns or plan.sets or plan.edited
            if own and plan.dossier.revision not in (None, plan.seen):
                plan.checked.faults[CLAIM] = StaleRevision()
            if was_state not in EDITABLE_STATES:
                label = EditorialState(was_state).label
                message = _("A claim that is “%(state)s” is not edited.") % {"state": label}
                plan.refuse(CLAIM, WrongState(message))
            claim.revision += 1
            written = plan.columns.keys() - {"editorial_state", "state_reason", "published_at"}
            if not written <= IMMATERIAL:
                claim.words_revision += 1
                claim.stale = claim.stale or claim.closed
                plan.columns |= {"words_revision": claim.words_revision, "stale": claim.stale}
        if not claim.is_published or not self.numbers or plan.checked.faults:
            return
        if plan.before is None:
            self.note_step(plan, Operation.PUBLISH, "", [])
            return
        if differing := facts_differ(plan.before, record(claim)):
            if plan.columns or plan.sets:
                operation = Operation.EDIT
            else:
                parts = (*plan.added, *plan.edited)
                only_evidence = all(isinstance(each, Evidence) for each in parts)
                operation = Operation.EVIDENCE if only_evidence else Operation.APPEARANCE
            self.note_step(plan, operation, "", differing)

    def note_step(
        self, plan: Plan, operation: Operation, cause: str, differing: Sequence[str] | None
    ) -> None:
        """One public change of a claim, as it now stands in memory; None: look what differs."""
        assert self.numbers is not None  # noqa: S101 (nothing is noted in a check)
        claim = plan.claim
        number = claim.ledger_number = next(self.numbers)
        after = record(claim)
        if differing is None:
            differing = facts_differ(plan.record or plan.before or {}, after)
        plan.record = after
        plan.entries.append(
            Entry(
                operation=operation,
                cause=cause,
                subject=Subject.CLAIM,
                key=str(claim.uid),
                fields_changed=differing,
                record=after | {"reason": ""},
            )
        )
        plan.stood.append((number, Standing.of(claim)))

    def put(
        self, row: Any, values: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, Any]]]:
        """Put values on a row: the columns that this changes, and of an old row from what."""
        named = dict(values)
        gone = {}
        for name, value in values.items():
            if isinstance(value, Reference):
                named[name] = self.named(value)
                if named[name] is None:
                    gone[name] = _gone()
        if gone:
            raise ValidationError(gone)
        if row._state.adding:
            return assign(row, named), {}
        was = {name: getattr(row, name, None) for name in named}
        columns = assign(row, named)
        return columns, {name: (was[name], value) for name, value in columns.items()}

    def instant(self, recorded_at: datetime | None) -> datetime:
        """When a part was recorded, in UTC, as it is read from the database."""
        return recorded_at.astimezone(UTC) if recorded_at else self.now

    def fault_of_instant(self, instant: Any) -> str:
        if not isinstance(instant, datetime) or timezone.is_naive(instant):
            return _("Give an instant with its offset from UTC, such as 2021-09-20T08:00:00+00:00.")
        return _("This is still to come.") if instant > self.now else ""


def _gone() -> str:
    return _("It is not there any more.")
