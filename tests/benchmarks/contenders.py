"""Who is measured, each a server process of its own, started as ``make run`` starts the product."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PRODUCT, PLAIN_DRF, BARE = "product", "plain DRF", "bare"
# What granian imports, and the settings that it runs under.
CONTENDERS = {
    PRODUCT: ("config.wsgi:application", "config.settings"),
    PLAIN_DRF: ("config.wsgi:application", "tests.benchmarks.settings"),
    BARE: ("tests.benchmarks.bare:application", ""),
}
START_UP = 30  # seconds that a server may take


@dataclass(frozen=True)
class Server:
    pid: int
    port: int
    start_up: float = 0  # seconds to its first answer

    @property
    def peak_memory(self) -> int | None:
        """The most bytes its worker had in memory; None where there is no /proc to say so."""
        peaks = [
            int(peak[1]) * 1024
            for _folder, facts in self._workers()
            if (peak := re.search(r"^VmHWM:\s+(\d+) kB$", facts, re.MULTILINE))
        ]
        return max(peaks, default=None)

    @property
    def cpu_seconds(self) -> float | None:
        """What its worker has had of a processor; None likewise."""
        spent = None
        for folder, _facts in self._workers():
            # After the name, which may hold blanks, the 12th and 13th: in user mode, in the kernel.
            ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
            spent = (spent or 0) + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        return spent

    def _workers(self) -> Iterator[tuple[Path, str]]:
        """The folder in /proc and the status of each."""
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                facts = status.read_text()
            except OSError:  # a process that has just ended
                continue
            if re.search(rf"^PPid:\s+{self.pid}$", facts, re.MULTILINE):
                yield status.parent, facts


def environment(database_url: str) -> dict[str, str]:
    """What a deployment would set, with hosts and HTTPS as they are on one machine."""
    return os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "off",
        "DEBUG": "off",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@contextmanager
def serving(name: str, database_url: str) -> Iterator[Server]:
    """The contender, up and listening; gone afterwards."""
    application, settings = CONTENDERS[name]
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    start = time.monotonic()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", HOST, "--port", str(port), "--no-ws", "--workers", "1"),
            *("--blocking-threads", "8", "--blocking-threads-idle-timeout", "600"),
            *("--log-level", "error", application),
        ],
        env=environment(database_url) | {"DJANGO_SETTINGS_MODULE": settings},
        start_new_session=True,  # Ctrl-C is for the benchmark, which then ends its servers
    )
    try:
        _wait_for(process, port)
        yield Server(process.pid, port, time.monotonic() - start)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen, port: int) -> None:
    """Until it answers anything at all: it listens before it has loaded the application."""
    until = time.monotonic() + START_UP
    while process.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection((HOST, port), timeout=START_UP) as connection:
                connection.sendall(f"GET /claims/ HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
                if connection.recv(1):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"The server on port {port} does not answer.")
