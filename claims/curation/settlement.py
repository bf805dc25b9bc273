"""How a write to claims ends: ledger entries for what the public can see, and fresh texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from claims import search
from claims.choices import Operation, Subject
from claims.documents import FORMAT, Names, record, render, tombstone
from claims.models import Change, Claim, ClaimDocument, Ledger, SearchText, Standing
from claims.models.fields import FuzzyDateField, QuantityField

from .bulk import blank, insert
from .guard import StaleRevision
from .ledger import Entry, append
from .rules import facts_differ

BLOCK = 250  # rows a transaction of bulk work holds the ledger for

Records = Mapping[int, dict[str, Any]]
# What is to be said of one claim's change: its fields (by name) and both records go in.
Describe = Callable[[Claim, list[str]], tuple[Operation, str]]


def load(claims: Sequence[Claim]) -> dict[int, Claim]:
    """The claims as they stand under the lock, with everything, by primary key, in their order.

    Raises `StaleRevision` where one is no longer there.
    """
    pks = [claim.pk for claim in claims]
    if len(set(pks)) < len(pks):
        raise ValidationError(_("A batch names each claim once."))
    there = Claim.objects.with_everything().in_bulk(pks)
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


def records_of(claims: Sequence[Claim]) -> dict[int, dict[str, Any]]:
    """The record of each published claim, before a write. Expects them `with_everything`."""
    return {claim.pk: record(claim) for claim in claims if claim.is_published}


def settle(
    known: Mapping[int, Claim],
    before: Records,
    describe: Describe,
    *,
    actor: str,
    changed: Collection[str] = (),
    reasons: Mapping[int, str] | None = None,
) -> dict[int, Claim]:
    """Append an entry for each claim whose public facts changed, and render those anew.

    `known` are the claims as `load` gave them, and `changed` the relations whose rows are others
    now. `before` holds the records as they were; a claim missing from it was not public. A reason
    goes into the record, so that it is hashed, and redacted, with it.
    Returns the claims as they now stand.
    """
    by_pk = Claim.objects.after_write(known, changed)
    entries: dict[int, Entry] = {}
    for claim in (by_pk[pk] for pk in known):
        was_public = claim.pk in before
        if not (was_public or claim.is_published):
            continue
        after = record(claim) if claim.is_published else tombstone(claim)
        if was_public and claim.is_published:
            differing = facts_differ(before[claim.pk], after)
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
    _remember(entries, changes, by_pk)
    # A draft has no entries, and is found by its editors all the same.
    write_documents(
        [each for each in by_pk.values() if each.pk in entries or not each.is_published]
    )
    gone = [pk for pk in entries if not by_pk[pk].is_published]
    if gone:
        ClaimDocument.objects.filter(pk__in=gone).delete()
    return by_pk


def _remember(
    entries: Mapping[int, Entry], changes: Sequence[Change], by_pk: Mapping[int, Claim]
) -> None:
    for pk, change in zip(entries, changes, strict=True):
        by_pk[pk].ledger_number = change.number
    claims = [by_pk[pk] for pk in entries]
    Claim.objects.bulk_update(claims, ["ledger_number"])
    note_standings(
        {claim.pk: [(claim.ledger_number or 0, Standing.of(claim))] for claim in claims},
        [claim.pk for claim in claims],
    )


def note_standings(
    stood: Mapping[int, Sequence[tuple[int, Standing | None]]], public: Sequence[int]
) -> None:
    """Note how claims stand from each of their new entries on, where that is new.

    `stood` holds, by primary key, the entries' numbers and how the claim stands then, in their
    order; None: not in public. `public` are the claims that may have stood somehow before.
    """
    of_claims = Standing.objects.filter(claim__in=public, until__isnull=True) if public else []
    standing = {each.claim_id: each for each in of_claims}
    begun, ended = [], []
    for pk, entries in stood.items():
        was = standing.get(pk)
        for number, now in entries:
            if was and now and not was.differences(now):
                continue
            if was:
                was.until = number
                if was.pk:
                    ended.append(was)
            if now:
                begun.append(now)
            was = now
    if ended:
        Standing.objects.bulk_update(ended, ["until"])
    insert(Standing, begun)


def write_documents(claims: Sequence[Claim]) -> None:
    """Render claims (with everything) as of the ledger's head: the public texts of those that are
    published, and what search finds of all of them."""
    if not claims:
        return
    head = write_search_texts(claims)
    claims = [claim for claim in claims if claim.is_published]
    if not claims:
        return
    records = [record(claim) for claim in claims]
    replace_texts(ClaimDocument, documents_of(claims, records, Names.of(records), head))


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


def write_search_texts(claims: Sequence[Claim]) -> int:
    """What search finds of claims, with their speakers, as of the ledger's head: its number."""
    if not claims:
        return 0
    head = Ledger.objects.get().number
    replace_texts(SearchText, search_texts_of(claims, head))
    return head


def write_documents_again(rows: QuerySet[Any], limit: int = BLOCK) -> int:
    """Render the texts of the first `limit` of `rows` (claims, or texts of claims) anew; returns
    how many there were."""
    pks = list(rows.values_list("pk", flat=True)[:limit])
    if pks:
        write_documents(list(Claim.objects.with_everything().filter(pk__in=pks)))
        Ledger.objects.update(texts_remade=F("texts_remade") + 1)
    return len(pks)
