"""Records: the facts of a row as the ledger keeps them, and what the slugs in them are called."""

from __future__ import annotations

import json
from collections.abc import Collection as Many
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models

from claims.choices import Subject
from claims.dates import FuzzyDate
from claims.models import (
    REFERENCE_MODELS,
    Assessment,
    Change,
    Claim,
    Reference,
    Speaker,
    instant,
)
from claims.quantities import Quantity

CLAIM_COLUMNS = (
    "kind",
    "statement",
    "quote",
    "quote_prefix",
    "quote_suffix",
    "quote_language",
    "quote_is_translation",
    "speaker_role",
    "attribution",
    "said_on",
    "due",
    "due_mode",
    "due_basis",
    "refers_to",
    "condition",
    "quantity",
    "measure",
    "criteria",
    "external_id",
    "extra",
    "editorial_state",
    "revision",
    "words_revision",
    "outcome",
    "progress",
    "status",
)
APPEARANCE_COLUMNS = ("said_on", "quote")
EVIDENCE_COLUMNS = ("kind", "stance", "summary", "dated", "observed", "original_rating")
ASSESSMENT_COLUMNS = (
    "outcome",
    "progress",
    "reopens",
    "cause",
    "reason",
    "headline",
    "rationale",
    "happened_on",
    "words_revision",
    "method",
)

CLAIM_RELATIONS = (
    *("speaker", "on_behalf_of", "source", "topics", "collections"),
    *("appearances", "evidence", "assessments", "links"),
)

# What a record in the ledger says of its entry, beside the facts of its subject.
ABOUT_THE_ENTRY = frozenset({"reason", "redacted_entries"})


def record(claim: Claim) -> dict[str, Any]:
    """The public facts of a claim, other rows named by slug or uid alone.

    Expects a claim `with_everything`; makes no query then.
    """
    evidence, assessments = _related(claim, "evidence"), _related(claim, "assessments")
    uids = {each.id: each.uid for each in evidence}
    return {
        "uid": str(claim.uid),
        **_plain(claim, CLAIM_COLUMNS),
        "speaker": claim.speaker.slug,
        "on_behalf_of": _slug(claim.on_behalf_of),
        "source": _slug(claim.source),
        "published_at": claim.published_at and instant(claim.published_at),
        "topics": sorted(topic.slug for topic in _related(claim, "topics")),
        "collections": sorted(each.slug for each in _related(claim, "collections")),
        "appearances": [
            {
                "uid": str(each.uid),
                **_plain(each, APPEARANCE_COLUMNS),
                "recorded_at": instant(each.recorded_at),
                "source": each.source.slug,
            }
            for each in _related(claim, "appearances")
        ],
        "evidence": [
            {
                "uid": str(each.uid),
                **_plain(each, EVIDENCE_COLUMNS),
                "recorded_at": instant(each.recorded_at),
                "source": _slug(each.source),
                "replaces": each.replaces_id
                and str(uids.get(each.replaces_id) or each.replaces.uid),
            }
            for each in evidence
        ],
        "assessments": [assessment_record(each, assessments) for each in assessments],
        "links": [
            {"uid": str(each.uid), "type": each.type, "claim": str(each.target.uid)}
            for each in _related(claim, "links")
        ],
    }


def assessment_record(assessment: Assessment, beside: Iterable[Assessment] = ()) -> dict[str, Any]:
    """The facts of one assessment. Reads the evidence it rests on, and the row it corrects where
    that is not among those `beside` it."""
    corrects = None
    if assessment.corrects_id:
        rows = (each for each in beside if each.id == assessment.corrects_id)
        corrects = next(rows, None) or assessment.corrects
    return {
        "uid": str(assessment.uid),
        **_plain(assessment, ASSESSMENT_COLUMNS),
        "corrects": str(corrects.uid) if corrects else None,
        "recorded_at": instant(assessment.recorded_at),
        "evidence": [str(evidence.uid) for evidence in _related(assessment, "evidence")],
    }


def tombstone(claim: Claim) -> dict[str, Any]:
    """What is left to say of a claim that left the public: that it did, and why.

    Reads the claim that it was merged into.
    """
    return {
        "uid": str(claim.uid),
        "editorial_state": claim.editorial_state,
        "merged_into": claim.merged_into and str(claim.merged_into.uid),
    }


def reference_record(row: Reference) -> dict[str, Any]:
    """The facts of a speaker, source, topic or collection."""
    return _plain(
        row, [name for name in reference_columns(type(row)) if name != "organisation"]
    ) | ({"organisation": _slug(row.organisation)} if isinstance(row, Speaker) else {})


def reference_columns(model: type[Reference]) -> list[str]:
    """The columns that an editor of such a row fills, in the model's order."""
    return [
        field.name
        for field in model._meta.fields
        if field.editable and not isinstance(field, models.AutoField)
    ]


# What two records of one subject may differ in: the names that `Change.fields_changed` may hold.
RECORDED = tuple(
    sorted(
        {*CLAIM_COLUMNS, *CLAIM_RELATIONS}.union(*map(reference_columns, REFERENCE_MODELS.values()))
        - {"revision", "words_revision"}
    )
)


