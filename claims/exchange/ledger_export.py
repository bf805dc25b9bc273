"""The ledger as a file that anybody can check: an entry a line, and a manifest beside it.

Numbers are gapless and entries never change, so the file is whole up to the head that was read
first, however many are written meanwhile; a record redacted meanwhile is null, and still checks.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from claims.models import GENESIS, Change, Ledger, instant

from .whole_files import whole_file

LEDGER, MANIFEST = "ledger.ndjson", "manifest.json"
FORMAT = 1  # goes up when a line or the manifest changes its meaning
BLOCK = 500  # entries that are in memory at once


class LedgerBroken(Exception):
    """The entries do not end where the ledger's row says."""


def export_ledger(folder: Path) -> dict[str, Any]:
    """Write both files into `folder`, which is made; returns the manifest.

    Each takes its name only once it is whole, the manifest last. Raises `LedgerBroken`, and
    OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = Ledger.objects.get()
    digest, rows, last = hashlib.sha256(), 0, GENESIS
    with whole_file(folder / LEDGER) as file:
        entries = Change.objects.filter(number__lte=head.number).order_by("number")
        for entry in entries.iterator(chunk_size=BLOCK):
            line = f"{entry.line}\n".encode()
            digest.update(line)
            file.write(line)
            rows, last = rows + 1, entry.hash
        if (rows, last) != (head.number, head.hash):
            raise LedgerBroken(
                f"The ledger's head is {head.number}.{head.hash}, but there are {rows} entries, "
                f"the last of which is {last}: run manage.py verify_ledger."
            )
    manifest = {
        "format": FORMAT,
        "file": LEDGER,
        "rows": rows,
        "sha256": digest.hexdigest(),
        "head": f"{head.number}.{head.hash}",
        "made_at": instant(timezone.now()),
    }
    with whole_file(folder / MANIFEST) as file:
        file.write(f"{json.dumps(manifest, indent=2)}\n".encode())
    return manifest
