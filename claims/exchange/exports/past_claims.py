"""Claims as they were at a number of the ledger, for the columns of the CSV to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from claims.documents import CLAIM_COLUMNS, Names, records_at, standing_verdict
from claims.models import Assessment, Claim, Collection, Source, Speaker, Topic
from claims.models.fields import FuzzyDateField, QuantityField


def past_claims(claims: Sequence[Claim], number: int) -> Iterator[tuple[Claim, bool]]:
    """`claims` as their records then had them, each with whether that record can be read: of one
    that was redacted only what it is called by is there."""
    records = records_at(number, [str(claim.uid) for claim in claims])
    readable = {uid: record for uid, record in records.items() if record is not None}
    names = Names.at(number, list(readable.values()))
    for claim in claims:
        record = readable.get(str(claim.uid))
        past: Any = _restored(claim.pk, record, names) if record else Claim(uid=claim.uid)
        past.changed_since = (claim.ledger_number or 0) > number
        yield past, record is not None


def _restored(pk: int, record: Mapping[str, Any], names: Names) -> Claim:
    """A claim as its record tells it, which is not for saving."""
    claim = Claim(
        pk=pk,
        uid=UUID(record["uid"]),
        # An older entry says nothing of a younger column.
        **{name: record[name] for name in CLAIM_COLUMNS if name in record},
        speaker=Speaker(slug=record["speaker"], name=names.speakers[record["speaker"]]["name"]),
        source=Source(slug=record["source"]),
    )
    for field in Claim._meta.fields:
        if isinstance(field, FuzzyDateField | QuantityField):
            field.pre_save(claim, add=True)  # reads the text, and fills the columns beside it
    if verdict := standing_verdict(record):
        claim.verdict = Assessment(headline=verdict["headline"])
    if record["on_behalf_of"]:
        claim.on_behalf_of = Speaker(slug=record["on_behalf_of"])
    claim._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "topics": [Topic(slug=slug) for slug in record["topics"]],
        "collections": [Collection(slug=slug) for slug in record["collections"]],
    }
    return claim
