"""Databases of made claims, which can be kept between runs: one for each engine, size and seed, and
for what the sources said that made it. A run works on a copy, since it writes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from environ import Env

from tests.postgres_cluster import postgres_cluster

from .contenders import environment

MAKERS = "vocabulary", "reference_rows", "drawn_claims", "blocks", "loading", "made_claims"
# While claims are made nothing has to survive a power cut, and indexes need not be in the log.
LOADING = {
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "fsync": "off",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "512MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}
WORKED_ON = "worked_on"  # the copy


@contextmanager
def database(
    engine: str, claims: int, seed: int, folder: Path | None
) -> Iterator[tuple[str, float]]:
    """The DATABASE_URL of so many made claims, as safe against a power cut as an operator's, and
    how many seconds it took to make them.

    Where a `folder` is given, they are kept there, and made only if they are not there yet.
    """
    with tempfile.TemporaryDirectory(prefix="borne-out-") as temporary:
        os.chmod(temporary, 0o755)  # noqa: S103 (PostgreSQL's account passes through)
        home = (folder or Path(temporary)).absolute()
        home.mkdir(parents=True, exist_ok=True)
        name = f"made_{claims}_{seed}_{digest()}"
        note = home / f"{engine}_{name}.json"
        at = _postgresql if engine == "postgresql" else _sqlite
        with at(home, name, note, [str(claims), str(seed)], copied=folder is not None) as url:
            yield url, json.loads(note.read_text())["seconds"]


def digest() -> str:
    """Another one whenever what makes claims is another."""
    here = Path(__file__).parent
    texts = [(here / f"{name}.py").read_bytes() for name in MAKERS]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


@contextmanager
def _postgresql(
    home: Path, name: str, note: Path, arguments: list[str], *, copied: bool
) -> Iterator[str]:
    cluster = home / "postgresql"
    if not note.exists():
        with postgres_cluster(LOADING, kept=cluster) as url:
            _ask(url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
            _make(_beside(url, name), arguments, note)
        os.sync()
    with postgres_cluster({}, kept=cluster) as url:
        if not copied:
            yield _beside(url, name)
            return
        gone = f"DROP DATABASE IF EXISTS {WORKED_ON}"
        _ask(url, gone, f"CREATE DATABASE {WORKED_ON} TEMPLATE {name} STRATEGY FILE_COPY")
        try:
            yield _beside(url, WORKED_ON)
        finally:
            _ask(url, f"{gone} WITH (FORCE)")


def _beside(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def _ask(url: str, *statements: str) -> None:
    where = Env.db_url_config(url)
    with psycopg.connect(
        host=where["HOST"],
        port=where["PORT"],
        user=where["USER"],
        dbname=where["NAME"],
        autocommit=True,
    ) as connection:
        for statement in statements:
            connection.execute(statement)


@contextmanager
def _sqlite(
    home: Path, name: str, note: Path, arguments: list[str], *, copied: bool
) -> Iterator[str]:
    file = home / f"{name}.sqlite3"
    if not note.exists():
        for part in home.glob(f"{file.name}*"):  # of a run that was broken off
            part.unlink()
        _make(f"sqlite:///{file}", arguments, note)
    if not copied:
        yield f"sqlite:///{file}"
        return
    with tempfile.TemporaryDirectory(prefix="borne-out-") as folder:
        yield f"sqlite:///{shutil.copy(file, folder)}"


def _make(url: str, arguments: list[str], note: Path) -> None:
    """Make claims in an empty database, and note it only then."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.prepare", *arguments]
    subprocess.run(command, env=environment(url), check=True)
    note.write_text(json.dumps({"seconds": time.perf_counter() - start}))
