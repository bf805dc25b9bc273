"""Conditions on a period, a `FuzzyDateField` beside its first and its last day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from .fields import PeriodEdge


def overlaps(period: str, first: date | None, last: date | None) -> Q:
    """Those whose `period` (due, refers_to) shares a day with the one given; an open end is
    endless."""
    claims = Q(**{f"{period}__isnull": False})
    if last is not None:
        claims &= Q(LessThanOrEqual(PeriodEdge(f"{period}_first"), last))
    if first is not None:
        claims &= Q(GreaterThanOrEqual(PeriodEdge(f"{period}_last"), first))
    return claims


def ends_by(period: str, last: date) -> Q:
    """Those whose `period` has a last day, and no later one than `last`."""
    # The others are so of all of them, and are answered from the index of periods.
    ended = Q(**{f"{period}_last__lte": last, f"{period}__isnull": False})
    return ended & Q(LessThanOrEqual(PeriodEdge(f"{period}_last"), last))
