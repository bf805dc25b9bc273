"""All tables in a zip, as CSV, with a manifest by which anybody sees that it is whole.

The same ledger, question and day make the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.audit.snapshot import snapshot
from claims.exchange.columns import TABLES
from claims.models import Change, ClaimQuerySet, Ledger, instant, today

from .csv_rows import csv_blocks
from .extracts import Block, columns_of
from .tables import rows_with, table_extract
from .zip_streams import Sent, member

FORMAT = 1  # goes up when the manifest, or a file beside it, changes its meaning
MANIFEST, README = "manifest.json", "README.md"


def archive(
    claims: ClaimQuerySet | None = None,
    *,
    filters: Mapping[str, str],
    site_url: str,
    safe: bool = True,
) -> Iterator[Block]:
    """A zip of all that is public; or of these claims, which `filters` led to, what hangs on them
    and the rows that they name. The manifest comes last."""
    with snapshot():
        head = Ledger.objects.get()
        last = Change.objects.filter(number=head.number).values_list("at", flat=True).first()
        rows: Mapping[str, QuerySet | None] = (
            dict.fromkeys(TABLES) if claims is None else rows_with(claims)
        )
        sent = Sent()
        with zipfile.ZipFile(cast(BinaryIO, sent), "w") as made:
            with made.open(member(README, last), "w") as file:
                file.write(readme().encode())
            files = {}
            for name, each in rows.items():
                extract = table_extract(TABLES[name], each, site_url=site_url, safe=safe)
                count, size, digest = 0, 0, hashlib.sha256()
                with made.open(member(f"{name}.csv", last), "w", force_zip64=True) as file:
                    for block in csv_blocks(extract):
                        file.write(block.data)
                        digest.update(block.data)
                        count, size = count + block.rows, size + len(block.data)
                        yield Block(block.rows, sent.taken())
                files[f"{name}.csv"] = {
                    "rows": count,
                    "bytes": size,
                    "sha256": digest.hexdigest(),
                }
            manifest = {
                "format": FORMAT,
                "files": files,
                "safe": safe,
                "filters": dict(filters),
                "head": head.cursor,
                "head_at": last and instant(last),
                "day": str(today()),
                "site": site_url,
                "licence": settings.DATA_LICENCE or None,
            }
            with made.open(member(MANIFEST, last), "w") as file:
                file.write(f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n".encode())
        yield Block(0, sent.taken())


def readme() -> str:
    """What the files are, and what each of their columns has."""
    lines = [
        "# " + _("Claims of %(desk)s") % {"desk": settings.DESK_NAME},
        "",
        _(
            "A CSV file for each table: RFC 4180, UTF-8, a header row. An empty cell is a value "
            "that is not there; several values are a JSON array; a date is written as exactly as "
            "it is known (2020, 2020-Q4, 2020-10~, ../2025). `manifest.json` has the rows and the "
            "SHA-256 of each file: where it is missing, the download was cut short."
        ),
        "",
        _(
            "Unless `safe` is false there, a text that a spreadsheet would run has one apostrophe "
            "before it, which the importer takes away again. A spreadsheet makes a date of "
            "2020-10: have it read all columns as text."
        ),
    ]
    if settings.DATA_LICENCE:
        lines += ["", _("Licence: %(licence)s") % {"licence": settings.DATA_LICENCE}]
    for table in TABLES.values():
        lines += ["", f"## {table.name}.csv", "", f"| {_('column')} | |", "|---|---|"]
        for column in columns_of(table):
            only = "" if column.parse else " " + _("Only read, never written.")
            lines.append(f"| `{column.name}` | {column.about}{only} |")
    return "\n".join(lines) + "\n"
