"""The subjects that a redaction touches: each gets an entry, and its texts are made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F

from claims.choices import Operation, Subject
from claims.documents import record, reference_record, tombstone
from claims.models import (
    REFERENCE_MODELS,
    Appearance,
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Evidence,
    SearchText,
    Speaker,
    in_blocks,
)

from ..ledger import Entry, append
from ..rules import facts_differ
from ..settlement import BLOCK, write_documents, write_documents_again
from .columns import Ground, blank, edit
from .traces import Wanted

Key = tuple[str, str]  # a subject of the ledger: what it is, and its uid or slug
Rows = Mapping[type[models.Model], Sequence[str]]  # primary keys of rows that hold the text


@dataclass(frozen=True)
class Removal:
    """What is removed, on what ground, and which entries of each subject lose their record."""

    wanted: Wanted
    ground: Ground
    blanked: Mapping[Key, Sequence[int]]

    def keys(self, subject: str) -> list[str]:
        return [key for kind, key in self.blanked if kind == subject]

    def entry(
        self, subject: str, key: str, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> Entry:
        """The tombstone of what is gone. `before` is None where the claim was not public."""
        numbers = sorted(self.blanked.get((subject, key), ()))
        return Entry(
            operation=Operation.REDACT,
            subject=subject,
            key=key,
            fields_changed=[] if before is None else facts_differ(before, after),
            record=after | {"reason": self.ground.legal_basis, "redacted_entries": numbers},
        )


def blanked_entries(numbers: Sequence[str]) -> dict[Key, list[int]]:
    """The numbers by the subjects that they are entries of."""
    by_subject: dict[Key, list[int]] = defaultdict(list)
    for block in in_blocks(numbers, BLOCK):
        entries = Change.objects.filter(pk__in=block).values_list("subject", "key", "number")
        for subject, key, number in entries:
            by_subject[subject, key].append(number)
    return dict(by_subject)


def redact_references(removal: Removal, rows: Rows) -> None:
    """Speakers, sources, topics and collections, and every text that shows their names."""
    for subject, model in REFERENCE_MODELS.items():
        related = ["organisation"] if model is Speaker else []
        everything: Any = model._default_manager.select_related(*related).order_by("pk")
        pks = {int(pk) for pk in rows.get(model, ())}
        for slugs in in_blocks(removal.keys(subject), BLOCK):
            pks.update(everything.filter(slug__in=slugs).values_list("pk", flat=True))
        for block in in_blocks(sorted(pks), BLOCK):
            touched = everything.filter(pk__in=block)
            before = {row.pk: reference_record(row) for row in touched.all()}
            edit(model, block, removal.wanted)
            touched.update(revision=F("revision") + 1)
            after = list(touched.all())
            entries = [
                removal.entry(subject, row.slug, before[row.pk], reference_record(row))
                for row in after
            ]
            _number(after, append(entries, actor=removal.ground.actor))
            for texts in (ClaimDocument.objects.all(), SearchText.objects.not_public()):
                while write_documents_again(texts.with_older_names_of(after)):
                    pass


def redact_claims(removal: Removal, rows: Rows) -> None:
    """Claims, and what hangs on them."""
    pks = {int(pk) for pk in rows.get(Claim, ())}
    hanging: dict[type[Any], dict[int, list[int]]] = {}
    for model in (Appearance, Evidence, Assessment):
        hanging[model] = defaultdict(list)
        for block in in_blocks(rows.get(model, ()), BLOCK):
            found: Any = model._default_manager.filter(pk__in=block).values_list("claim_id", "pk")
            for claim, pk in found:
                hanging[model][claim].append(pk)
        pks.update(hanging[model])
    for uids in in_blocks(removal.keys(Subject.CLAIM), BLOCK):
        pks.update(Claim.objects.filter(uid__in=uids).values_list("pk", flat=True))
    for claims in in_blocks(sorted(pks), BLOCK):
        touched = (
            Claim.objects.with_everything()
            .select_related("merged_into")
            .filter(pk__in=claims)
            .order_by("pk")
        )
        before = {claim.pk: record(claim) for claim in touched.published()}
        edit(Claim, claims, removal.wanted)
        for table, by_claim in hanging.items():
            held = [pk for claim in claims for pk in by_claim.get(claim, ())]
            if table is Assessment:
                blank(table, held, removal.wanted, removal.ground)
            else:
                edit(table, held, removal.wanted)
        Claim.objects.filter(pk__in=claims).update(revision=F("revision") + 1)
        after = list(touched.all())
        _enter_claims(after, before, removal)
        write_documents(after)


def _enter_claims(
    claims: Sequence[Claim], before: Mapping[int, dict[str, Any]], removal: Removal
) -> None:
    """An entry for each claim that is public, or was. A draft is nobody's business."""
    known = [claim for claim in claims if claim.ledger_number is not None]
    entries = [
        removal.entry(
            Subject.CLAIM,
            str(claim.uid),
            before.get(claim.pk),
            record(claim) if claim.is_published else tombstone(claim),
        )
        for claim in known
    ]
    _number(known, append(entries, actor=removal.ground.actor))


def _number(rows: Sequence[Any], changes: Sequence[Change]) -> None:
    for row, change in zip(rows, changes, strict=True):
        row.ledger_number = change.number
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["ledger_number"])
