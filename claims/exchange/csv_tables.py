"""How the rows of each CSV table are handed to curation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from claims import curation
from claims.choices import EditorialState
from claims.curation import Fate
from claims.models import Claim

from .csv_files import File, Row
from .csv_names import rows_by_key
from .csv_run import Run

# The states that an import brings claims to, in this order; others take a reason and an editor.
_STATES: list[str] = [EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.PUBLISHED]


def write_references(run: Run, file: File, rows: list[Row]) -> None:
    model: type[Any] = file.table.model
    there = rows_by_key(model, {row.values["slug"] for row in rows})

    def write(rows: list[Row]) -> Sequence[tuple[Any, Fate]]:
        return curation.write_reference(
            [
                curation.ReferenceWrite(
                    model=model,
                    row=there.get(row.values["slug"]),
                    revision=_revision(row, there.get(row.values["slug"])),
                    values=_but(row, "revision"),
                )
                for row in rows
            ],
            actor=run.actor,
        )

    for _row, (_written, fate) in run.carry_out(file, rows, write):
        run.fates[fate] += 1


def write_claims(run: Run, file: File, rows: list[Row]) -> None:
    there = _claims_of(run, file, rows)

    def write(rows: list[Row]) -> Sequence[curation.Written]:
        return curation.write_claims(
            [
                curation.ClaimWrite(
                    claim=there[row.line],
                    revision=_revision(row, there[row.line]),
                    values=_but(row, "id", "revision", "topics", "collections", "editorial_state"),
                    topics=row.values.get("topics"),
                    collections=row.values.get("collections"),
                    uid=row.values.get("id"),
                )
                for row in rows
            ],
            actor=run.actor,
        )

    rows = [row for row in rows if row.line in there]
    written = {row.line: made for row, made in run.carry_out(file, rows, write)}
    moved: set[int] = set()
    for state, move in (
        (EditorialState.IN_REVIEW, curation.submit_for_review),
        (EditorialState.PUBLISHED, curation.publish),
    ):
        moving = [
            row
            for row in rows
            if row.line in written
            and row.values.get("editorial_state") == state
            and written[row.line].claim.editorial_state != state
        ]

        def change(rows: list[Row], move: Callable[..., list[Claim]] = move) -> Sequence[Claim]:
            return move([_state_change(row, written[row.line]) for row in rows], actor=run.actor)

        moved.update(row.line for row, _claim in run.carry_out(file, moving, change))
    for line, made in written.items():
        fate = made.fate
        if fate == Fate.CREATED:
            run.entered.add(made.claim.pk)
        run.fates[Fate.CHANGED if fate == Fate.UNCHANGED and line in moved else fate] += 1


def _claims_of(run: Run, file: File, rows: Sequence[Row]) -> dict[int, Claim | None]:
    """By line: the claim each row is about, None for a new one; the faulty are left out."""
    known = Claim.objects.filter(
        Q(uid__in={row.values.get("id") for row in rows} - {None})
        | Q(external_id__in={row.values.get("external_id") for row in rows} - {None, ""})
    )
    by_uid = {claim.uid: claim for claim in known}
    by_external_id = {claim.external_id: claim for claim in known}
    there: dict[int, Claim | None] = {}
    taken: set[UUID] = set()
    for row in rows:
        uid = row.values.get("id")
        claim = by_uid.get(uid) if uid else by_external_id.get(row.values["external_id"])
        if claim and claim.uid in taken:
            run.refuse(file, row, "id", _("An earlier row is about this claim."))
        elif fault := _state_fault(row, claim):
            run.refuse(file, row, "editorial_state", fault)
        else:
            there[row.line] = claim
            if claim:
                taken.add(claim.uid)
    return there


def write_parts(run: Run, file: File, rows: list[Row]) -> None:
    """Appearances and evidence."""
    related = [column.name for column in file.table.columns if column.names]
    there = _by_uid(file.table.model._default_manager.select_related(*related), rows)
    differing: dict[UUID, list[Row]] = defaultdict(list)  # by claim
    for row in rows:
        part = there.get(row.values["id"])
        if part and part.claim != row.values["claim"]:
            message = _("It belongs to claim %(uid)s, and stays there.")
            run.refuse(file, row, "claim", message % {"uid": part.claim.uid})
        elif part and not _differing(file, row, part):
            run.fates[Fate.UNCHANGED] += 1
        else:
            differing[row.values["claim"].uid].append(row)

    def write(by_claim: list[list[Row]]) -> Sequence[curation.Written]:
        return curation.write_claims(
            [
                curation.ClaimWrite(
                    claim=of_claim[0].values["claim"],
                    revision=of_claim[0].values["claim"].revision,
                    **_parts(file, of_claim, there),
                )
                for of_claim in by_claim
            ],
            actor=run.actor,
        )

    # Rows of one claim are one edit of it, and one entry in its history.
    for of_claim, _written in run.carry_out(file, list(differing.values()), write):
        for row in of_claim:
            known = row.values["id"] in there
            run.fates[Fate.CHANGED if known else Fate.CREATED] += 1


def write_links(run: Run, file: File, rows: list[Row]) -> None:
    there = _by_uid(file.table.model._default_manager.select_related("claim", "target"), rows)

    def write(rows: list[Row]) -> Sequence[Any]:
        return curation.link(
            [
                curation.LinkWrite(
                    claim=row.values["claim"],
                    revision=row.values["claim"].revision,
                    type=row.values["type"],
                    target=row.values["target"],
                    uid=row.values["id"],
                )
                for row in rows
            ],
            actor=run.actor,
        )

    message = _("A link is not changed: take it away in the admin, and make another.")
    new = _new_rows(run, file, rows, there, message)
    run.fates.update([Fate.CREATED] * len(run.carry_out(file, new, write)))


def write_assessments(run: Run, file: File, rows: list[Row]) -> None:
    there = _by_uid(
        file.table.model._default_manager.select_related("claim", "corrects").prefetch_related(
            "evidence"
        ),
        rows,
    )

    def write(rows: list[Row]) -> Sequence[Any]:
        return curation.assess(
            [
                curation.AssessmentWrite(
                    claim=row.values["claim"],
                    revision=row.values["claim"].revision,
                    words_revision=_words_judged(run, row),
                    values=_but(
                        row, "id", "claim", "words_revision", "evidence", "happened_before_said"
                    ),
                    evidence=row.values.get("evidence", ()),
                    uid=row.values["id"],
                    happened_before_said=row.values.get("happened_before_said", False),
                )
                for row in rows
            ],
            actor=run.actor,
        )

    message = _("An assessment is never changed: record a new one, with an id of its own.")
    new = _new_rows(run, file, rows, there, message)
    run.fates.update([Fate.CREATED] * len(run.carry_out(file, new, write)))


def _words_judged(run: Run, row: Row) -> int | None:
    """The revision that the row names. One that came with its claim judged the words it came with;
    of a claim that was there already, nobody knows which words its author had seen."""
    claim: Claim = row.values["claim"]
    known = claim.words_revision if claim.pk in run.entered else None
    return row.values.get("words_revision", known)


def _new_rows(
    run: Run, file: File, rows: Sequence[Row], there: Mapping[UUID, Any], message: str
) -> list[Row]:
    """Those of `rows` that are not there; the others must say what is there, or are refused."""
    new = []
    for row in rows:
        old = there.get(row.values["id"])
        if old is None:
            new.append(row)
        elif differing := _differing(file, row, old):
            for name in differing:
                run.refuse(file, row, name, message)
        else:
            run.fates[Fate.UNCHANGED] += 1
    return new


def _parts(file: File, rows: Sequence[Row], there: Mapping[UUID, Any]) -> dict[str, Any]:
    """The appearances or the evidence of one claim, as `ClaimWrite` takes them."""
    return {
        file.table.name: [
            curation.RowWrite(
                row=there.get(row.values["id"]),
                values=_but(row, "id", "claim"),
                uid=row.values["id"],
            )
            for row in rows
        ]
    }


def _but(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name not in names}


def _revision(row: Row, there: Any) -> int | None:
    """The revision the file's author saw; a file without one takes rows as they are."""
    revision: int | None = row.values.get("revision", there and there.revision)
    return revision


