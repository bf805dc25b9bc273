"""The engines' indexes over the texts of search, which no model describes.

SQLite: an FTS5 table that keeps no text of its own, fed by triggers. A migration that rebuilds
the texts' table loses those, so they are looked for after each migration. PostgreSQL: a column
made of the text. Neither takes words apart by rules of its own.
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TEXTS, INDEX = "claims_searchtext", "claims_search"

# All that is not ASCII is a letter to this tokenizer, and our words are parted by blanks. Of a
# short beginning it keeps where all its words are.
_FTS5 = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(text, content='{TEXTS}',"
    " content_rowid='claim_id', tokenize='ascii', detail='none', columnsize=0, prefix='1 2 3')"
)
_ADD = f"INSERT INTO {INDEX}(rowid, text) VALUES (NEW.claim_id, NEW.text);"
_REMOVE = f"INSERT INTO {INDEX}({INDEX}, rowid, text) VALUES ('delete', OLD.claim_id, OLD.text);"
_TRIGGERS = {
    f"{TEXTS}_added": f"AFTER INSERT ON {TEXTS} BEGIN {_ADD} END",
    f"{TEXTS}_removed": f"AFTER DELETE ON {TEXTS} BEGIN {_REMOVE} END",
    f"{TEXTS}_changed": (
        f"AFTER UPDATE ON {TEXTS} WHEN OLD.text <> NEW.text OR OLD.claim_id <> NEW.claim_id"
        f" BEGIN {_REMOVE} {_ADD} END"
    ),
}
_POSTGRESQL = (
    f"ALTER TABLE {TEXTS} ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS"
    " (array_to_tsvector(array_remove(string_to_array(translate(text, E'\\n', ' '), ' '), '')))"
    " STORED",
    f"CREATE INDEX search_by_words ON {TEXTS} USING gin (words)",
)
_TUNED = (
    # Of a word that is not in the statistics PostgreSQL expects so many claims that it walks the
    # list instead: 300 ms for one in a thousand of a million claims, and 20 by the index.
    f"ALTER TABLE {TEXTS} ALTER COLUMN words SET STATISTICS 1000",
    # The list of what is still to be indexed spares an import a tenth of its time. Each search
    # reads it, so it is short (kB).
    "ALTER INDEX search_by_words SET (fastupdate = on, gin_pending_list_limit = 256)",
    f"ANALYZE {TEXTS}",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index of the texts that are there. On SQLite idempotent."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in (*_POSTGRESQL, *_TUNED):
                cursor.execute(statement)
            return
        cursor.execute(_FTS5)
        for name, trigger in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {trigger}")
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def tune(connection: BaseDatabaseWrapper) -> None:
    """Bring an index that is there to how `install` makes it. Idempotent."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in _TUNED:
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """What goes with the table of the texts is left to go with it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")


def install_after_migration(using: str, **kwargs: object) -> None:
    """Where SQLite lost a trigger with a table that was made anew."""
    connection = connections[using]
    if connection.vendor == "sqlite" and TEXTS in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            there = {name for (name,) in cursor.fetchall()}
        if not there.issuperset(_TRIGGERS):
            install(connection)


def forget(connection: BaseDatabaseWrapper) -> None:
    """Write SQLite's index anew: what was deleted from it stays readable in it until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")
