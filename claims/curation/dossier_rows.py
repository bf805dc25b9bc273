"""The rows that dossiers are held against, read in a fixed number of queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.db import models

from claims.documents import reference_record
from claims.models import (
    Appearance,
    Assessment,
    Claim,
    Evidence,
    Reference,
    Speaker,
)

from .bulk import draw_keys
from .dossier import Dossier

PARTS: dict[str, type[Any]] = {
    "appearances": Appearance,
    "evidence": Evidence,
    "assessments": Assessment,
}

Keys = Mapping[type[models.Model], Iterator[int]]
MOST_KEPT = 4_000  # rows of `Named`, beside those of one block
_stand_ins = count(-1, -1)  # primary keys of what is only in memory: no two rows share one


@dataclass(frozen=True)
class There:
    """What is there of all that some dossiers name."""

    claims: Mapping[int, Claim]  # with everything, by primary key
    uids: frozenset[UUID]  # of new claims: those that are taken
    external_ids: Mapping[str, int]  # whose each is: the claim's primary key
    owners: Mapping[str, Mapping[UUID, UUID]]  # by kind of part and its uid: its claim's uid


def read(dossiers: Sequence[Dossier]) -> There:
    known = [each.claim.pk for each in dossiers if each.claim]
    uids = [each.uid for each in dossiers if each.uid and not each.claim]
    external_ids = {each.values.get("external_id") for each in dossiers} - {None, ""}
    claims = Claim.objects.with_everything().in_bulk(known) if known else {}
    taken = Claim.objects.filter(uid__in=uids).values_list("uid", flat=True) if uids else []
    owned = Claim.objects.with_external_ids(external_ids) if external_ids else None
    owners = {}
    for name, model in PARTS.items():
        named = [part.uid for each in dossiers for part in getattr(each, name)]
        rows = model._default_manager.filter(uid__in=named).order_by() if named else None
        owners[name] = dict(rows.values_list("uid", "claim__uid")) if rows is not None else {}
    return There(
        claims=claims,
        uids=frozenset(taken),
        external_ids=dict(owned.values_list("external_id", "pk")) if owned is not None else {},
        owners=owners,
    )


def new_rows(dossiers: Sequence[Dossier], there: There) -> dict[type[models.Model], int]:
    """How many rows of each table are to be made, at most."""
    counts: dict[type[models.Model], int] = {Claim: sum(not each.claim for each in dossiers)}
    for name, model in PARTS.items():
        uids = (part.uid for each in dossiers for part in getattr(each, name))
        counts[model] = sum(uid not in there.owners[name] for uid in uids)
    return counts


def drawn_keys(dossiers: Sequence[Dossier], there: There) -> Keys:
    """Primary keys for all new rows."""
    counts = new_rows(dossiers, there)
    return {model: iter(draw_keys(model, number)) for model, number in counts.items()}


def stand_in_keys() -> Keys:
    """Keys for rows that will never be saved, so that they can be told apart."""
    return defaultdict(lambda: _stand_ins)


def hold(row: Any, **related: list[Any]) -> None:
    """Let a row in memory have these rows hang on it, without a query."""
    if "_prefetched_objects_cache" not in row.__dict__:
        row._prefetched_objects_cache = {}
    row._prefetched_objects_cache.update(related)


class Named:
    """The speakers, sources, topics and collections that dossiers name, as they are now.

    What was read is kept for those who enter block after block, for as long as nobody else writes
    in between. In a check they are taken as they come, since some may be only in memory.
    """

    def __init__(self) -> None:
        self.found: dict[type[Reference], dict[int, Any]] | None = None
        # Their public facts by table and slug, as `documents.Names` takes them.
        self.facts: dict[str, dict[str, dict[str, Any]]] = {}
        self._as_of = ""  # hash of the ledger's head: whatever changes such a row moves it

    def look_up(self, dossiers: Sequence[Dossier], as_of: str) -> None:
        """Read those that are not known yet, under the ledger's lock."""
        if self.found is None or self._as_of != as_of or self._is_full():
            self.found, self.facts, self._as_of = {}, {}, as_of
        wanted: dict[type[Reference], set[int]] = defaultdict(set)
        for row in _references(dossiers):
            wanted[type(row)].add(row.pk)
        for model, keys in wanted.items():
            known = self.found.setdefault(model, {})
            if unknown := [key for key in keys if key is not None and key not in known]:
                rows = _with_names(model).in_bulk(unknown)
                known |= rows
                facts = self.facts.setdefault(f"{model._meta.model_name}s", {})
                facts |= {row.slug: reference_record(row) for row in rows.values()}

    def stay(self, as_of: str) -> None:
        """They are the same after the writer's own entries."""
        self._as_of = as_of

    def _is_full(self) -> bool:
        return sum(map(len, (self.found or {}).values())) > MOST_KEPT

    def __call__(self, value: Any) -> Any:
        """The row in place of one that a caller has had for a while; None: it is gone."""
        if self.found is None or not isinstance(value, Reference):
            return value
        return self.found[type(value)].get(value.pk)


def _references(dossiers: Sequence[Dossier]) -> Iterator[Reference]:
    for each in dossiers:
        yield from each.topics or ()
        yield from each.collections or ()
        for values in _all_values(each):
            yield from (value for value in values.values() if isinstance(value, Reference))


def _all_values(dossier: Dossier) -> Iterable[Mapping[str, Any]]:
    yield dossier.values
    for part in (*dossier.appearances, *dossier.evidence):
        yield part.values


def _with_names(model: type[Reference]) -> models.QuerySet:
    rows: models.QuerySet = model._default_manager.all()
    return rows.select_related("organisation") if model is Speaker else rows