def _state_fault(row: Row, claim: Claim | None) -> str:
    state = row.values.get("editorial_state")
    was = claim.editorial_state if claim else EditorialState.DRAFT
    if not state or state == was:
        return ""
    if state in _STATES and was in _STATES and _STATES.index(state) > _STATES.index(was):
        return ""
    return _("An import does not bring a claim from %(was)s to %(state)s; the admin does.") % {
        "was": was,
        "state": state,
    }


def _state_change(row: Row, written: curation.Written) -> curation.StateChange:
    # An edit has seen to the revision in the file, and moved past it.
    seen = (
        _revision(row, written.claim) if written.fate == Fate.UNCHANGED else written.claim.revision
    )
    return curation.StateChange(claim=written.claim, revision=seen)


def _differing(file: File, row: Row, there: Any) -> list[str]:
    """Columns in which the file and the row that is there do not say the same."""
    differing = []
    for column in file.columns:
        if column.name in file.table.keys or column.name not in row.values or column.confirms:
            continue
        was, value = getattr(there, column.name), row.values[column.name]
        if column.many:
            same = set(was.all()) == set(value)
        else:
            # NULL in a text that is never empty of itself: redacted, and not to be told.
            same = was == value or (was is None and column.guard)
        if not same:
            differing.append(column.name)
    return differing


def _by_uid(rows: models.QuerySet, named: Sequence[Row]) -> dict[UUID, Any]:
    return {each.uid: each for each in rows.filter(uid__in=[row.values["id"] for row in named])}


WRITERS: dict[str, Callable[[Run, File, list[Row]], None]] = {
    "topics": write_references,
    "collections": write_references,
    "speakers": write_references,
    "sources": write_references,
    "claims": write_claims,
    "appearances": write_parts,
    "evidence": write_parts,
    "links": write_links,
    "assessments": write_assessments,
}
