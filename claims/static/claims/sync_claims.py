#!/usr/bin/env python3
"""Keep an SQLite copy of a Borne Out desk in sync. Run it as often as you like:

    python3 sync_claims.py https://desk.example copy.sqlite3

It needs Python 3.8 or newer, and nothing else. It may be stopped at any moment: rows and the place
it has come to are committed together, and the next run goes on from there. In the copy,

    claims   has a line for each claim with what most people ask for
    records  has every claim, speaker, source, topic and collection as the feed gives it, in JSON
    merged   says which claim a duplicate was merged into
"""

import json
import sqlite3
import sys
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

TABLES = """
CREATE TABLE IF NOT EXISTS place (is_one INTEGER PRIMARY KEY CHECK (is_one = 1), after TEXT);
CREATE TABLE IF NOT EXISTS merged (uid TEXT PRIMARY KEY, survivor TEXT);
CREATE TABLE IF NOT EXISTS records (subject TEXT, key TEXT, record TEXT,
                                    PRIMARY KEY (subject, key));
CREATE VIEW IF NOT EXISTS claims AS
SELECT c.key AS uid, json_extract(c.record, '$.statement') AS statement,
       json_extract(s.record, '$.name') AS speaker, json_extract(c.record, '$.said_on') AS said_on,
       json_extract(c.record, '$.due') AS due, json_extract(c.record, '$.status') AS status
FROM records AS c LEFT JOIN records AS s
     ON s.subject = 'speaker' AND s.key = json_extract(c.record, '$.speaker')
WHERE c.subject = 'claim' AND c.record IS NOT NULL;
"""


def sync(site: str, copy: sqlite3.Connection, ask: Any = urlopen, wait: Any = time.sleep) -> None:
    copy.executescript(TABLES)
    while True:
        (after,) = copy.execute("SELECT after FROM place").fetchone() or ("",)
        try:
            address = f"{site}/api/v1/changes/?page_size=200" + (after and f"&after={after}")
            with ask(address, timeout=60) as answer:
                page = json.load(answer)
        except HTTPError as error:
            if error.code in (429, 503):  # it is busy, or a replica that is behind us
                wait(int(error.headers.get("Retry-After") or 30))
            elif error.code == 410:  # restored from a backup: what we have may never have been
                with copy:
                    copy.execute("DELETE FROM records")
                    copy.execute("DELETE FROM merged")
                    copy.execute("DELETE FROM place")
            else:
                raise
            continue
        with copy:  # one transaction
            for entry in page["results"]:
                take(copy, entry["subject"], entry["key"], entry["record"])
            copy.execute("REPLACE INTO place VALUES (1, ?)", (page["next_after"],))
        if page["next_after"] == page["head"]:
            return


def take(copy: sqlite3.Connection, subject: str, key: str, record: Any) -> None:
    """One entry. Where its record is null, it was redacted: the row is emptied."""
    state = record and record.get("editorial_state")
    if state == "merged":
        of_it = copy.execute("SELECT survivor FROM merged WHERE uid = ?", (record["merged_into"],))
        (survivor,) = of_it.fetchone() or (record["merged_into"],)
        copy.execute("UPDATE merged SET survivor = ? WHERE survivor = ?", (survivor, key))
        copy.execute("REPLACE INTO merged VALUES (?, ?)", (key, survivor))
    if state in ("merged", "retracted"):
        copy.execute("DELETE FROM records WHERE subject = ? AND key = ?", (subject, key))
    else:
        text = record and json.dumps(record, ensure_ascii=False)
        copy.execute("REPLACE INTO records VALUES (?, ?, ?)", (subject, key, text))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sync(sys.argv[1].rstrip("/"), sqlite3.connect(sys.argv[2]))
