"""The whole walk: entries, then the rows and texts that they speak of, a block at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claims import search
from claims.choices import Subject
from claims.documents import (
    ABOUT_THE_ENTRY,
    FORMAT,
    Names,
    record,
    reference_record,
    render,
    tombstone,
)
from claims.models import (
    REFERENCE_MODELS,
    Change,
    Claim,
    ClaimDocument,
    Ledger,
    Redaction,
    Reference,
    SearchText,
    Speaker,
    in_blocks,
)
from claims.models.fields import FuzzyDateField, QuantityField

from .counts import check_counts
from .entries import Chain, LedgerFault
from .snapshot import snapshot
from .standings import check_edges, check_standings

BLOCK = 250  # rows that are in memory at once
NOTHING, NAMES, NEWER_FORMAT = "", "names", "format"  # what a text waits for


@dataclass
class Findings:
    """What was looked at, and what is no fault but not finished either."""

    head: str = ""  # number.hash, the hash in full
    entries: int = 0
    redacted: int = 0  # entries whose record was removed by law
    claims: int = 0
    references: int = 0
    texts: int = 0
    # Claims whose texts wait for refresh_documents, or for rebuild_documents.
    with_older_names: int = 0
    in_older_format: int = 0
    # Rows that a fixture brought in past the ledger.
    not_entered: int = 0


def verify(against: str = "") -> Findings:
    """Check entries, rows and texts; memory and the queries of a block stay the same throughout.

    `against` is an earlier head that somebody noted (`Chain`). Raises `LedgerFault` at the first
    thing that is not as it should be.
    """
    chain, findings = Chain(against), Findings()
    with snapshot():
        for entries in _read(Change.objects.order_by("number")):
            _follow(chain, entries)
            for check in ENTRY_CHECKS:
                check(entries)
        chain.end(Ledger.objects.get())
        for claims in _read(
            Claim.objects.with_everything().select_related("merged_into").order_by("pk")
        ):
            _check_claims(claims, findings)
        for subject, model in REFERENCE_MODELS.items():
            # As a fixture's, an organisation may come after its members.
            related = ["organisation"] if model is Speaker else []
            rows: QuerySet[Any] = model._default_manager.select_related(*related).order_by("pk")
            for block in _read(rows):
                _check_references(subject, block, findings)
        check_counts()
    findings.head = f"{chain.number}.{chain.hash}"
    findings.entries, findings.redacted = chain.number, chain.redacted
    return findings


def _read(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    return in_blocks(rows.iterator(chunk_size=BLOCK), BLOCK)


def _last_entries(subject: str, keys: Sequence[str]) -> dict[str, Change]:
    return {each.key: each for each in Change.objects.newest_at(None, {subject: keys})}


def _follow(chain: Chain, entries: Sequence[Change]) -> None:
    blanked = [str(each.number) for each in entries if each.record is None]
    warrants = set(
        Redaction.objects.filter(
            table=Change._meta.db_table, column="record", row__in=blanked
        ).values_list("row", flat=True)
    )
    for entry in entries:
        chain.follow(entry, warranted=str(entry.number) in warrants)


def _check_subjects_are_there(entries: Sequence[Change]) -> None:
    """What was public stays, in whatever state: nothing that has an entry is deleted."""
    for subject in Subject.values:
        keys = {each.key: each.number for each in entries if each.subject == subject}
        if not keys:
            continue
        rows: QuerySet[Any]
        if subject == Subject.CLAIM:
            rows = Claim.objects.filter(uid__in=keys).values_list("uid", flat=True)
        else:
            model = REFERENCE_MODELS[subject]
            rows = model._default_manager.filter(slug__in=keys).values_list("slug", flat=True)
        there = {str(each) for each in rows}
        if missing := next((key for key in keys if key not in there), None):
            raise LedgerFault(f"{subject} {missing}: it has entry {keys[missing]}, but no row")


# What else a block of entries is held against: each raises `LedgerFault`.
ENTRY_CHECKS: tuple[Callable[[Sequence[Change]], None], ...] = (
    _check_subjects_are_there,
    check_standings,
)


def _check_claims(claims: Sequence[Claim], findings: Findings) -> None:
    entries = _last_entries(Subject.CLAIM, [str(claim.uid) for claim in claims])
    documents = ClaimDocument.objects.in_bulk([claim.pk for claim in claims])
    search_texts = SearchText.objects.in_bulk([claim.pk for claim in claims])
    facts = {
        claim.pk: record(claim) if claim.is_published else tombstone(claim) for claim in claims
    }
    names = Names.of([facts[claim.pk] for claim in claims if claim.is_published])
    for claim in claims:
        where = f"claim {claim.uid}"
        entry = entries.get(str(claim.uid))
        if claim.is_published and entry is None:
            raise LedgerFault(f"{where}: it is published, and the ledger has no entry of it")
        _check_row(where, claim.ledger_number, facts[claim.pk], entry)
        _check_companions(where, claim)
        document, search_text = documents.get(claim.pk), search_texts.get(claim.pk)
        waits_for = {
            _check_document(where, claim, facts[claim.pk], document, names),
            _check_search_text(where, claim, search_text),
        }
        findings.claims += 1
        findings.texts += document is not None
        findings.with_older_names += NAMES in waits_for
        findings.in_older_format += NEWER_FORMAT in waits_for
    check_edges(claims)


def _check_references(subject: str, rows: Sequence[Any], findings: Findings) -> None:
    entries = _last_entries(subject, [row.slug for row in rows])
    for row in rows:
        entry = entries.get(row.slug)
        where = f"{subject} {row.slug}"
        _check_row(where, row.ledger_number, reference_record(row), entry)
        _check_companions(where, row)
        findings.references += 1
        findings.not_entered += entry is None


def _check_row(where: str, number: int | None, facts: dict[str, Any], entry: Change | None) -> None:
    """A row names its last entry, and says what that says."""
    last = entry and entry.number
    if number != last:
        raise LedgerFault(f"{where}: it names entry {number} as its last, which is {last}")
    if entry is None or entry.record is None:
        return
    known = json.loads(entry.record)
    younger = {name for name in facts.keys() - known.keys() if facts[name] == {}}
    for name in sorted((facts.keys() | known.keys()) - ABOUT_THE_ENTRY - younger):
        if name not in facts or name not in known or facts[name] != known[name]:
            raise LedgerFault(
                f"{where}: its {name} is {_shown(facts.get(name))}, but its last entry, "
                f"{last}, says {_shown(known.get(name))}"
            )


def _check_companions(where: str, row: Claim | Reference) -> None:
    """The columns beside a fuzzy date or a quantity say what it says."""
    for column in row._meta.fields:
        if isinstance(column, FuzzyDateField | QuantityField):
            for name, meant in column.companions(getattr(row, column.name)).items():
                if (found := getattr(row, name)) != meant:
                    raise LedgerFault(f"{where}: its {name} is {found}, which should be {meant}")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _check_document(
    where: str,
    claim: Claim,
    facts: dict[str, Any],
    document: ClaimDocument | None,
    names: Names,
) -> str:
    """What the public texts wait for. Raises `LedgerFault`."""
    if not claim.is_published:
        if document is not None:
            raise LedgerFault(f"{where}: it is not public, and has a public text")
        return NOTHING
    if document is None:
        raise LedgerFault(f"{where}: it is published, and has no public text")
    if document.format != FORMAT:
        return NEWER_FORMAT
    made = render(facts, names)
    for name in ("summary", "timeline"):
        if getattr(document, name) != getattr(made, name):
            if _names_changed_after(claim, document.ledger_number):
                return NAMES
            raise LedgerFault(f"{where}: its {name} is not what its facts render to")
    return NOTHING


def _check_search_text(where: str, claim: Claim, search_text: SearchText | None) -> str:
    """What the text that search finds it by waits for. Raises `LedgerFault`."""
    if search_text is None or search_text.format != search.FORMAT:
        return NEWER_FORMAT  # none: a fixture brought the claim in
    if search_text.text != search.search_text(claim):
        if not _names_changed_after(claim, search_text.ledger_number):
            raise LedgerFault(f"{where}: search finds it by words that are not its own")
        return NAMES
    return NOTHING


def _names_changed_after(claim: Claim, number: int) -> bool:
    """Was a row that the claim's texts name changed after this entry? Makes no query."""
    named: list[Reference | None] = [
        claim.speaker,
        claim.on_behalf_of,
        claim.source,
        *claim.topics.all(),
        *claim.collections.all(),
        *(each.source for each in claim.appearances.all()),
        *(each.source for each in claim.evidence.all()),
    ]
    return any((row.ledger_number or 0) > number for row in named if row)
