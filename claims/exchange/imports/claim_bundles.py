"""Claims of an import, each with all that comes with it: a bundle of rows becomes one dossier."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims import curation
from claims.models import Claim

from .names import unknown
from .parsing import changed_companions
from .run import BLOCK, Run, but
from .staging import PARTS, Stage, Staged

# What hangs on one claim is written in one transaction, and in memory with its texts meanwhile,
# which takes a dozen times as much.
MAX_PARTS = 5_000  # rows
MAX_TEXT = 2_000_000  # characters of their cells


@dataclass
class Bundle:
    """The rows of one claim: its own, and what hangs on it."""

    uid: str
    row: Staged | None = None  # None: the files only have parts of it
    parts: dict[str, list[Staged]] = field(default_factory=lambda: {name: [] for name in PARTS})
    there: Claim | None = None

    @property
    def all_parts(self) -> list[Staged]:
        return [row for name in PARTS for row in self.parts[name]]

    @property
    def rows(self) -> list[Staged]:
        return ([self.row] if self.row else []) + self.all_parts

    def at(self, place: curation.Place) -> Staged:
        """The row that curation calls by this place; the first of all for a claim without one."""
        table, position = place
        if table == "claim":
            return self.row or self.rows[0]
        return self.parts[table][position]

    def keep(self, stage: Stage) -> None:
        """Leave out rows that are not at this stage any more."""
        for name in PARTS:
            self.parts[name] = [row for row in self.parts[name] if row.stage == stage]


def give_keys(run: Run) -> None:
    """Let claims that go by their external id go by a uid: that of the claim which has it, or a
    new one, which is then the same when it is entered."""
    for rows in run.staging.without_key("claims"):
        wanted = {row.cells["external_id"] for row in rows if row.cells.get("external_id")}
        claims = Claim.objects.with_external_ids(wanted)
        there = dict(claims.values_list("external_id", "uid"))
        keyed = [row for row in rows if row.cells.get("external_id")]
        for row in keyed:
            row.key = str(there.get(row.cells["external_id"]) or uuid4())
        run.staging.give_keys(keyed)


def next_block(run: Run) -> list[Bundle]:
    """The next claims to go through, of no more than `BLOCK` rows unless one has more by itself."""
    bundles = {row.key or f"row {row.pk}": Bundle(row.key, row) for row in run.next("claims")}
    if not bundles:
        claims = run.staging.next_claims(run.stage, BLOCK)
        bundles = {uid: Bundle(uid) for uid in claims}
    for part in run.staging.parts(list(bundles), run.stage):
        bundles[part.claim].parts[part.table.name].append(part)
    block: list[Bundle] = []
    size = 0
    for bundle in bundles.values():
        size += len(bundle.rows)
        if block and size > BLOCK:
            break
        block.append(bundle)
    return block


def go_through(run: Run, block: list[Bundle]) -> None:
    """Check a block of bundles, or enter those that were checked."""
    run.ready([row for bundle in block for row in bundle.rows])
    _find(run, block)
    refused = _refused_elsewhere(run, block)
    sound = [bundle for bundle in block if _sound(run, bundle, refused)]
    if run.writes:
        _enter(run, sound)
    else:
        _check(run, sound)


def _find(run: Run, block: Sequence[Bundle]) -> None:
    """The claims that are there already."""
    uids = [uid for bundle in block if (uid := _uid(bundle))]
    claims = Claim.objects.select_related("speaker", "verdict").filter(uid__in=uids)
    there = {str(claim.uid): claim for claim in claims}
    for bundle in block:
        bundle.there = there.get(bundle.uid)
        if bundle.there and not run.writes:
            for row in bundle.rows:  # of those that are refused too: one may go in another time
                row.seen = bundle.there.revision


def _refused_elsewhere(run: Run, block: Sequence[Bundle]) -> set[str]:
    """Uids of claims and of evidence that the bundles name, and that are refused."""
    claims = {bundle.uid for bundle in block if bundle.row is None and bundle.there is None}
    cited = {
        str(uid)
        for bundle in block
        for row in bundle.all_parts
        for uid in [*row.values.get("evidence", ()), row.values.get("replaces")]
        if uid
    }
    named = run.staging.named("claims", claims) | run.staging.named("evidence", cited)
    return {uid for uid, row in named.items() if row.stage in (Stage.REFUSED, Stage.PASSED_OVER)}


def _sound(run: Run, bundle: Bundle, refused: Collection[str]) -> bool:
    """Leave out what is refused, with what needs it; is there anything left?"""
    gone = bundle.row is not None and bundle.row.stage != run.stage
    lost = bundle.row is None and bundle.there is None
    bundle.keep(run.stage)
    if gone or (lost and (bundle.uid in refused or "claims" in run.staging.cut_short)):
        run.pass_over(bundle.all_parts)
        return False
    if lost:
        hint = not run.report.faults.full
        for row in bundle.all_parts:
            run.refuse(row, "claim", unknown(Claim, row.values["claim"], hint))
        return False
    if too_much := _too_much(bundle.all_parts):
        run.refuse(bundle.rows[0], "", too_much)
        run.pass_over(row for row in bundle.rows if row.stage == run.stage)
        return False
    if bundle.there and bundle.row and not run.writes:
        for column, message in changed_companions(bundle.row, bundle.there).items():
            run.refuse(bundle.row, column, message)
        if bundle.row.stage != run.stage:
            run.pass_over(bundle.all_parts)
            return False
    _leave_out_citing(run, bundle, refused)
    return bool(bundle.rows)


def _too_much(parts: Sequence[Staged]) -> str:
    """Why so many rows cannot hang on one claim; empty: they can."""
    if len(parts) > MAX_PARTS:
        message = _("%(rows)d rows hang on this claim; at most %(most)d are taken at once.")
        return message % {"rows": len(parts), "most": MAX_PARTS}
    length = sum(len(cell) for row in parts for cell in row.cells.values())
    if length > MAX_TEXT:
        message = _(
            "The rows that hang on this claim have %(length)d characters; at most %(most)d are "
            "taken at once. Bring the others in another file, after this one."
        )
        return message % {"length": length, "most": MAX_TEXT}
    return ""


def _leave_out_citing(run: Run, bundle: Bundle, refused: Collection[str]) -> None:
    """Pass over what rests on evidence that is refused, or replaces it."""
    for row in bundle.all_parts:
        named = [*row.values.get("evidence", ()), row.values.get("replaces")]
        if any(str(uid) in refused for uid in named):
            run.pass_over([row])
    bundle.keep(run.stage)


def _check(run: Run, bundles: list[Bundle]) -> None:
    good: list[Staged] = []
    while bundles:
        again = []
        results = curation.check_dossiers([_dossier(run, bundle) for bundle in bundles])
        for bundle, result in zip(bundles, results, strict=True):
            if not result.faults:
                good += _noted(run, bundle, result)
                continue
            # What is left of it may be well, and may be at fault itself.
            refused = _refuse(run, bundle, result.faults)
            _leave_out_citing(run, bundle, refused)
            if bundle.rows:
                again.append(bundle)
        bundles = again
    run.done(good)


def _enter(run: Run, bundles: list[Bundle]) -> None:
    while bundles:
        dossiers = [_dossier(run, bundle) for bundle in bundles]
        try:
            results = curation.enter_dossiers(dossiers, actor=run.actor, named=run.named)
        except curation.DossiersRefused as refusal:
            for position, result in refusal.by_item.items():
                _refuse(run, bundles[position], result.faults)
                run.pass_over(bundles[position].rows)
            bundles = [each for at, each in enumerate(bundles) if at not in refusal.by_item]
            continue
        entered = [_noted(run, *each) for each in zip(bundles, results, strict=True)]
        run.done(row for rows in entered for row in rows)
        return


def _refuse(run: Run, bundle: Bundle, faults: Mapping[curation.Place, ValidationError]) -> set[str]:
    """Refuse the rows at fault, and all of a claim that is itself; returns their keys."""
    at_fault = {place: bundle.at(place) for place in faults}
    for place, row in at_fault.items():
        run.refuse_for(row, faults[place])
    bundle.keep(run.stage)
    if ("claim", 0) in at_fault:
        run.pass_over(bundle.all_parts)
        bundle.row = None
        bundle.keep(run.stage)
    return {row.key for row in at_fault.values()}


def _noted(run: Run, bundle: Bundle, result: curation.Checked) -> list[Staged]:
    """Tell what became of the rows; returns them."""
    for place, fate in result.fates.items():
        if place == ("claim", 0) and bundle.row is None:
            continue
        row = bundle.at(place)
        run.report.count(row, fate)
        run.report.show(row, result.changes.get(place, {}))
    # A verdict on a public claim leaves its words alone.
    if result.claim.is_published and any(
        fate != curation.Fate.UNCHANGED and table != "assessments"
        for (table, _at), fate in result.fates.items()
    ):
        run.report.public = True
    return bundle.rows


def _dossier(run: Run, bundle: Bundle) -> curation.Dossier:
    values = bundle.row.values if bundle.row else {}
    # Of a claim with none but parts, they saw it as it was checked.
    return curation.Dossier(
        claim=bundle.there,
        revision=run.revision(bundle.rows[0], bundle.there),
        values=but(
            values,
            *("id", "revision", "words_revision", "topics", "collections", "editorial_state"),
        ),
        topics=values.get("topics"),
        collections=values.get("collections"),
        uid=None if bundle.there else _uid(bundle),
        words_revision=values.get("words_revision"),
        state=values.get("editorial_state", ""),
        appearances=[_part(row) for row in bundle.parts["appearances"]],
        evidence=[_part(row) for row in bundle.parts["evidence"]],
        assessments=[_assessment(row) for row in bundle.parts["assessments"]],
    )


def _part(row: Staged) -> curation.DossierRow:
    return curation.DossierRow(uid=row.values["id"], values=but(row.values, "id", "claim"))


def _assessment(row: Staged) -> curation.DossierAssessment:
    values = row.values
    return curation.DossierAssessment(
        uid=values["id"],
        values=but(
            values,
            *("id", "claim", "evidence", "corrects", "words_revision", "recorded_at"),
            "happened_before_said",
        ),
        evidence=values.get("evidence", ()),
        corrects=values.get("corrects"),
        words_revision=values.get("words_revision"),
        recorded_at=values.get("recorded_at"),
        happened_before_said=values.get("happened_before_said", False),
    )


def claims_as_imported(run: Run, uids: Collection[str]) -> dict[str, Claim]:
    """Claims by uid as the import leaves them: in memory alone, while nothing is entered."""
    there = Claim.objects.with_named().filter(uid__in=[uid for uid in uids if _is_uid(uid)])
    claims = {str(claim.uid): claim for claim in there}
    if run.writes or "claims" not in run.staging.tables:
        return claims
    staged = run.staging.named("claims", uids).values()
    coming = run.understood([row for row in staged if row.stage == Stage.CHECKED])
    bundles = [Bundle(row.key, row, there=claims.get(row.key)) for row in coming]
    checked = curation.check_dossiers([_dossier(run, bundle) for bundle in bundles])
    return claims | {
        bundle.uid: result.claim for bundle, result in zip(bundles, checked, strict=True)
    }


def _uid(bundle: Bundle) -> UUID | None:
    """As the claim's own row has it, unless it goes by its external id; None: it is no uid."""
    uid: UUID | None = bundle.row.values.get("id") if bundle.row else None
    return uid or (UUID(bundle.uid) if _is_uid(bundle.uid) else None)


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
