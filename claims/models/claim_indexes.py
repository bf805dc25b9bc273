"""Whom the indexes of claims serve: each names the filters and orderings that read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .fields import PeriodEdge
from .standing import DUE_IS_MARKED

# What was ever public, retracted and merged claims included: lists of the past read them too.
EVER_PUBLIC = Q(published_at__isnull=False)


# Each public list reads one of these in its own order and stops after a page; what a filter asks
# beside is answered from the index, row by row.
INDEXES = [
    # What is asked through other tables, and published_from, published_to: neither looks at the
    # claim itself.
    models.Index(
        fields=["said_on_first", "id", "published_at", "editorial_state"],
        name="claim_newest_said",
        condition=EVER_PUBLIC,
    ),
    models.Index(
        fields=["speaker", "said_on_first", "id"],
        name="claim_by_speaker",
        condition=EVER_PUBLIC,
    ),
    models.Index(
        fields=["on_behalf_of", "said_on_first", "id"],
        name="claim_by_on_behalf_of",
        condition=EVER_PUBLIC & Q(on_behalf_of__isnull=False),
    ),
    models.Index(
        fields=["attribution", "said_on_first", "id"],
        name="claim_by_attribution",
        condition=EVER_PUBLIC,
    ),
    models.Index(
        fields=["status", "said_on_first", "id"],
        name="claim_by_status",
        condition=EVER_PUBLIC,
    ),
    models.Index(
        fields=["kind", "said_on_first", "id"], name="claim_by_kind", condition=EVER_PUBLIC
    ),
    # due_overlaps.
    models.Index(
        *("said_on_first", "id", PeriodEdge("due_first"), PeriodEdge("due_last")),
        name="claim_by_due_days",
        condition=EVER_PUBLIC & Q(due__isnull=False),
    ),
    # ordering=due, overdue, due_within, due_ends_*.
    models.Index(fields=["due_last", "id"], name="claim_by_due", condition=EVER_PUBLIC),
    # possibly_overdue=true: the few that are marked.
    models.Index(
        fields=["said_on_first", "id"],
        name="claim_due_is_marked",
        condition=EVER_PUBLIC & DUE_IS_MARKED,
    ),
    # stale=true: the few, found at once.
    models.Index(
        fields=["said_on_first", "id"],
        name="claim_stale",
        condition=EVER_PUBLIC & Q(stale=True),
    ),
    # ordering=changed, changed=true.
    models.Index(fields=["ledger_number", "id"], name="claim_by_change", condition=EVER_PUBLIC),
    # refers_to_overlaps.
    models.Index(
        *("said_on_first", "id"),
        *(PeriodEdge("refers_to_first"), PeriodEdge("refers_to_last")),
        name="claim_by_refers_to_days",
        condition=EVER_PUBLIC & Q(refers_to__isnull=False),
    ),
    # quote_language, where few quotes are in it.
    models.Index(
        fields=["quote_language", "said_on_first", "id"],
        name="claim_by_language",
        condition=EVER_PUBLIC,
    ),
    models.Index(
        fields=["said_on_first", "id"],
        name="claim_quote_is_translation",
        condition=EVER_PUBLIC & Q(quote_is_translation=True),
    ),
    # unit, quantity_min, quantity_max.
    models.Index(
        fields=["quantity_unit", "said_on_first", "id", "quantity_value"],
        name="claim_by_figure",
        condition=EVER_PUBLIC,
    ),
]
