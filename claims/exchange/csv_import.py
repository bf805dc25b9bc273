"""CSV files into the tables: all of them, or nothing. Every write goes through curation.

Files are read first; then, in one transaction, their rows are created, changed or left as they
are, table after table in the order in which they name each other. A fault does not stop the
import from looking for more.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims import curation
from claims.choices import EditorialState
from claims.curation import Fate
from claims.filters import nearest
from claims.models import Claim, Reference

from .cells import Column
from .columns import TABLES, Table
from .csv_files import Fault, Faults, File, Row, read_file

BATCH = 250  # rows a call to curation
ALIKE = 1_000  # names that are looked through for the one that was meant

# The states that an import brings claims to, in this order; others take a reason and an editor.
_STATES: list[str] = [EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.PUBLISHED]

Item = TypeVar("Item", Row, list[Row])
Made = TypeVar("Made")


class ImportRefused(Exception):
    """Nothing was written. `faults` are the first of `count`."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(_("Faults: %(count)d") % {"count": faults.count})
        self.faults: list[Fault] = faults.told
        self.count = faults.count


def import_files(
    paths: Iterable[Path], *, actor: str, table: str = "", dry_run: bool = False
) -> Counter[Fate]:
    """Import files, and the files of folders; returns how many rows met each fate.

    A file's stem names its table, unless `table` does. Raises `ImportRefused`, and OSError where
    a file cannot be read.
    """
    faults = Faults()
    files = []
    for named, path in _tables_of(paths, table, faults):
        with path.open("rb") as stream:
            files.append(read_file(named, str(path), stream, faults))
    run = _Import(faults, actor)
    with curation.locked_ledger():
        for file in files:
            run.take(file)
        if faults.count:
            raise ImportRefused(faults)
        if dry_run:
            transaction.set_rollback(True)
    return run.fates


def _tables_of(paths: Iterable[Path], name: str, faults: Faults) -> list[tuple[Table, Path]]:
    """Each file with its table, those first whose rows others name."""
    found = []
    for path in paths:
        inside = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not inside:
            faults.add(str(path), 1, "", _("The folder holds no CSV file."))
        for file in inside:
            stem = name or file.stem
            if stem in TABLES:
                found.append((TABLES[stem], file))
            else:
                faults.add(
                    str(file),
                    1,
                    "",
                    _("There is no table “%(name)s”; a file is named after one of: %(tables)s.")
                    % {"name": stem, "tables": ", ".join(TABLES)}
                    + nearest(stem, TABLES),
                )
    order = list(TABLES)
    return sorted(found, key=lambda each: order.index(each[0].name))


