"""Measure the product beside its contenders on each engine: ``make bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.postgres_cluster import PostgresNotFound

from . import answers, heavy, report
from .contenders import CONTENDERS, PRODUCT, Server, environment, serving
from .kept import Made, databases
from .load import Round, measure, request, status_of

LEAST_CLAIMS = 5_000  # fewer would not fill a page under every filter
WARM_UP = 0.5  # seconds
ENGINES = ("postgresql", "sqlite")
AT_MOST = 20  # requests of a turn of one connection

Questions = Mapping[str, Mapping[str, Sequence[str]]]  # paths by question and contender


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
    engines = {}
    for engine in options.engines:
        try:
            with databases(engine, sorted(options.claims), options.seed, options.data) as made:
                engines[engine] = run(engine, made, options)
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
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender")
    parser.add_argument("--seconds", type=float, default=2, help="length of a turn")
    parser.add_argument("--at-most", type=int, default=20_000, help="requests of a turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--json", type=Path, help="where to write every figure")
    return parser


def run(engine: str, made: Sequence[Made], options: argparse.Namespace) -> dict[str, Any]:
    """Measure and report each size, and how far answers take longer over the most claims than
    over the fewest."""
    by_size, filters = {}, []
    for each in made:
        facts = json.loads(_in_its_own_process(each.url, "facts", str(options.seed)))
        print(
            f"\n{engine} {facts['version']}: {facts['claims']:,} claims and"
            f" {facts['changes']:,} ledger entries, made in {each.seconds:.0f} s\n",
            flush=True,
        )
        filters.append(facts.pop("filters"))
        questions = facts.pop("questions")
        found = {"made_in_seconds": each.seconds}
        for section in options.only:
            if section not in ("growth", *CHANGING):
                found |= {section: SECTIONS[section](each.url, questions, options)}
        by_size[each.claims] = facts | found
    grown = None
    if "growth" in options.only and len(made) > 1:
        grown = _growth(made, filters, options)
    # Last: the others ask about the claims that were made for them.
    for each in made:
        for section in CHANGING:
            if section in options.only:
                by_size[each.claims][section] = SECTIONS[section](each.url, {}, options)
    return {"by_size": by_size, "growth": grown}


def _reads(url: str, questions: Questions, options: argparse.Namespace) -> Any:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(name, url)) for name in CONTENDERS}
        answers.check(servers, questions)
        measured = _in_turns(servers, questions, options)
        memory = {name: server.peak_memory for name, server in servers.items()}
    start_up = {name: server.start_up for name, server in servers.items()}
    print(report.table(measured))
    print("\n".join([*report.reads(measured), *report.servers(start_up, memory)]), flush=True)
    return {
        "start_up": start_up,
        "peak_memory": memory,
        "questions": report.figures(measured),
    }


def _heavy(url: str, questions: Questions, options: argparse.Namespace) -> Any:
    with serving(PRODUCT, url) as server:
        return _told(heavy.ask_all(server), report.heavy)


Section = Callable[[str, Questions, argparse.Namespace], Any]


def _told_by(module: str) -> Section:
    """What a module of the benchmark finds, and the report's function of that name tells."""
    return lambda url, questions, options: _told(
        json.loads(_in_its_own_process(url, module)), getattr(report, module)
    )


# In this order; the last ones write.
SECTIONS: dict[str, Section] = {
    "plans": _told_by("plans"),
    "reads": _reads,
    "growth": lambda *_asked: None,  # asks all sizes at once
    "heavy": _heavy,
    "indexes": _told_by("indexes"),
    "exports": _told_by("exports"),
    "writes": _told_by("writes"),
    "imports": _told_by("imports"),
}
CHANGING = ("writes", "imports")


def _told(found: Any, lines: Callable[[Any], Sequence[str]]) -> Any:
    print("\n".join(lines(found)) + "\n", flush=True)
    return found


def _in_its_own_process(url: str, module: str, *arguments: str) -> bytes:
    """What a module of the benchmark prints about this database: Django has one set of settings a
    process."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(command, env=environment(url), stdout=subprocess.PIPE, check=True)
    return done.stdout


def _in_turns(
    servers: Mapping[str, Server], questions: Questions, options: argparse.Namespace
) -> report.Measured:
    """Rounds in which each question is put to each contender for its turn, after a warm-up."""
    requests = {
        (question, name): _requests(servers[name], question, paths)
        for question, addresses in questions.items()
        for name, paths in addresses.items()
    }
    rounds: dict[str, dict[str, list[Round]]] = {
        question: {name: [] for name in addresses} for question, addresses in questions.items()
    }
    for number in range(1 + options.rounds):
        for (question, name), asked in requests.items():
            spell = measure(
                servers[name].port,
                asked,
                connections=options.connections,
                seconds=options.seconds if number else WARM_UP,
                at_most=options.at_most,
                status=status_of(question),
            )
            if number:
                rounds[question][name].append(spell)
    return rounds


def _requests(server: Server, question: str, paths: Sequence[str]) -> list[bytes]:
    if status_of(question) == 200:
        return [request(path) for path in paths]
    return [request(path, If_None_Match=answers.tag(server, path)) for path in paths]


def _growth(
    made: Sequence[Made], filters: Sequence[Mapping[str, str]], options: argparse.Namespace
) -> Any:
    """Each filter in turn over the fewest claims and over the most, by one connection."""
    with ExitStack() as stack:
        ends = [made[0], made[-1]]
        servers = [stack.enter_context(serving(PRODUCT, each.url)) for each in ends]
        rounds: dict[str, list[list[Round]]] = {name: [[], []] for name in filters[0]}
        for number in range(1 + options.rounds):
            for name, found in rounds.items():
                for at, server in enumerate(servers):
                    query = (filters[0], filters[-1])[at][name]
                    spell = measure(
                        server.port,
                        [request(f"/api/v1/claims/?{query}")],
                        connections=1,
                        seconds=options.seconds / 8,
                        at_most=AT_MOST if number else 2,
                    )
                    if number:
                        found[at].append(spell)
    print("\n".join(report.growth(rounds, [each.claims for each in ends])) + "\n", flush=True)
    return {
        name: [[each.median for each in spells] for spells in found]
        for name, found in rounds.items()
    }


if __name__ == "__main__":
    sys.exit(main())
