from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange import mappings
from claims.exchange.columns import TABLES
from claims.exchange.imports import Faults
from claims.exchange.imports.sheets import Unreadable
from claims.exchange.mappings.folder import write_folder
from claims.exchange.mappings.language import BUILT_IN, MappingFault, read_mapping
from claims.exchange.mappings.mapper import Mapper
from claims.exchange.mappings.templates import FILTERS
from claims.management.entering import check_actor, enter, tell_end, tell_faults


class Command(BaseCommand):
    help = (
        "Enter somebody's own CSV, JSON or JSONL file by a mapping in TOML: all of it, or nothing. "
        "--describe explains the language. "
        f"Mappings that come with the desk: {', '.join(BUILT_IN)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping", nargs="?", metavar="MAPPING", help="Its name, or a file.")
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="What is mapped.")
        parser.add_argument(
            "--with",
            action="append",
            default=[],
            dest="joined",
            metavar="NAME=FILE",
            help="A file that the mapping joins, where it is not beside FILE under its own name.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Do it all, say what came of it, and undo it."
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FOLDER",
            help="Enter nothing: write the rows into this folder, as CSV files for import_claims.",
        )
        parser.add_argument(
            "--actor", default="import", help="Who does this, for the ledger (default: import)."
        )
        parser.add_argument(
            "--describe", action="store_true", help="Explain how a mapping is written, and stop."
        )

    def handle(
        self,
        *,
        mapping: str | None,
        file: Path | None,
        joined: list[str],
        dry_run: bool,
        output: Path | None,
        actor: str,
        describe: bool,
        **options: Any,
    ) -> None:
        if describe:
            self.stdout.write("\n".join(_description()))
            return
        if mapping is None or file is None:
            raise CommandError("Name a mapping and a file; --describe explains mappings.")
        check_actor(actor)
        if dry_run and output:
            raise CommandError(
                "--output enters nothing, so there is nothing to try with --dry-run."
            )
        try:
            mapper = Mapper(read_mapping(mapping), file, _files(joined))
            if output:
                output.mkdir(parents=True, exist_ok=True)
                if next(output.glob("*.csv"), None):
                    raise CommandError(f"{output} holds CSV files already: give an empty folder.")
                self._write(mapper, output)
            else:
                self._enter(mapper, actor, dry_run)
        except MappingFault as fault:
            raise CommandError(str(fault)) from fault
        except Unreadable as unreadable:
            raise CommandError(str(unreadable.fault)) from unreadable
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _write(self, mapper: Mapper, folder: Path) -> None:
        faults = Faults()
        written = write_folder(mapper.sheets(), folder, faults)
        self._tell_unmapped(mapper)
        if faults.count:
            tell_faults(self, faults)
            raise CommandError("nothing was written")
        if not written:
            raise CommandError("The mapping makes no row of this file.")

    def _enter(self, mapper: Mapper, actor: str, dry_run: bool) -> None:
        try:
            report = enter(self, mapper.sheets(), actor=actor, dry_run=dry_run)
        finally:
            self._tell_unmapped(mapper)
        if not report.rows:
            raise CommandError("The mapping makes no row of this file.")
        tell_end(self, report, dry_run=dry_run)

    def _tell_unmapped(self, mapper: Mapper) -> None:
        for line in mapper.report.lines():
            self.stdout.write(line)


def _files(joined: list[str]) -> dict[str, Path]:
    files = {}
    for each in joined:
        name, _is, path = each.partition("=")
        if not (name and path):
            raise CommandError(f"--with takes NAME=FILE, not “{each}”.")
        files[name] = Path(path)
    return files


def _description() -> Iterator[str]:
    yield mappings.__doc__ or ""
    yield "Filters:"
    for name, (_filter, about) in FILTERS.items():
        yield f"  {name:10}{about}"
    for table in TABLES.values():
        yield f"\n[{table.name}]"
        for column in table.columns:
            if column.parse:
                yield f"  {column.name:22}{column.about}"
    yield "\nMappings that come with the desk, to read and to copy:"
    for name, path in BUILT_IN.items():
        yield f"  {name:16}{path.read_text('utf-8').partition(chr(10))[0].lstrip('# ')}"