class _Import:
    """One run over all files, under the ledger's lock."""

    def __init__(self, faults: Faults, actor: str) -> None:
        self.faults = faults
        self.actor = actor
        self.fates: Counter[Fate] = Counter()
        # Names of refused rows: rows that name them are passed over, not refused for it too.
        self.refused: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
        # Tables of files that could not be read: any of their rows may be missing.
        self.unread: set[type[models.Model]] = set()

    def take(self, file: File) -> None:
        if file.rows is None:
            self.unread.add(file.table.model)
            return
        for row in file.rows:
            if row.faulty:
                self._pass_over(file, row)
        write = _Import._write_references
        match file.table.name:
            case "claims":
                write = _Import._write_claims
            case "appearances" | "evidence":
                write = _Import._write_parts
            case "links":
                write = _Import._write_links
            case "assessments":
                write = _Import._write_assessments
        pending = deque(row for row in file.rows if not row.faulty)
        to_come = {_key(row) for row in pending} - {None}
        while pending:
            batch = _next_batch(file, pending, to_come)
            if batch:
                to_come.difference_update(_key(row) for row in batch)
                write(self, file, self._with_rows_for_names(file, batch))
            else:
                to_come.clear()  # they wait for each other, so they had better be there already

    # Faults

    def _refuse(self, file: File, row: Row, column: str, message: str) -> None:
        self.faults.add(file.name, row.line, column, message)
        self._pass_over(file, row)

    def _pass_over(self, file: File, row: Row) -> None:
        self.refused[file.table.model].add(_key(row))

    def _refuse_for(self, file: File, row: Row, error: ValidationError) -> None:
        """Note why curation refuses a row."""
        if isinstance(error, curation.StaleRevision):
            message = _(
                "It has changed since revision %(revision)d; export it anew, and edit that."
            )
            self._refuse(file, row, "revision", message % {"revision": row.values["revision"]})
            return
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self._refuse(file, row, "" if name == NON_FIELD_ERRORS else name, message)

    def _unknown(self, model: type[models.Model], name: str | UUID) -> str:
        hint = "" if self.faults.full else _alike(model, name)
        return _("There is no %(model)s “%(name)s”.%(hint)s") % {
            "model": model._meta.verbose_name,
            "name": name,
            "hint": hint,
        }

    # Names

    def _with_rows_for_names(self, file: File, rows: Sequence[Row]) -> list[Row]:
        """`rows` with rows in place of the slugs and uids in them, but for those with faults."""
        naming = [(column, column.names) for column in file.columns if column.names]
        wanted: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
        for column, model in naming:
            for row in rows:
                wanted[model].update(_names(row, column))
        found = {model: _by_key(model, keys) for model, keys in wanted.items()}
        return [row for row in rows if self._put_rows_for_names(file, row, naming, found)]

    def _put_rows_for_names(
        self,
        file: File,
        row: Row,
        naming: Sequence[tuple[Column, type[models.Model]]],
        found: Mapping[type[models.Model], Mapping[Any, models.Model]],
    ) -> bool:
        good = True
        for column, model in naming:
            named = []
            for name in _names(row, column):
                if name in found[model] and name not in self.refused[model]:
                    named.append(found[model][name])
                    continue
                good = False
                if name not in self.refused[model] and model not in self.unread:
                    self._refuse(file, row, column.name, self._unknown(model, name))
            if column.many and column.name in row.values:
                row.values[column.name] = named
            elif named:
                row.values[column.name] = named[0]
        if not good:
            self._pass_over(file, row)
        return good

    # Writes

    def _carry_out(
        self,
        file: File,
        items: list[Item],
        write: Callable[[list[Item]], Sequence[Made]],
    ) -> list[tuple[Item, Made]]:
        """What `write` makes of each item, a row or several, but for those curation refuses."""
        while items:
            try:
                return list(zip(items, write(items), strict=True))
            except curation.BatchRefused as refusal:
                for position, error in refusal.by_item.items():
                    item = items[position]
                    if isinstance(item, Row):
                        self._refuse_for(file, item, error)
                    elif len(item) == 1:
                        self._refuse_for(file, item[0], error)
                    else:
                        self._find_faulty(file, item, write, error)
                items = [item for at, item in enumerate(items) if at not in refusal.by_item]
        return []

    def _find_faulty(
        self,
        file: File,
        rows: list[Row],
        write: Callable[[list[Any]], Sequence[Any]],
        error: ValidationError,
    ) -> None:
        """Refuse those of `rows` that cannot be written, by trying each alone."""
        before = self.faults.count
        for row in rows:
            with transaction.atomic():
                self._carry_out(file, [[row]], write)
                transaction.set_rollback(True)
            self._pass_over(file, row)  # whoever names it could not be written either
        if self.faults.count == before:  # only together are they at fault
            self._refuse_for(file, rows[0], error)

    def _write_references(self, file: File, rows: list[Row]) -> None:
        model: type[Any] = file.table.model
        there = _by_key(model, {row.values["slug"] for row in rows})

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
                actor=self.actor,
            )

        for _row, (_written, fate) in self._carry_out(file, rows, write):
            self.fates[fate] += 1

    def _write_claims(self, file: File, rows: list[Row]) -> None:
        there = self._claims_of(file, rows)

        def write(rows: list[Row]) -> Sequence[curation.Written]:
            return curation.write_claims(
                [
                    curation.ClaimWrite(
                        claim=there[row.line],
                        revision=_revision(row, there[row.line]),
                        values=_but(
                            row, "id", "revision", "topics", "collections", "editorial_state"
                        ),
                        topics=row.values.get("topics"),
                        collections=row.values.get("collections"),
                        uid=row.values.get("id"),
                    )
                    for row in rows
                ],
                actor=self.actor,
            )

        rows = [row for row in rows if row.line in there]
        written = {row.line: made for row, made in self._carry_out(file, rows, write)}
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
                return move(
                    [_state_change(row, written[row.line]) for row in rows], actor=self.actor
                )

            moved.update(row.line for row, _claim in self._carry_out(file, moving, change))
        for line, made in written.items():
            fate = made.fate
            self.fates[Fate.CHANGED if fate == Fate.UNCHANGED and line in moved else fate] += 1

    def _claims_of(self, file: File, rows: Sequence[Row]) -> dict[int, Claim | None]:
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
                self._refuse(file, row, "id", _("An earlier row is about this claim."))
            elif fault := _state_fault(row, claim):
                self._refuse(file, row, "editorial_state", fault)
            else:
                there[row.line] = claim
                if claim:
                    taken.add(claim.uid)
        return there

    def _write_parts(self, file: File, rows: list[Row]) -> None:
        """Appearances and evidence."""
        related = [column.name for column in file.table.columns if column.names]
        there = _by_uid(file.table.model._default_manager.select_related(*related), rows)
        differing: dict[UUID, list[Row]] = defaultdict(list)  # by claim
        for row in rows:
            part = there.get(row.values["id"])
            if part and part.claim != row.values["claim"]:
                message = _("It belongs to claim %(uid)s, and stays there.")
                self._refuse(file, row, "claim", message % {"uid": part.claim.uid})
            elif part and not _differing(file, row, part):
                self.fates[Fate.UNCHANGED] += 1
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
                actor=self.actor,
            )

        # Rows of one claim are one edit of it, and one entry in its history.
        for of_claim, _written in self._carry_out(file, list(differing.values()), write):
            for row in of_claim:
                known = row.values["id"] in there
                self.fates[Fate.CHANGED if known else Fate.CREATED] += 1

    def _write_links(self, file: File, rows: list[Row]) -> None:
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
                actor=self.actor,
            )

        message = _("A link is not changed: take it away in the admin, and make another.")
        new = self._new_rows(file, rows, there, message)
        self.fates.update([Fate.CREATED] * len(self._carry_out(file, new, write)))

    def _write_assessments(self, file: File, rows: list[Row]) -> None:
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
                        words_revision=row.values.get(
                            "words_revision", row.values["claim"].words_revision
                        ),
                        values=_but(row, "id", "claim", "words_revision", "evidence"),
                        evidence=row.values.get("evidence", ()),
                        uid=row.values["id"],
                    )
                    for row in rows
                ],
                actor=self.actor,
            )

        message = _("An assessment is never changed: record a new one, with an id of its own.")
        new = self._new_rows(file, rows, there, message)
        self.fates.update([Fate.CREATED] * len(self._carry_out(file, new, write)))

    def _new_rows(
        self, file: File, rows: Sequence[Row], there: Mapping[UUID, Any], message: str
    ) -> list[Row]:
        """Those of `rows` that are not there; the others must say what is there, or are refused."""
        new = []
        for row in rows:
            old = there.get(row.values["id"])
            if old is None:
                new.append(row)
            elif differing := _differing(file, row, old):
                for name in differing:
                    self._refuse(file, row, name, message)
            else:
                self.fates[Fate.UNCHANGED] += 1
        return new


