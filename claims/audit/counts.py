"""Whether the kept counts of claims are the numbers of claims."""

from __future__ import annotations

from claims.models import ClaimCount

from .entries import LedgerFault


def check_counts() -> None:
    """Two queries, one of which looks at every claim. Raises `LedgerFault`."""
    kept, counted = ClaimCount.objects.kept(), ClaimCount.objects.counted()
    for key in sorted(kept.keys() | counted.keys()):
        if kept.get(key) != counted.get(key):
            of = ", ".join(
                f"{name} {word}" for name, word in zip(ClaimCount.SAYS, key, strict=True) if word
            )
            raise LedgerFault(
                f"claims of {of}: {kept.get(key, 0)} are kept as their number, which is "
                f"{counted.get(key, 0)}: run manage.py rebuild_documents"
            )
