"""What the indexes of the database of the environment take, and whether anything read them.

    python -m tests.benchmarks.indexes

Prints JSON: of each index of our tables its name, bytes, whether it keeps rows apart (unique), and
how often a plan has read it since the database was made (null: the engine does not count).
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

POSTGRESQL = """
    SELECT s.indexrelname, pg_relation_size(s.indexrelid), i.indisunique, s.idx_scan
    FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid
    WHERE s.relname LIKE 'claims\\_%' ORDER BY 1
"""
SQLITE = """
    SELECT m.name, sum(d.pgsize), m.sql IS NULL OR m.sql LIKE 'CREATE UNIQUE %', NULL
    FROM sqlite_master m JOIN dbstat d ON d.name = m.name
    WHERE m.type = 'index' AND m.tbl_name LIKE 'claims\\_%' ESCAPE '\\' GROUP BY 1 ORDER BY 1
"""


def indexes() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'")
            if cursor.fetchone() is None:  # not compiled into this SQLite
                return []
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
        names = "name", "bytes", "unique", "scans"
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


if __name__ == "__main__":
    json.dump(indexes(), sys.stdout)
