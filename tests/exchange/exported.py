"""What an export of now gives, as one text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claims.exchange.columns import TABLES
from claims.exchange.exports import Block, claims_extract, csv_blocks, table_extract
from claims.models import Claim, ClaimQuerySet


def whole(blocks: Iterable[Block]) -> bytes:
    return b"".join(block.data for block in blocks)


def claims_csv(claims: ClaimQuerySet | None = None, site_url: str = "", **options: Any) -> str:
    """Some published claims, or all of them."""
    claims = Claim.objects.all() if claims is None else claims
    return whole(csv_blocks(claims_extract(claims, site_url=site_url, **options))).decode()


def table_csv(table: str, site_url: str = "", **options: Any) -> str:
    """All public rows of a table."""
    return whole(csv_blocks(table_extract(TABLES[table], site_url=site_url, **options))).decode()
