"""The client's process is killed, in truth, at one statement after another: the copy is whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
from django.db import transaction

from tests.api.copies import SCRIPT, SITE, Server, contents, sync
from tests.factories import make_claim, make_topic

pytestmark = pytest.mark.django_db

# Runs the script's own `sync` on pages that were answered before, and kills itself.
DRIVER = f"""
import io, json, os, runpy, signal, sqlite3, sys
from urllib.error import HTTPError
script, pages, path, statement = sys.argv[1:]
pages, left = json.load(open(pages, encoding="utf-8")), int(statement)

class Doomed(sqlite3.Connection):
    def execute(self, *args):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*args)

def ask(address, timeout):
    if pages[address] is None:
        raise HTTPError(address, 410, "Gone", {{}}, None)
    return io.BytesIO(pages[address].encode())

runpy.run_path(script)["sync"]("{SITE}", sqlite3.connect(path, factory=Doomed), ask)
"""


@pytest.fixture
def run(tmp_path):
    """Run the client on `pages`, to be killed at a statement; gives its exit code."""

    def start(path, pages, statement=0):
        file = tmp_path / "pages.json"
        file.write_text(json.dumps(pages), encoding="utf-8")
        arguments = [SCRIPT, file, path, str(statement)]
        return subprocess.run(
            [sys.executable, "-I", "-c", DRIVER, *arguments], stderr=subprocess.DEVNULL
        ).returncode

    return start


def test_it_goes_on_from_the_last_whole_page(client, run, tmp_path):
    for _number in range(4):
        make_claim()
    path, whole, server = tmp_path / "copy", tmp_path / "whole", Server(client, page_size=5)
    sync(whole, server)

    # The place is asked for, and a page writes its rows, of which the last has two, and the place.
    first, second, last = (1, 2, 4, 7, 8), (1, 2, 6, 7, 9), (3, 4)
    for statement in first + second + last:
        assert run(path, server.pages, statement) == -signal.SIGKILL
    assert run(path, server.pages) == 0
    assert contents(path) == contents(whole)


def test_it_begins_again_with_nothing_left_of_the_other_history(client, run, tmp_path):
    backup = transaction.savepoint()
    make_claim()
    path, whole = tmp_path / "copy", tmp_path / "whole"
    sync(path, Server(client))
    ((_one, lost),) = contents(path)[0]
    transaction.savepoint_rollback(backup)
    make_topic()
    server = Server(client)
    sync(whole, server)
    pages = server.pages | {f"{SITE}/api/v1/changes/?page_size=200&after={lost}": None}

    # The place is asked for, three tables are emptied, the place is asked for, and a page comes.
    for statement in (2, 3, 4, 6):
        assert run(path, pages, statement) == -signal.SIGKILL
    assert run(path, pages) == 0
    assert contents(path) == contents(whole)
