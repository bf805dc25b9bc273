"""The database's own rules: the last line, whoever writes."""

from __future__ import annotations

from django.db.models import CheckConstraint, F, Q, TextChoices


def one_of(
    column: str, words: type[TextChoices], table: str, *, blank: bool = False
) -> CheckConstraint:
    """`column` holds a code of the vocabulary `words` (or the empty string)."""
    codes = [*words.values, ""] if blank else words.values
    return CheckConstraint(condition=Q(**{f"{column}__in": codes}), name=f"{table}_{column}_known")


def period_in_order(column: str, table: str) -> CheckConstraint:
    """A fuzzy date's first day is not after its last; an open end (NULL) is in order."""
    return CheckConstraint(
        condition=Q(**{f"{column}_first__isnull": True})
        | Q(**{f"{column}_last__isnull": True})
        | Q(**{f"{column}_first__lte": F(f"{column}_last")}),
        name=f"{table}_{column}_in_order",
    )
