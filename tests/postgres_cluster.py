"""A private PostgreSQL for one run of the tests, from whatever binaries the machine has.

    python -m tests.postgres_cluster COMMAND [ARGUMENT...]

runs COMMAND with ``TEST_DATABASE_URL`` and ``DATABASE_URL`` naming a fresh, empty database, and
ends with COMMAND's exit code. Nobody has to install, configure or clean up a server: the cluster
lives in a temporary folder, listens on a socket in that folder only (no port to clash, nobody else
to let in) and is gone afterwards, also when the run is interrupted. With ``TEST_DATABASE_URL``
already set, that database is used and nothing is started.
"""
# ruff: noqa: T201 (a command speaks to its terminal)

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

import psycopg

OLDEST_VERSION = 15
PROGRAMS = ("initdb", "pg_ctl", "postgres")
DEBIAN_VERSIONS = Path("/usr/lib/postgresql")  # Debian keeps servers off PATH, one folder a version

NAME = "borne_out"  # of the cluster's superuser and of its empty database
PORT = 5432  # no TCP port: it names the socket file, whatever PGPORT says outside

# Nothing in a throw-away cluster has to survive a power cut, and commits are what a test suite
# does most. A benchmark passes {} instead and measures what an operator would get.
THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PostgresNotFound(Exception):
    """No usable server binaries; the message says where we looked and what was wrong there."""


def find_bin_dir(
    environ: Mapping[str, str] | None = None, debian_versions: Path = DEBIAN_VERSIONS
) -> Path:
    """Return the folder of the server binaries, or say why there is none.

    A set ``PG_BIN_DIR`` is the only place looked at: whoever names one wants that one, and a
    mistyped path must not quietly become another version.
    """
    environ = os.environ if environ is None else environ
    if chosen := environ.get("PG_BIN_DIR"):
        places = {"PG_BIN_DIR": Path(chosen)}
    else:
        places = {}
        if initdb := shutil.which("initdb", path=environ.get("PATH", "")):
            # A packager's PATH entry is often a link; its neighbours are where it leads.
            places["PATH"] = Path(initdb).resolve().parent
        if newest := _newest_version(debian_versions):
            places[str(debian_versions)] = newest / "bin"

    faults = []
    for place, folder in places.items():
        if fault := _fault(folder):
            faults.append(f"{place}: {fault}")
        else:
            return folder
    raise PostgresNotFound(
        "; ".join(faults) or f"no initdb on PATH, no server under {debian_versions}"
    )


def _newest_version(versions: Path) -> Path | None:
    """Return the highest numbered folder that holds a server: 100 is newer than 15, 15 than 9.6.

    A newer client alone, which Debian puts beside it, is no server.
    """
    servers = [
        path
        for path in versions.glob("*")
        if re.fullmatch(r"\d+(\.\d+)*", path.name) and (path / "bin" / "initdb").exists()
    ]
    return max(servers, key=lambda path: [int(n) for n in path.name.split(".")], default=None)


def _fault(folder: Path) -> str | None:
    """Say in words why the binaries in this folder will not do, or None when they will."""
    if missing := [name for name in PROGRAMS if not os.access(folder / name, os.X_OK)]:
        return f"no {', '.join(missing)} in {folder}"
    asked = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"PostgreSQL\) (\d+)", asked.stdout)
    if not version:
        return f"{folder / 'postgres'} does not tell its version: {asked.stderr.strip()}"
    if int(version[1]) < OLDEST_VERSION:
        return f"{folder} holds PostgreSQL {version[1]}, and {OLDEST_VERSION} or newer is needed"
    return None


