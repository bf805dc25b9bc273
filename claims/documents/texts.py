"""``render(record, names)``: the only road from the facts to a finished public text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core import checks
from django.db import connections

from claims import choices, search
from claims.dates import FuzzyDate
from claims.models import ClaimDocument, SearchText
from claims.quantities import Quantity
from claims.timelines import events, standings

from .records import Names
from .serializers import CLAIM, TIMELINE

# Goes up whenever a text's shape does; `manage.py rebuild_documents` then brings them up.
FORMAT = 3

# One for all: making an encoder costs as much as a short text.
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Texts:
    """The finished JSON of one published claim."""

    summary: str
    timeline: str


def render(record: Mapping[str, Any], names: Names) -> Texts:
    """The texts of a claim's record: the public ones, where it is published."""
    head = _head_reading(record, names)
    return Texts(
        summary=as_json(CLAIM.to_representation(_claim_reading(record, names, head))),
        timeline=as_json(
            TIMELINE.to_representation({**head, "events": events(record, names.sources)})
        ),
    )


def as_json(value: Any) -> str:
    """Compact JSON, with letters of every script as themselves."""
    return _COMPACT.encode(value)


def with_member(finished: str, name: str, value: Any) -> str:
    """A finished JSON object with one more member."""
    comma = "," if finished != "{}" else ""
    return f"{finished[:-1]}{comma}{as_json(name)}:{as_json(value)}}}"


def _head_reading(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        **record,
        "format": FORMAT,
        "speaker": names.speakers[record["speaker"]],
        "status_label": choices.status_label(record["kind"], record["status"]),
    }


def _claim_reading(
    record: Mapping[str, Any], names: Names, head: Mapping[str, Any]
) -> dict[str, Any]:
    said, due = FuzzyDate.parse(record["said_on"]), record["due"] and FuzzyDate.parse(record["due"])
    return {
        **head,
        "on_behalf_of": names.speakers.get(record["on_behalf_of"]),
        "source": names.sources.get(record["source"]),  # a draft may have none
        "said_first": said.first,
        "said_last": said.last,
        "due_first": due and due.first,
        "due_last": due and due.last,
        "quantity": quantity_reading(record["quantity"]),
        "closed": bool(record["outcome"]),
        "verdict": standing_verdict(record),
        "extra": record.get("extra", {}),  # an older entry has none
        "topics": [names.topics[slug] for slug in record["topics"]],
        "collections": [names.collections[slug] for slug in record["collections"]],
        "appearances_count": len(record["appearances"]),
        "evidence_count": len(record["evidence"]),
    }


def quantity_reading(text: str | None) -> dict[str, Any] | None:
    """A quantity's parts, decimals as plain text."""
    if text is None:
        return None
    quantity = Quantity.parse(text)
    return {
        "text": text,
        **{
            field.name: None if (value := getattr(quantity, field.name)) is None else str(value)
            for field in fields(Quantity)
        },
    }


def standing_verdict(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The newest assessment with an outcome, unless a later one reopened the claim."""
    if not record["outcome"]:
        return None
    verdict = next(each for each in reversed(record["assessments"]) if each["outcome"])
    return {
        **verdict,
        "stands_since": standings(record["assessments"])[verdict["uid"]]["stands_since"],
        "label": choices.status_label(record["kind"], verdict["outcome"]),
        "stale": verdict["words_revision"] < record["words_revision"],
    }


def check_format(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Any]:
    """A system check: are there texts in an older format than the code's?"""
    return [
        checks.Warning(
            f"Some claims' {name} on “{alias}” are in an older format than {current}.",
            hint="Run manage.py rebuild_documents.",
            id="claims.W002",
        )
        for alias in databases or []
        for name, model, current in (
            ("texts", ClaimDocument, FORMAT),
            ("texts for search", SearchText, search.FORMAT),
        )
        if model._meta.db_table in connections[alias].introspection.table_names()
        and model.objects.using(alias).filter(format__lt=current).exists()
    ]
