"""Where the PostgreSQL leg finds its server, and what it says and leaves behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import environ
import psycopg
import pytest

from tests.postgres_cluster import (
    PROGRAMS,
    THROW_AWAY,
    PostgresNotFound,
    find_bin_dir,
    main,
    postgres_cluster,
)

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Put a make-believe server into a folder: programs that can only tell their version."""

    def install_into(folder: str, version: str = "16.1", programs: tuple[str, ...] = PROGRAMS):
        bin_dir = tmp_path / folder
        bin_dir.mkdir(parents=True, exist_ok=True)
        for name in programs:
            (bin_dir / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
            (bin_dir / name).chmod(0o755)
        return bin_dir

    return install_into


def printed_environment(name: str) -> list[str]:
    """Return a command that prints an environment variable it was given."""
    return [sys.executable, "-c", f"import os; print(os.environ['{name}'])"]


# Finding the binaries


def test_pg_bin_dir_goes_before_path(install: Install, tmp_path: Path):
    chosen, on_path = install("chosen"), install("on_path")
    environment = {"PG_BIN_DIR": str(chosen), "PATH": str(on_path)}
    assert find_bin_dir(environment, tmp_path) == chosen


def test_a_mistyped_pg_bin_dir_is_not_replaced_by_another_server(install: Install, tmp_path: Path):
    environment = {"PG_BIN_DIR": str(tmp_path / "chosne"), "PATH": str(install("on_path"))}
    with pytest.raises(PostgresNotFound, match="PG_BIN_DIR: no initdb, pg_ctl, postgres in"):
        find_bin_dir(environment, tmp_path)


def test_path_goes_before_debians_folder(install: Install, tmp_path: Path):
    install("debian/17/bin")
    on_path = install("on_path")
    assert find_bin_dir({"PATH": str(on_path)}, tmp_path / "debian") == on_path


def test_a_link_on_path_leads_to_the_programs_beside_its_target(install: Install, tmp_path: Path):
    server = install("server")
    links = tmp_path / "links"
    links.mkdir()
    (links / "initdb").symlink_to(server / "initdb")
    assert find_bin_dir({"PATH": str(links)}, tmp_path) == server


def test_the_newest_version_is_the_highest_number_not_the_last_word(
    install: Install, tmp_path: Path
):
    for version in ("9.6", "15", "100"):
        install(f"debian/{version}/bin", version)
    install("debian/old-copy/bin")
    assert find_bin_dir({}, tmp_path / "debian") == tmp_path / "debian/100/bin"


def test_a_newer_client_without_a_server_is_passed_over(install: Install, tmp_path: Path):
    server = install("debian/15/bin")
    install("debian/17/bin", programs=("psql",))
    assert find_bin_dir({}, tmp_path / "debian") == server


def test_debians_folder_helps_out_when_the_server_on_path_is_too_old(
    install: Install, tmp_path: Path
):
    server = install("debian/15/bin", "15.18 (Debian 15.18-0+deb12u1)")
    environment = {"PATH": str(install("on_path", "14.9"))}
    assert find_bin_dir(environment, tmp_path / "debian") == server


def test_a_server_before_15_is_refused_by_its_number(install: Install, tmp_path: Path):
    environment = {"PG_BIN_DIR": str(install("chosen", "14.9"))}
    with pytest.raises(PostgresNotFound, match="holds PostgreSQL 14, and 15 or newer is needed"):
        find_bin_dir(environment, tmp_path)


def test_an_empty_machine_is_told_where_we_looked(tmp_path: Path):
    with pytest.raises(PostgresNotFound, match=f"no initdb on PATH, no server under {tmp_path}"):
        find_bin_dir({"PATH": str(tmp_path)}, tmp_path)


# Running a command


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN_DIR", str(tmp_path))
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)


@pytest.mark.usefixtures("no_server")
@pytest.mark.parametrize("ci", ["", "0", "false"])
def test_without_a_server_the_leg_is_skipped_with_one_loud_line(
    ci: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CI", ci)
    assert main(["echo", "this must not run"]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("*** PostgreSQL leg SKIPPED: ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("no_server")
@pytest.mark.parametrize("ci", ["true", "1"])
def test_without_a_server_the_leg_fails_under_ci(
    ci: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CI", ci)
    assert main(["echo", "this must not run"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("*** PostgreSQL leg FAILED: ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("no_server")
@pytest.mark.parametrize("name", ["TEST_DATABASE_URL", "DATABASE_URL"])
def test_a_database_given_by_url_is_handed_on_and_nothing_is_started(
    name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://given")
    assert main(printed_environment(name)) == 0
    assert capfd.readouterr().out == "postgres://given\n"


def test_the_commands_exit_code_is_passed_through(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://given")
    assert main([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_a_command_ended_by_a_signal_gets_the_shells_exit_code(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://given")
    assert main([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137


# The real thing, where the machine has one


@pytest.fixture
def real_server() -> None:
    try:
        find_bin_dir()
    except PostgresNotFound as missing:
        pytest.skip(str(missing))


def connect(url: str) -> psycopg.Connection:
    """Connect to the URL as Django's settings would read it."""
    settings = environ.Env.db_url_config(url)
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        dbname=settings["NAME"],
    )


def socket_folder(url: str) -> Path:
    return Path(environ.Env.db_url_config(url)["HOST"])


@pytest.mark.usefixtures("real_server")
def test_a_cluster_answers_on_its_socket_alone_and_an_interruption_leaves_nothing_of_it():
    # It would go on for as long as this test lives, and no longer.
    endless = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres_cluster", sys.executable, "-c", endless],
        env={name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"},
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = run.stdout.readline().strip()
        folder = socket_folder(url)
        server = int(re.match(r"\d+", (folder / "data" / "postmaster.pid").read_text())[0])
        with closing(connect(url)) as connection:
            shown = {
                name: connection.execute(f"SHOW {name}").fetchone()[0]
                for name in ("listen_addresses", "server_encoding", *THROW_AWAY)
            }
    finally:
        run.terminate()
        run.communicate(timeout=30)
    assert shown == {"listen_addresses": "", "server_encoding": "UTF8", **THROW_AWAY}
    assert run.returncode == 128 + signal.SIGTERM
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        connect(url)
    assert not Path(f"/proc/{server}/exe").exists()


@pytest.mark.usefixtures("real_server")
def test_a_cluster_that_is_kept_has_the_next_time_what_it_had():
    with TemporaryDirectory(prefix="borne-out-") as folder:
        Path(folder).chmod(0o755)  # the server's account passes through
        data = Path(folder) / "data"
        with postgres_cluster(kept=data) as url, closing(connect(url)) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'here' AS text")
            connection.commit()
        with postgres_cluster({}, kept=data) as url, closing(connect(url)) as connection:
            assert connection.execute("SELECT text FROM note").fetchone() == ("here",)
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            with pytest.raises(RuntimeError, match="Another server"), postgres_cluster(kept=data):
                pass
            assert connection.execute("SELECT text FROM note").fetchone() == ("here",)
        assert not (data / "postmaster.pid").exists()