def _plain(row: models.Model, columns: Iterable[str]) -> dict[str, Any]:
    return {name: _plain_value(getattr(row, name)) for name in columns}


def _plain_value(value: Any) -> Any:
    if isinstance(value, FuzzyDate | Quantity):
        return str(value)
    # The engines keep an object in orders of their own.
    return dict(sorted(value.items())) if isinstance(value, dict) else value


def _related(row: models.Model, name: str) -> Iterable[Any]:
    """What hangs on a row: as it was read with it, without a manager, which costs more to make
    than all the rest."""
    there = getattr(row, "_prefetched_objects_cache", {})
    found: Iterable[Any] = there[name] if name in there else getattr(row, name).all()
    return found


def _slug(row: Reference | None) -> str | None:
    return row.slug if row else None


@dataclass(frozen=True)
class Names:
    """Public facts of the rows that records name, by slug."""

    speakers: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, Mapping[str, Any]]
    topics: Mapping[str, Mapping[str, Any]]
    collections: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(
        cls, records: Sequence[Mapping[str, Any]], known: Mapping[str, Mapping[str, Any]] = {}
    ) -> Self:
        """Look up all that `records` name, as it is now: one query a table.

        `known` holds facts that were looked up already, as this class does.
        """
        names = {}
        for name, slugs in _slugs_in(records).items():
            found = known.get(name, {})
            names[name] = named(NAMED[name], slugs - found.keys()) | dict(found)
        return cls(**names)

    @classmethod
    def beside(cls, claims: Iterable[Claim], records: Sequence[Mapping[str, Any]]) -> Self:
        """As `of` the records of claims that were read just now `with_everything`: no query."""
        there: dict[str, dict[str, Reference]] = {name: {} for name in NAMED}
        for claim in claims:
            speakers, sources = [claim.speaker, claim.on_behalf_of], [claim.source]
            for relation in ("appearances", "evidence"):
                sources += [each.source for each in _related(claim, relation)]
            there["speakers"] |= {row.slug: row for row in speakers if row}
            there["sources"] |= {row.slug: row for row in sources if row}
            for name in ("topics", "collections"):
                there[name] |= {row.slug: row for row in _related(claim, name)}
        known = {
            name: {slug: reference_record(row) for slug, row in rows.items()}
            for name, rows in there.items()
        }
        return cls.of(records, known)

    @classmethod
    def at(cls, number: int | None, records: Sequence[Mapping[str, Any]]) -> Self:
        """As `of`, but as it was at a number of the ledger (None: is now): one query.

        What the ledger does not tell of, or no longer, is called what it is called now.
        """
        slugs = _slugs_in(records)
        keys = {str(NAMED[name]._meta.model_name): each for name, each in slugs.items()}
        found: dict[str, dict[str, Any]] = {subject: {} for subject in keys}
        for change in Change.objects.newest_at(number, keys):
            if change.record is not None:
                found[change.subject][change.key] = json.loads(change.record)
        names = {}
        for name, wanted in slugs.items():
            model = NAMED[name]
            known = found[str(model._meta.model_name)]
            names[name] = named(model, wanted - known.keys()) | known
        return cls(**names)


NAMED = {f"{subject}s": model for subject, model in REFERENCE_MODELS.items()}


def _slugs_in(records: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    slugs: dict[str, set[str]] = {name: set() for name in NAMED}
    for each in records:
        slugs["speakers"].update(filter(None, (each["speaker"], each["on_behalf_of"])))
        slugs["sources"].update(
            row["source"]
            for row in (each, *each["appearances"], *each["evidence"])
            if row["source"]
        )
        slugs["topics"].update(each["topics"])
        slugs["collections"].update(each["collections"])
    return slugs


def records_at(number: int | None, uids: Many[str]) -> dict[str, dict[str, Any] | None]:
    """By uid, the record of each claim as it was at a number of the ledger (None: is now): one
    query.

    A claim of which nothing was public yet is left out; None: what was said then was redacted.
    One that had left the public has a `tombstone`.
    """
    return {
        change.key: json.loads(change.record) if change.record is not None else None
        for change in Change.objects.newest_at(number, {Subject.CLAIM: uids})
    }


def record_now(uid: UUID) -> dict[str, Any] | None:
    """The record of a published claim, as its newest entry has it; None: not public. One query."""
    numbers = Claim.objects.published().filter(uid=uid).values("ledger_number")
    texts = Change.objects.filter(number__in=numbers).values_list("record", flat=True)
    text = texts.first()
    return json.loads(text) if text is not None else None


def named(model: type[Reference], slugs: Many[str]) -> dict[str, dict[str, Any]]:
    """By slug, the public facts of rows as they are now: one query, or none."""
    if not slugs:
        return {}
    return {row.slug: reference_record(row) for row in _with_names(model, slugs)}


def _with_names(model: type[Reference], slugs: Many[str]) -> models.QuerySet:
    rows: models.QuerySet = model._default_manager.filter(slug__in=slugs)
    return rows.select_related("organisation") if model is Speaker else rows
