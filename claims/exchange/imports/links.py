"""Links of an import: they come last, since both their claims may come with it."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims import curation
from claims.curation import Fate
from claims.models import Claim, Link

from .claim_bundles import claims_as_imported
from .names import unknown
from .run import Run
from .staging import Staged

ENDS = ("claim", "target")
CHECKED_TOGETHER = 2_000  # links, of at most twice as many claims, which are in memory meanwhile


def go_through(run: Run, rows: list[Staged]) -> None:
    """Check a block of links, or enter those that were checked."""
    ready = run.ready(rows)
    claims = claims_as_imported(run, {str(row.values[end]) for row in ready for end in ENDS})
    named = [row for row in ready if _named(run, row, claims)]
    known = Link.objects.select_related("claim", "target")
    there = {link.uid: link for link in known.filter(uid__in=[row.key for row in named])}
    done, new = [], []
    for row in named:
        link = there.get(row.values["id"])
        if link is None:
            new.append(row)
        elif _same(run, row, link):
            run.report.count(row, Fate.UNCHANGED)
            done.append(row)
    run.done(done)
    if run.writes:
        _enter(run, new, claims)
    else:
        _check(run, new, claims)


def _named(run: Run, row: Staged, claims: dict[str, Claim]) -> bool:
    """Are both claims there, or coming?"""
    lost = [end for end in ENDS if str(row.values[end]) not in claims]
    coming = run.staging.named("claims", [str(row.values[end]) for end in lost]) if lost else {}
    for end in lost:
        uid = row.values[end]
        if "claims" in run.staging.cut_short or str(uid) in coming:
            run.pass_over([row])
            return False
        run.refuse(row, end, unknown(Claim, uid, not run.report.faults.full))
    return not lost


def _same(run: Run, row: Staged, link: Link) -> bool:
    there = {"claim": link.claim.uid, "type": link.type, "target": link.target.uid}
    differing = [name for name, value in there.items() if row.values[name] != value]
    for name in differing:
        message = _("A link is not changed: take it away in the admin, and make another.")
        run.refuse(row, name, message)
    return not differing


def _check(run: Run, rows: list[Staged], claims: dict[str, Claim]) -> None:
    results = curation.check_links([_write(row, claims) for row in rows])
    good = []
    for row, result in zip(rows, results, strict=True):
        if isinstance(result, ValidationError):
            run.refuse_for(row, result)
            continue
        run.report.count(row, Fate.CREATED)
        good.append(row)
    run.done(good)


def _enter(run: Run, rows: list[Staged], claims: dict[str, Claim]) -> None:
    """Curation takes one a claim, and each moves its claim's revision."""
    while rows:
        first = {row.values["claim"]: row for row in reversed(rows)}
        one_a_claim = [row for row in rows if first[row.values["claim"]] is row]
        entered = run.carry_out(one_a_claim, partial(_link, run, claims))
        for row, _made in entered:
            run.report.count(row, Fate.CREATED)
        run.done(row for row, _made in entered)
        rows = [row for row in rows if row not in one_a_claim]
        claims |= claims_as_imported(run, {str(row.values["claim"]) for row in rows})


def _link(run: Run, claims: dict[str, Claim], rows: list[Staged]) -> list[Link]:
    return curation.link([_write(row, claims) for row in rows], actor=run.actor)


def _write(row: Staged, claims: dict[str, Claim]) -> curation.LinkWrite:
    claim = claims[str(row.values["claim"])]
    return curation.LinkWrite(
        claim=claim,
        revision=claim.revision,
        type=row.values["type"],
        target=claims[str(row.values["target"])],
        uid=row.values["id"],
    )
