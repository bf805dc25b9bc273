"""Measure the product beside its contenders on each engine: ``make bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.postgres_cluster import PostgresNotFound

from . import answers, report
from .contenders import CONTENDERS, Server, environment, serving
from .kept import database
from .load import Round, measure

LEAST_CLAIMS = 2_000  # fewer would not fill a page under every filter
WARM_UP = 0.5  # seconds
ENGINES = ("postgresql", "sqlite")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    if min(options.claims) < LEAST_CLAIMS:
        sys.exit(f"Give at least {LEAST_CLAIMS:,} claims, to fill a page under every filter.")
    signal.signal(
        signal.SIGTERM, lambda number, frame: sys.exit(128 + number)
    )  # takes servers along
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()};"
        f" {options.connections} connections, {options.rounds} rounds of {options.seconds:g} s"
    )
    engines: dict[str, dict[int, Any]] = {}
    for engine in options.engines:
        try:
            for claims in options.claims:
                with database(engine, claims, options.seed, options.data) as (url, seconds):
                    measured = run(engine, url, seconds, options)
                    engines.setdefault(engine, {})[claims] = measured
        except PostgresNotFound as missing:
            print(f"\nNothing measured on {engine}: {missing}")
    if options.json:
        machine = {"machine": platform.platform(), "cores": os.cpu_count()}
        paths = "json", "data"
        run_with = {name: value for name, value in vars(options).items() if name not in paths}
        options.json.write_text(json.dumps(machine | run_with | {"by_engine": engines}, indent=1))
    return 0 if engines else 1


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--claims", type=int, nargs="+", default=[100_000], help="how many to make, once or more"
    )
    parser.add_argument("--data", type=Path, help="a folder to keep made claims in between runs")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same claims")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender")
    parser.add_argument("--seconds", type=float, default=2, help="length of a turn")
    parser.add_argument("--at-most", type=int, default=20_000, help="requests of a turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--json", type=Path, help="where to write every figure")
    return parser


def run(engine: str, url: str, seconds: float, options: argparse.Namespace) -> dict[str, Any]:
    """See that the contenders agree on the claims that were made, measure and report."""
    facts = json.loads(_in_its_own_process(url, "facts", str(options.seed)))
    print(
        f"\n{engine} {facts['version']}: {facts['claims']:,} claims and"
        f" {facts['changes']:,} ledger entries, made in {seconds:.0f} s\n",
        flush=True,
    )
    questions = facts.pop("questions")
    whole = json.loads(_in_its_own_process(url, "plans"))
    print("\n".join(report.plans(whole)) + "\n", flush=True)
    exported = json.loads(_in_its_own_process(url, "exports"))
    print("\n".join(report.exports(exported)) + "\n", flush=True)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(name, url)) for name in CONTENDERS}
        answers.check(servers, questions)
        measured = {
            question: _in_turns(servers, addresses, options)
            for question, addresses in questions.items()
        }
        memory = {name: server.peak_memory for name, server in servers.items()}
    print(report.table(measured))
    peaks = [f"{name} {peak / 1e6:.0f} MB" for name, peak in memory.items() if peak]
    print("\npeak memory of a worker: " + (", ".join(peaks) or "not told here"))
    print("\n".join(report.verdicts(measured)), flush=True)
    # Last: the others ask about the claims that were made for them.
    imported = json.loads(_in_its_own_process(url, "imports"))
    print("\n".join(report.imports(imported)), flush=True)
    return facts | {
        "made_in_seconds": seconds,
        "peak_memory": memory,
        "whole_tables": whole,
        "exports": exported,
        "imports": imported,
        "questions": report.figures(measured),
    }


def _in_its_own_process(url: str, module: str, *arguments: str) -> bytes:
    """What a module of the benchmark prints about this database: Django has one set of settings a
    process."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(command, env=environment(url), stdout=subprocess.PIPE, check=True)
    return done.stdout


def _in_turns(
    servers: Mapping[str, Server], addresses: Mapping[str, Sequence[str]], options: Any
) -> dict[str, list[Round]]:
    """A warm-up for each contender, then rounds in which each has its turn."""
    rounds: dict[str, list[Round]] = {name: [] for name in servers}
    for number in range(1 + options.rounds):
        for name, server in servers.items():
            spell = measure(
                server.port,
                addresses[name],
                connections=options.connections,
                seconds=options.seconds if number else WARM_UP,
                at_most=options.at_most,
            )
            if number:
                rounds[name].append(spell)
    return rounds


if __name__ == "__main__":
    sys.exit(main())
