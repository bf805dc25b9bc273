"""Made claims are kept between runs, and no run alters what is kept."""

import sqlite3
from contextlib import closing

import pytest

from . import kept
from .kept import databases


@pytest.fixture
def making(monkeypatch):
    """What claims were really made, each time."""
    made, really = [], kept._make

    def make(url, arguments, note):
        made.append(arguments)
        really(url, arguments, note)

    monkeypatch.setattr(kept, "_make", make)
    return made


def claims(url, statement="SELECT count(*) FROM claims_claim"):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(statement).fetchone()


def test_claims_are_made_once_and_every_run_has_them_as_they_were_made(tmp_path, making):
    with databases("sqlite", [20], 1, tmp_path) as [made]:
        assert claims(made.url) == (20,)
        claims(made.url, "DELETE FROM claims_searchtext")
    with databases("sqlite", [20], 1, tmp_path) as [again]:
        assert claims(again.url, "SELECT count(*) FROM claims_searchtext") == (20,)

    assert making == [["20", "1"]]
    assert again.seconds == made.seconds
    assert len(list(tmp_path.iterdir())) == 2  # the claims, and the note of them


def test_what_was_broken_off_is_made_anew(tmp_path, monkeypatch):
    def break_off(url, arguments, note):
        claims(url, "CREATE TABLE half (id)")
        raise KeyboardInterrupt

    monkeypatch.setattr(kept, "_make", break_off)
    with pytest.raises(KeyboardInterrupt), databases("sqlite", [20], 1, tmp_path):
        pass

    def make(url, arguments, note):
        claims(url, "CREATE TABLE whole (id)")
        note.write_text('{"seconds": 1}')

    monkeypatch.setattr(kept, "_make", make)
    with databases("sqlite", [20], 1, tmp_path) as [made]:
        assert claims(made.url, "SELECT group_concat(name) FROM sqlite_master") == ("whole",)


def test_other_sizes_and_seeds_and_other_makers_are_kept_beside_it(tmp_path, monkeypatch):
    def make(url, arguments, note):
        note.write_text('{"seconds": 1}')
        claims(url, "CREATE TABLE made (id)")

    monkeypatch.setattr(kept, "_make", make)
    with databases("sqlite", [20, 30], 1, tmp_path) as both:
        assert [each.claims for each in both] == [20, 30]
    with databases("sqlite", [20], 2, tmp_path):
        pass
    monkeypatch.setattr(kept, "digest", lambda: "another")
    with databases("sqlite", [20], 1, tmp_path):
        pass

    assert len(list(tmp_path.glob("*.sqlite3"))) == 4
