"""Measure the exports beside the engines' own tools, over the database of the environment.

    python -m tests.benchmarks.exports

Prints JSON: for each export rows and bytes a second and the most memory its process had; for
claims.csv also the ratio to the same SELECT through ``psql`` (COPY TO STDOUT, as ``\\copy``) or the
``sqlite3`` shell, turn by turn. With the name of an export it makes that one, and no other.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from claims.exchange.columns import TABLES  # noqa: E402
from claims.exchange.exports import (  # noqa: E402
    Block,
    archive,
    claims_extract,
    csv_blocks,
    ndjson_blocks,
    table_extract,
    workbook_blocks,
)
from claims.models import Claim  # noqa: E402

ROUNDS = 3
# How much of the speed of the engine's own tool claims.csv is to have.
TARGETS = {"postgresql": 0.8, "sqlite": 0.4}

SITE = "https://desk.example"


def blocks(name: str) -> Iterator[Block]:
    if name == "claims.zip":
        return archive(filters={}, site_url=SITE)
    stem, _dot, form = name.partition(".")
    if stem != "claims":
        return csv_blocks(table_extract(TABLES[stem], site_url=SITE))
    extract = claims_extract(Claim.objects.published(), site_url=SITE)
    made: Any = {"csv": csv_blocks, "ndjson": ndjson_blocks, "xlsx": workbook_blocks}[form]
    return made(extract)


EXPORTS = ("claims.csv", "claims.ndjson", "claims.xlsx", "claims.zip", "evidence.csv")


def make(name: str) -> dict[str, Any]:
    """One export, thrown away as it comes."""
    connection.ensure_connection()
    start = time.perf_counter()
    rows = size = 0
    first = None
    for block in blocks(name):
        rows, size = rows + block.rows, size + len(block.data)
        if first is None and block.data:
            first = time.perf_counter() - start
    return {
        "rows": rows,
        "bytes": size,
        "seconds": time.perf_counter() - start,
        "first_byte": first,
        "peak_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def in_its_own_process(name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.exports", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def tool() -> Sequence[str] | None:
    """The engine's own way to the CSV of claims; None: it is not on this machine."""
    query = claims_extract(Claim.objects.published(), site_url=SITE).query
    assert query is not None
    compiled = query.query.get_compiler(query.db).as_sql()
    if connection.vendor == "postgresql":
        sql = connection.ops.compose_sql(*compiled)
        program, url = shutil.which("psql"), connection.get_connection_params()
        where = [f"--host={url['host']}", f"--username={url['user']}", f"--dbname={url['dbname']}"]
        command = [*where, "--no-psqlrc", "-c", f"COPY ({sql}) TO STDOUT (FORMAT csv)"]
    else:
        with connection.cursor() as cursor:
            sql = connection.ops.last_executed_query(cursor, *compiled)
        program = shutil.which("sqlite3")
        command = ["-readonly", "-csv", str(settings.DATABASES["default"]["NAME"]), sql]
    return [program, *command] if program else None


def main() -> None:
    figures: dict[str, Any] = {}
    theirs = tool()
    ours: list[dict[str, Any]] = []
    seconds: list[float] = []
    for _round in range(ROUNDS):
        ours.append(in_its_own_process("claims.csv"))
        if theirs:
            start = time.perf_counter()
            subprocess.run(theirs, stdout=subprocess.DEVNULL, check=True)
            seconds.append(time.perf_counter() - start)
    ratios = [their / our["seconds"] for our, their in zip(ours, seconds, strict=False)]
    figures["claims.csv"] = min(ours, key=lambda each: each["seconds"]) | {
        "of_the_tool": ratios and median(ratios),
        "wanted": TARGETS[connection.vendor],
    }
    for name in EXPORTS[1:]:
        figures[name] = in_its_own_process(name)
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(make(sys.argv[1]), sys.stdout)
    else:
        main()
