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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Made:
    """So many claims in a database, which took so many seconds to make."""

    claims: int
    url: str
    seconds: float


@contextmanager
def databases(
    engine: str, sizes: Sequence[int], seed: int, folder: Path | None
) -> Iterator[list[Made]]:
    """Databases of made claims, one for each size, as safe against a power cut as an operator's.

    Where a `folder` is given, they are kept there, and made only if they are not there yet.
    """
    with tempfile.TemporaryDirectory(prefix="borne-out-") as temporary:
        os.chmod(temporary, 0o755)  # noqa: S103 (PostgreSQL's account passes through)
        home = (folder or Path(temporary)).absolute()
        home.mkdir(parents=True, exist_ok=True)
        names = {claims: f"made_{claims}_{seed}_{digest()}" for claims in sizes}
        at = _postgresql if engine == "postgresql" else _sqlite
        with at(home, names, seed, copied=folder is not None) as urls:
            yield [
                Made(claims, url, **json.loads(_note(home, engine, names[claims]).read_text()))
                for claims, url in urls.items()
            ]


def _note(home: Path, engine: str, name: str) -> Path:
    """The file that says that they were made, and in how many seconds."""
    return home / f"{engine}_{name}.json"


def digest() -> str:
    """Another one whenever what makes claims is another, or the tables that they are made in."""
    here = Path(__file__).parent
    sources = [here / f"{name}.py" for name in MAKERS]
    sources += sorted((here.parents[1] / "claims" / "migrations").glob("*.py"))
    texts = [source.read_bytes() for source in sources]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


@contextmanager
def _postgresql(
    home: Path, names: Mapping[int, str], seed: int, *, copied: bool
) -> Iterator[dict[int, str]]:
    cluster = home / "postgresql"
    for claims, name in names.items():
        note = _note(home, "postgresql", name)
        if not note.exists():
            with postgres_cluster(LOADING, kept=cluster) as url:
                _ask(url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
                _make(_beside(url, name), [str(claims), str(seed)], note)
            os.sync()
    with postgres_cluster({}, kept=cluster) as url:
        if not copied:
            yield {claims: _beside(url, name) for claims, name in names.items()}
            return
        copies = {claims: f"worked_on_{claims}" for claims in names}
        gone = [f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)" for copy in copies.values()]
        _ask(url, *gone)
        for claims, name in names.items():
            _ask(url, f"CREATE DATABASE {copies[claims]} TEMPLATE {name} STRATEGY FILE_COPY")
        try:
            yield {claims: _beside(url, copy) for claims, copy in copies.items()}
        finally:
            _ask(url, *gone)


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
    home: Path, names: Mapping[int, str], seed: int, *, copied: bool
) -> Iterator[dict[int, str]]:
    files = {claims: home / f"{name}.sqlite3" for claims, name in names.items()}
    for claims, file in files.items():
        note = _note(home, "sqlite", names[claims])
        if not note.exists():
            for part in home.glob(f"{file.name}*"):  # of a run that was broken off
                part.unlink()
            _make(f"sqlite:///{file}", [str(claims), str(seed)], note)
    with tempfile.TemporaryDirectory(prefix="borne-out-") as folder:
        if copied:
            files = {claims: Path(shutil.copy(file, folder)) for claims, file in files.items()}
        yield {claims: f"sqlite:///{file}" for claims, file in files.items()}


def _make(url: str, arguments: list[str], note: Path) -> None:
    """Make claims in an empty database, and note it only then."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.prepare", *arguments]
    subprocess.run(command, env=environment(url), check=True)
    note.write_text(json.dumps({"seconds": time.perf_counter() - start}))