def _next_batch(file: File, pending: deque[Row], to_come: Collection[Any]) -> list[Row]:
    """Take rows from `pending`, in their order, but none that names one still to come.

    Links and assessments, which curation takes one by one, are taken one a claim.
    """
    batch: list[Row] = []
    put_off: list[Row] = []
    claims: set[UUID] = set()  # whose further rows stay behind
    one_a_claim = file.table.name in ("links", "assessments")
    among_themselves = [each for each in file.columns if each.names is file.table.model]
    while pending and len(batch) < BATCH:
        row = pending.popleft()
        claim = row.values.get("claim")
        waits = any(
            name in to_come and name != _key(row)
            for column in among_themselves
            for name in _names(row, column)
        )
        stays = waits or claim in claims
        (put_off if stays else batch).append(row)
        if claim and one_a_claim:
            claims.add(claim)
    pending.extendleft(reversed(put_off))
    return batch


def _key(row: Row) -> Any:
    """What other rows call this one; None: nothing."""
    return row.values.get("slug") or row.values.get("id")


def _names(row: Row, column: Column) -> list[Any]:
    """The slugs or uids in a cell, while no rows stand for them."""
    value = row.values.get(column.name)
    return (value or []) if column.many else [] if value is None else [value]


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
        if column.name in file.table.keys or column.name not in row.values:
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


def _by_key(model: type[Any], keys: Collection[Any]) -> dict[Any, Any]:
    if issubclass(model, Reference):
        return {row.slug: row for row in model._default_manager.filter(slug__in=keys)}
    return {row.uid: row for row in model._default_manager.filter(uid__in=keys)}


def _by_uid(rows: models.QuerySet, named: Sequence[Row]) -> dict[UUID, Any]:
    return {each.uid: each for each in rows.filter(uid__in=[row.values["id"] for row in named])}


def _alike(model: type[Any], name: str | UUID) -> str:
    """A hint at the row that was meant: of those that begin alike, or else of the first ones."""
    rows = model._default_manager.all()
    if isinstance(name, UUID):
        first = name.int >> 120 << 120
        alike = rows.filter(uid__range=(UUID(int=first), UUID(int=first | (1 << 120) - 1)))
        key = "uid"
    else:
        alike, key = rows.filter(slug__startswith=name[:2]), "slug"
    for candidates in (alike, rows):
        known = map(str, candidates.values_list(key, flat=True)[:ALIKE])
        if hint := nearest(str(name), known):
            return hint
    return ""