@contextmanager
def postgres_cluster(
    settings: Mapping[str, str] = THROW_AWAY, *, kept: Path | None = None
) -> Iterator[str]:
    """Start a private cluster, give its DATABASE_URL, and leave nothing behind.

    Where its data is to be `kept`, that folder stays, and what it holds is there the next time;
    RuntimeError where another server is at work on it.

    An interruption that arrives while the cluster is being built or removed is held back until
    that is done: half a cluster would be the one thing nobody knows how to clean up. SIGTERM and
    SIGHUP, which would end Python on the spot, become an ordinary SystemExit.
    """
    bin_dir = find_bin_dir()
    owner = _server_account()
    handlers = _raise_instead_of_dying()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        with tempfile.TemporaryDirectory(prefix="borne-out-", dir=_short_folder()) as name:
            folder = Path(name)
            data = kept or folder / "data"
            try:
                url = _start(bin_dir, folder, data, owner, settings)
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                yield url
            finally:
                signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
                if _listens_in(folder, data):
                    mode = "fast" if kept else "immediate"
                    stop = bin_dir / "pg_ctl", "stop", f"--mode={mode}"
                    _run(*stop, folder=folder, data=data, owner=owner)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(
    bin_dir: Path, folder: Path, data: Path, owner: dict[str, Any], settings: Mapping[str, str]
) -> str:
    """Build the cluster, unless it is there, start it and return the URL of its database."""
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    is_new = not (data / "PG_VERSION").exists()
    if is_new:
        data.mkdir(parents=True, exist_ok=True)
        if owner:
            os.chown(data, owner["user"], owner["group"])
        _run(
            bin_dir / "initdb",
            f"--username={NAME}",
            "--auth=trust",  # the folder is the lock: only its owner and root can reach the socket
            "--encoding=UTF8",
            "--locale=C.UTF-8",  # the same order of words on every machine
            "--no-sync",
            "--no-instructions",
            folder=folder,
            data=data,
            owner=owner,
        )
    _refuse_a_second_server(data)
    # Read after postgresql.conf, and written whole each time.
    with (data / "postgresql.auto.conf").open("w") as conf:
        ours = {"listen_addresses": "", "port": str(PORT), "unix_socket_directories": str(folder)}
        for name, value in {**ours, **settings}.items():
            escaped = value.replace("'", "''")
            conf.write(f"{name} = '{escaped}'\n")
    log = folder / "log"
    try:
        # pg_ctl returns when the server takes connections.
        start = bin_dir / "pg_ctl", "start", "--wait", f"--log={log}"
        _run(*start, folder=folder, data=data, owner=owner)
    except RuntimeError as error:
        if log.exists():
            error.add_note(log.read_text(errors="replace"))
        raise
    if is_new:
        with psycopg.connect(
            host=str(folder), port=PORT, user=NAME, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")
    # django-environ takes a path that begins with a slash for socket folder and database name.
    return f"postgres://{NAME}@:{PORT}/{quote(str(folder))}/{NAME}"


def _listens_in(folder: Path, data: Path) -> bool:
    """Is the server at work on the data the one whose socket is in that folder, so ours?"""
    pid_file = data / "postmaster.pid"
    return pid_file.exists() and str(folder) in pid_file.read_text().splitlines()


def _refuse_a_second_server(data: Path) -> None:
    """Before its settings are written; one that died has left its file behind."""
    with suppress(FileNotFoundError, ProcessLookupError):
        number = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(number, 0)
        raise RuntimeError(f"Another server, process {number}, is at work on {data}.")


def _run(*command: str | Path, folder: Path, data: Path, owner: dict[str, Any]) -> None:
    """Run one of PostgreSQL's own programs on the cluster, as the account that owns it."""
    # Without the caller's PGPORT, PGDATA and the like; with a time zone, or initdb tries them all.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environ |= {"PGDATA": str(data), "TZ": "UTC", "LC_ALL": "C"}
    done = subprocess.run(
        command,
        cwd=folder,  # ours may be closed to that account
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
        start_new_session=True,  # Ctrl-C in the terminal is for the command under test
        **owner,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{done.stdout}")


def _server_account() -> dict[str, Any]:
    """Return whom the server runs as, in subprocess's words: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL refuses to run as root, and there is no other account for it.")


def _short_folder() -> str:
    """Return where temporary folders go, unless a socket's path (107 bytes) would not fit."""
    usual = tempfile.gettempdir()
    return usual if len(os.fsencode(usual)) <= 70 else "/tmp"  # noqa: S108 (mkdtemp follows)


def _raise_instead_of_dying() -> dict[signal.Signals, Any]:
    """Make the deadly signals raise SystemExit; return the handlers to put back."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        return {}  # only the main thread may set handlers
    deadly = [n for n in INTERRUPTIONS if signal.getsignal(n) is signal.SIG_DFL]
    return {number: signal.signal(number, leave) for number in deadly}


def _run_with(url: str, command: Sequence[str]) -> int:
    """Run the command on this database and return its exit code, as a shell would tell it."""
    try:
        child = subprocess.Popen(
            command, env={**os.environ, "TEST_DATABASE_URL": url, "DATABASE_URL": url}
        )
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    try:
        code = child.wait()
    except BaseException as interruption:
        # Ctrl-C reached the child too and it may be writing its summary; any other signal did not.
        if not isinstance(interruption, KeyboardInterrupt):
            child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        child.kill()
        raise
    return code if code >= 0 else 128 - code


def _under_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def main(command: Sequence[str]) -> int:
    """Run the command on a cluster; without one, say so loudly, and under CI fail."""
    if not command:
        print("usage: python -m tests.postgres_cluster COMMAND [ARGUMENT...]", file=sys.stderr)
        return 2
    try:
        if url := os.environ.get("TEST_DATABASE_URL"):
            return _run_with(url, command)
        with postgres_cluster() as url:
            return _run_with(url, command)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except PostgresNotFound as error:
        failed = _under_ci()
        print(
            f"*** PostgreSQL leg {'FAILED' if failed else 'SKIPPED'}: no PostgreSQL "
            f"{OLDEST_VERSION} or newer found ({error}). Install the server (Debian: apt install "
            "postgresql), or set PG_BIN_DIR to the folder of initdb, or TEST_DATABASE_URL. ***",
            file=sys.stderr,
        )
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
