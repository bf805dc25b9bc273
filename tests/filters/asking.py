from __future__ import annotations

from claims.filters import ClaimFilter


def found(**params: str) -> set[str]:
    """The statements of the claims that the filters let through."""
    filters = ClaimFilter(params)
    assert filters.is_valid(), filters.errors
    return set(filters.qs.values_list("statement", flat=True))
