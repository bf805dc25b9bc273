"""Memory does not grow with a file, and what has no end is refused before it fills it."""

import json
import subprocess
import sys
from pathlib import Path

MB = 1_000_000

# Reads files in a process of its own; of each: how many rows, the peak of memory in MB so far,
# the faults.
READ = """
import json, sys
from pathlib import Path
import django
django.setup()
from tests.exchange.imports.reading import Faults, Unreadable, open_sheets
for path in sys.argv[1:]:
    faults, rows = Faults(), 0
    for sheet in open_sheets([Path(path)], faults):
        try:
            for row in sheet.rows:
                rows += 1
        except Unreadable as unreadable:
            faults.note(unreadable.fault)
    # Not getrusage: what the parent had at the fork counts there.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").open())
    peak = int(status["VmHWM"].split()[0]) // 1024
    print(json.dumps([rows, peak, [f"{each.line}: {each.message}" for each in faults.told]]))
"""


def read(*paths: Path) -> list[tuple[int, int, list[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", READ, *map(str, paths)],
        capture_output=True,
        check=True,
        text=True,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def put(folder: Path, file: str, beginning: bytes, filling: bytes, size: int = 100 * MB) -> Path:
    folder.mkdir()
    path = folder / file
    block = filling * (MB // len(filling))
    with path.open("wb") as stream:
        stream.write(beginning)
        for _block in range(size // len(block)):
            stream.write(block)
    return path


def test_whatever_has_no_end_is_refused_early(subtests, tmp_path: Path):
    hostile = {
        "a cell": ("topics.csv", b'slug,name\nun,"', b"x", "2: The line is longer than 2000000"),
        "a cell of many lines": ("topics.csv", b'slug,name\nun,"', b"x\n", "2: A cell is longer"),
        "a row of many lines": ("topics.csv", b"slug,name\n", b'"abc\n",', "2: The row is longer"),
        "a line": ("topics.csv", b"", b"ab,", "1: The line is longer than 2000000"),
        "an object": ("topics.ndjson", b'{"slug": "', b"x", "1: The line is longer than 2000000"),
        "an array": ("topics.ndjson", b'{"slug": ', b"[", "1: The line is longer than 2000000"),
        "emoji": ("topics.csv", b"slug,name\nun,", "🕊".encode(), "2: The line is longer than"),
    }
    paths = [put(tmp_path / name, *made[:3]) for name, made in hostile.items()]

    for (name, made), (rows, peak, (fault,)) in zip(hostile.items(), read(*paths), strict=True):
        with subtests.test(name):
            assert rows == 0
            assert fault.startswith(made[3])
            assert peak < 200


def test_many_rows_take_no_more_than_few(tmp_path: Path):
    row = b"un," + b"x" * 996 + b"\n"
    few = put(tmp_path / "few", "topics.csv", b"slug,name\n", row, MB)
    many = put(tmp_path / "many", "topics.csv", b"slug,name\n", row, 40 * MB)

    (_rows, peak_of_few, _faults), (rows, peak_of_many, faults) = read(few, many)

    assert (rows, faults) == (40_000, [])
    assert peak_of_many < peak_of_few + 5
