"""How a write to claims ends: ledger entries for what the public can see, and fresh texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, QuerySet, When
from django.utils.translation import gettext as _

from claims import search
from claims.choices import Operation, Subject
from claims.documents import FORMAT, Names, record, render, tombstone
from claims.models import (
    Claim,
    ClaimDocument,
    Ledger,
    SearchText,
    Standing,
    read_all_that_hangs_on,
)
from claims.models.fields import FuzzyDateField, QuantityField

from .bulk import blank, insert
from .counts import move_counts
from .guard import StaleRevision, attempt, refuse_faulty
from .ledger import Entry, append, was_just_read
from .rules import facts_differ

BLOCK = 250  # rows a transaction of bulk work holds the ledger for


@dataclass(frozen=True)
class Public:
    """How a claim is in public: its record, and how it stands since its last entry."""

    record: dict[str, Any]
    standing: Standing | None

    def is_found_as_before(self, claim: Claim, differing: Collection[str]) -> bool:
        """Does search find the claim, in which those facts differ now, by what it did?

        Not where a speaker was renamed since: what is public is made anew by its document, which
        is new after a write, so that nobody would look for the name in this text again.
        """
        number = self.standing.number if self.standing else 0
        names = (claim.speaker, claim.on_behalf_of)
        return FOUND_BY.isdisjoint(differing) and all(
            (each.ledger_number or 0) <= number for each in names if each
        )


FOUND_BY = frozenset({*search.WEIGHTS, "speaker", "on_behalf_of"})
Before = Mapping[int, Public]
# What is to be said of one claim's change: its fields (by name) and both records go in.
Describe = Callable[[Claim, list[str]], tuple[Operation, str]]


def load(claims: Sequence[Claim]) -> dict[int, Claim]:
    """The claims as they stand under the lock, with everything, by primary key, in their order.

    Raises `StaleRevision` where one is no longer there.
    """
    pks = [claim.pk for claim in claims]
    if len(set(pks)) < len(pks):
        raise ValidationError(_("A batch names each claim once."))
    there = {claim.pk: claim for claim in claims if was_just_read(claim)}
    read_all_that_hangs_on(list(there.values()))
    if missing := [pk for pk in pks if pk not in there]:
        there |= Claim.objects.with_everything().in_bulk(missing)
    if len(there) < len(pks):
        raise StaleRevision
    return {pk: there[pk] for pk in pks}


def update_over(
    row: models.Model,
    revision: int | None,
    columns: Mapping[str, Any],
    *,
    moves: int = 1,
    **more: Any,
) -> None:
    """Write `columns` over the revision that the writer saw, and no other.

    One conditional UPDATE: between a check and a save somebody else could write. The revision
    `moves` on by as many writes as it stands for. Raises `StaleRevision`.
    """
    values: dict[str, Any] = {}
    for name, value in columns.items():
        field = row._meta.get_field(name)
        values |= (
            field.with_companions(value)
            if isinstance(field, FuzzyDateField | QuantityField)
            else {name: value}
        )
    at_revision = type(row)._default_manager.filter(pk=row.pk, revision=revision)
    if not at_revision.update(**values, **more, revision=F("revision") + moves):
        raise StaleRevision


def in_public(claims: Sequence[Claim]) -> dict[int, Public]:
    """The published ones, before a write. Expects them `with_everything`."""
    return {
        claim.pk: Public(record(claim), Standing.of(claim))
        for claim in claims
        if claim.is_published
    }


def settle(
    known: Mapping[int, Claim],
    before: Before,
    describe: Describe,
    *,
    actor: str,
    changed: Collection[str] = (),
    reasons: Mapping[int, str] | None = None,
    columns: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[int, Claim]:
    """Append an entry for each claim whose public facts changed, and render those anew.

    `known` are the claims as `load` gave them, and `changed` the relations whose rows are others
    now. `before` holds them as they were; a claim missing from it was not public. A reason goes
    into the record, so that it is hashed, and redacted, with it. `columns` are still to be written
    over the revision that was loaded: the claims in memory have been brought there by `bring`, and
    are not read again. Returns the claims as they now stand.
    """
    by_pk = dict(known) if columns else Claim.objects.after_write(known, changed)
    entries: dict[int, Entry] = {}
    for claim in (by_pk[pk] for pk in known):
        was_public = claim.pk in before
        if not (was_public or claim.is_published):
            continue
        after = record(claim) if claim.is_published else tombstone(claim)
        if was_public and claim.is_published:
            differing = facts_differ(before[claim.pk].record, after)
            if not differing:
                continue
        else:  # a claim that is new to the public was in no state there before
            differing = ["editorial_state"] if was_public or claim.ledger_number else []
        operation, cause = describe(claim, differing)
        entries[claim.pk] = Entry(
            operation=operation,
            cause=cause,
            subject=Subject.CLAIM,
            key=str(claim.uid),
            fields_changed=differing,
            record=after | {"reason": (reasons or {}).get(claim.pk, "")},
        )
    changes = append(list(entries.values()), actor=actor)
    for pk, change in zip(entries, changes, strict=True):
        by_pk[pk].ledger_number = change.number
    if columns:
        _write(by_pk, columns)
    _remember([by_pk[pk] for pk in entries], before, is_written=bool(columns))
    move_counts(
        [before[pk].record for pk in entries if pk in before],
        [by_pk[pk] for pk in entries if by_pk[pk].is_published],
    )
    # A draft has no entries, and is found by its editors all the same.
    touched = [each for each in by_pk.values() if each.pk in entries or not each.is_published]
    if not touched:
        return by_pk
    head = changes[-1].number if changes else Ledger.objects.get().number
    write_search_texts(
        [
            each
            for each in touched
            if each.pk not in before
            or not before[each.pk].is_found_as_before(each, entries[each.pk].fields_changed)
        ],
        head,
    )
    _write_public_texts(touched, head)
    gone = [pk for pk in entries if not by_pk[pk].is_published]
    if gone:
        ClaimDocument.objects.filter(pk__in=gone).delete()
    return by_pk


def hold(row: models.Model, **related: Sequence[models.Model]) -> None:
    """Let ``row.evidence.all()`` and its like give these rows, as after a prefetch."""
    there = row.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in related.items():
        there.pop(name, None)
        found = getattr(row, name).all()
        found._result_cache, found._prefetch_done = list(rows), True
        there[name] = found


def bring(claim: Claim, revision: int | None, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a claim as `load` gave it to where a write has it, in memory; returns the columns for
    `settle` to write. Raises `StaleRevision` where its writer saw another revision."""
    if revision != claim.revision:
        raise StaleRevision
    for name, value in columns.items():
        setattr(claim, name, value)
    claim.revision += 1
    return dict(columns)


