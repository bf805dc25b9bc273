"""Measure the import of new published claims, into the database of the environment.

    python -m tests.benchmarks.imports

Prints JSON: for each size claims a second, through the checks and entered with their ledger
entries and texts, and the most memory its process had. With a number it imports so many, once.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

from claims.curation import Fate  # noqa: E402
from claims.exchange.imports import import_files  # noqa: E402

from .made_claims import ACTOR, DEEDS, PLACES, PROSE, THINGS  # noqa: E402

SIZES = (2_000, 10_000)
TARGETS = {"postgresql": 1_500, "sqlite": None}  # claims a second

Cells = Mapping[str, Any]


def references(claims: int) -> dict[str, list[Cells]]:
    """The rows that `claims` claims name, each table's: a tenth as many sources."""
    names = f"imported-{claims}"
    return {
        "topics": [{"slug": f"{names}-{at}", "name": f"Topic {at}"} for at in range(20)],
        "speakers": [
            {"slug": f"{names}-{at}", "name": f"Speaker {at}", "kind": "person"}
            for at in range(200)
        ],
        "sources": [
            {
                "slug": f"{names}-{at}",
                "url": f"https://news.example/{names}/{at}",
                "publisher": "The Daily",
                "title": f"Report {at}",
                "published_on": "2020-10-16",
                "language": "en",
            }
            for at in range(claims // 10)
        ],
    }


def claim(number: int, named: Mapping[str, list[Cells]], random: Random) -> Cells:
    deed, place, thing = map(random.choice, (DEEDS, PLACES, THINGS))
    begin = random.randrange(100)
    return {
        "id": UUID(int=random.getrandbits(128), version=4),
        "external_id": f"{named['topics'][0]['slug']}/{number}",
        "kind": "promise",
        "statement": f"The {thing} of {place} will be {deed} in {number}.",
        "quote": PROSE[begin : begin + 150],
        "quote_language": "en",
        "quote_is_translation": "false",
        "speaker": random.choice(named["speakers"])["slug"],
        "speaker_role": "Minister",
        "attribution": "direct",
        "source": random.choice(named["sources"])["slug"],
        "said_on": f"20{random.randrange(10, 24)}-0{random.randrange(1, 10)}-11",
        "due": "2030-Q4",
        "due_mode": "by",
        "due_basis": "stated",
        "quantity": "" if number % 3 else f"approx {number} people",
        "criteria": PROSE[:80],
        "topics": json.dumps([random.choice(named["topics"])["slug"]]),
        "editorial_state": "published",
    }


def write(path: Path, rows: Iterable[Cells]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        for at, row in enumerate(rows):
            if at == 0:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
            writer.writerow(row)
    return path


def make(claims: int) -> dict[str, Any]:
    """Import so many claims; what they name is there already."""
    named, random = references(claims), Random(claims)  # noqa: S311 (made data)
    with TemporaryDirectory(prefix="borne-out-") as folder:
        import_files(
            [write(Path(folder, f"{table}.csv"), rows) for table, rows in named.items()],
            actor=ACTOR,
        )
        rows = (claim(number, named, random) for number in range(claims))
        path = write(Path(folder, "claims.csv"), rows)
        start = time.perf_counter()
        report = import_files([path], actor=ACTOR)
        seconds = time.perf_counter() - start
    return {
        "claims": report.total(Fate.CREATED),
        "seconds": seconds,
        "peak_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "wanted": TARGETS[connection.vendor],
    }


def in_its_own_process(claims: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.imports", str(claims)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(make(int(sys.argv[1])), sys.stdout)
    else:
        json.dump([in_its_own_process(claims) for claims in SIZES], sys.stdout)
