"""What an export says of the files that it came with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

MANIFEST = "manifest.json"
MAX_SIZE = 1_000_000  # bytes


@dataclass(frozen=True)
class Manifest:
    safe: bool | None = None  # texts stand as `cells.guarded` made them; None: it is not said
    sha256: dict[str, str] = field(default_factory=dict)  # of each file, by its name


def read_manifest(stream: IO[bytes]) -> Manifest:
    """Raises ValueError where it is none of an export."""
    try:
        told = json.loads(stream.read(MAX_SIZE))
        digests = {str(name): str(each["sha256"]) for name, each in told["files"].items()}
        return Manifest(bool(told["safe"]), digests)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(_("This is no manifest of an export; take it away.")) from error