def _write(claims: Mapping[int, Claim], columns: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the columns of claims that `bring` was asked for, each with its place in the ledger."""
    refuse_faulty(
        [
            attempt(
                update_over,
                claim,
                claim.revision - 1,
                {**columns[pk], "ledger_number": claim.ledger_number},
            )
            for pk, claim in claims.items()
        ]
    )


def _remember(claims: Sequence[Claim], before: Before, *, is_written: bool) -> None:
    if not is_written:
        Claim.objects.bulk_update(claims, ["ledger_number"])
    note_standings(
        {claim.pk: [(claim.ledger_number or 0, Standing.of(claim))] for claim in claims},
        {pk: each.standing for pk, each in before.items() if each.standing},
    )


def standings_now(pks: Sequence[int]) -> dict[int, Standing]:
    """How claims with these primary keys stand in public, by key."""
    standings = Standing.objects.filter(claim__in=pks, until__isnull=True) if pks else []
    return {each.claim_id: each for each in standings}


def note_standings(
    stood: Mapping[int, Sequence[tuple[int, Standing | None]]], before: Mapping[int, Standing]
) -> None:
    """Note how claims stand from each of their new entries on, where that is new.

    `stood` holds, by primary key, the entries' numbers and how the claim stands then, in their
    order; None: not in public. `before` is how those stood that were there.
    """
    begun, ended = [], dict[int, int]()
    for pk, entries in stood.items():
        was = before.get(pk)
        for number, now in entries:
            if was and now and not was.differences(now):
                continue
            if was and was is before.get(pk):
                ended[pk] = number
            elif was:
                was.until = number
            if now:
                begun.append(now)
            was = now
    _end(ended)
    insert(Standing, begun)


def _end(ended: Mapping[int, int]) -> None:
    """End what stands, by claim, at a number of the ledger."""
    if not ended:
        return
    standings = Standing.objects.filter(claim__in=list(ended), until__isnull=True)
    number: Any = next(iter(ended.values()))
    if len(ended) > 1:
        number = Case(*(When(claim=pk, then=at) for pk, at in ended.items()))
    standings.update(until=number)


def write_documents(claims: Sequence[Claim]) -> None:
    """Render claims (with everything) as of the ledger's head: the public texts of those that are
    published, and what search finds of all of them."""
    if claims:
        head = Ledger.objects.get().number
        write_search_texts(claims, head)
        _write_public_texts(claims, head)


def _write_public_texts(claims: Sequence[Claim], head: int) -> None:
    claims = [claim for claim in claims if claim.is_published]
    if claims:
        records = [record(claim) for claim in claims]
        names = Names.beside(claims, records)
        replace_texts(ClaimDocument, documents_of(claims, records, names, head))


def documents_of(
    claims: Sequence[Claim], records: Sequence[Mapping[str, Any]], names: Names, head: int
) -> Iterator[ClaimDocument]:
    """The public texts of claims with these records, as of a number of the ledger."""
    for claim, facts in zip(claims, records, strict=True):
        texts = render(facts, names)
        yield blank(
            ClaimDocument,
            claim_id=claim.pk,
            summary=texts.summary,
            timeline=texts.timeline,
            format=FORMAT,
            ledger_number=head,
        )


def search_texts_of(claims: Sequence[Claim], head: int) -> Iterator[SearchText]:
    """What search finds claims by, as of a number of the ledger. Reads their speakers."""
    for claim in claims:
        yield blank(
            SearchText,
            claim_id=claim.pk,
            text=search.search_text(claim),
            format=search.FORMAT,
            ledger_number=head,
        )


def replace_texts(model: type[models.Model], texts: Iterable[Any]) -> None:
    """Keep texts of claims in place of those that are there."""
    columns = [field.name for field in model._meta.fields if not field.primary_key]
    model._default_manager.bulk_create(
        texts, update_conflicts=True, unique_fields=["claim"], update_fields=columns
    )


def write_search_texts(claims: Sequence[Claim], head: int | None = None) -> None:
    """What search finds of claims, with their speakers, as of the ledger's head."""
    if claims:
        if head is None:
            head = Ledger.objects.get().number
        replace_texts(SearchText, search_texts_of(claims, head))


def write_documents_again(rows: QuerySet[Any], limit: int = BLOCK) -> int:
    """Render the texts of the first `limit` of `rows` (claims, or texts of claims) anew; returns
    how many there were."""
    pks = list(rows.values_list("pk", flat=True)[:limit])
    if pks:
        write_documents(list(Claim.objects.with_everything().filter(pk__in=pks)))
        Ledger.objects.update(texts_remade=F("texts_remade") + 1)
    return len(pks)
