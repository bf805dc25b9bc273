"""Whether what is asked stays on indexes: the plan of every query behind an answer, by EXPLAIN.

    python -m tests.benchmarks.plans

asks the database of the environment, and prints JSON: by question, the large tables that some
query of it reads whole. Meant for many claims: of a small table a planner rightly reads all.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from claims.models import Change, Claim, Collection, Ledger, Speaker  # noqa: E402

from .contenders import HOST  # noqa: E402
from .every_filter import every_filter  # noqa: E402

LARGE = (
    *("claim", "claimdocument", "standing", "change", "assessment", "evidence", "appearance"),
    *("link", "claim_topics", "claim_collections", "searchtext"),
)


def addresses() -> dict[str, str]:
    """Questions about the past, and counts, as addresses under ``/api/v1/``."""
    head = Ledger.objects.get().number
    early, middle = (Change.objects.get(number=number) for number in (head // 50, head // 2))
    busiest = list(Speaker.objects.annotate(said=Count("claims")).order_by("-said", "pk"))
    speakers = busiest[0], busiest[len(busiest) // 2]
    collection = Collection.objects.order_by("slug")[0]
    claim = Claim.objects.published()[0]
    asked = {
        **{f"list, {name}": f"claims/?{query}" for name, query in every_filter().items()},
        "list": "claims/",
        "list by speaker": f"claims/?speaker={speakers[1].slug}",
        "list overdue": "claims/?overdue=true&ordering=due",
        "list stale": "claims/?stale=true",
        "list due in 2020": "claims/?due_overlaps=2020",
        "list by publisher": "claims/?publisher=News%20Agency",
        "list by uid": f"claims/?uid={claim.uid}",
        "list by language": "claims/?quote_language=en",
        "list judged in a month": "claims/?judged_from=2020-05&judged_to=2020-05",
        "list of what revises a claim": f"claims/?revises={claim.uid}",
        "list without evidence": "claims/?has_evidence=false",
        "search for what all have": "claims/?search=the",
        "search for what few have": f"claims/?search=finished {quote(speakers[1].name)}",
        "search for a phrase": f'claims/?search="{quote(speakers[1].name)}"',
        "search, by due day": "claims/?search=the&ordering=due",
        "search of a speaker": f"claims/?search=the&speaker={speakers[1].slug}",
        "search, ranked": "claims/?search=tram OR airport&ordering=rank",
        "detail": f"claims/{claim.uid}/",
        "chain": f"claims/{claim.uid}/timeline/?chain=true",
        "history": f"claims/{claim.uid}/history/",
        "corrections": "corrections/",
        "assessments": "assessments/",
        "assessments of a speaker": f"assessments/?speaker={speakers[1].slug}",
        "evidence": "evidence/",
        "evidence on a speaker": f"evidence/?speaker={speakers[1].slug}",
        "evidence on a claim": f"claims/{claim.uid}/evidence/",
        "scorecard of a busy speaker": f"speakers/{speakers[0].slug}/scorecard/",
        "scorecard of a speaker": f"speakers/{speakers[1].slug}/scorecard/",
        "scorecard of a collection": f"collections/{collection.slug}/scorecard/",
        "statistics of a speaker": f"stats/?group_by=status&speaker={speakers[1].slug}",
    }
    past = {
        "list": "claims/?",
        "list by speaker": f"claims/?speaker={speakers[1].slug}&",
        "list by status": "claims/?status=borne_out&",
        "list by status and speaker": f"claims/?status=borne_out&speaker={speakers[1].slug}&",
        "list due in 2020": "claims/?due_overlaps=2020&",
        "list judged in a month": "claims/?judged_from=2020-05&judged_to=2020-05&",
        "assessments": "assessments/?",
        "detail": f"claims/{claim.uid}/?",
        "scorecard of a speaker": f"speakers/{speakers[1].slug}/scorecard/?",
        "statistics of a speaker": f"stats/?group_by=status&speaker={speakers[1].slug}&",
    }
    for when, entry in {"half-way back": middle, "of the beginning": early}.items():
        for name, address in past.items():
            asked[f"{name}, {when}"] = f"{address}as_of={entry.cursor}"
    return asked


def whole_tables(address: str) -> list[str]:
    """The large tables that a query behind this address reads whole."""
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(f"/api/v1/{address}", headers={"host": HOST})
    if response.status_code not in (200, 404):
        raise RuntimeError(f"{address}: {response.status_code}")
    found: set[str] = set()
    for query in captured:
        if query["sql"].startswith("SELECT"):
            found.update(scanned(query["sql"]))
    return sorted(found & {f"claims_{name}" for name in LARGE})


def scanned(sql: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
            (answer,) = cursor.fetchone()
            plans = json.loads(answer) if isinstance(answer, str) else answer
            yield from _sequential(plans[0]["Plan"])
            return
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"), [])
        details = [detail for *_numbers, detail in cursor.fetchall()]
        # A list in the order of primary keys walks its table, which is that index.
        walks = " ORDER BY " in sql and "USE TEMP B-TREE FOR ORDER BY" not in details
        for detail in details[1:] if walks else details:
            if scan := re.fullmatch(r"SCAN (\w+)", detail):
                yield from _called(scan[1], sql)


def _called(alias: str, sql: str) -> Iterator[str]:
    """The tables that go by this name; SQLite's plan says no more, and the head of the ledger, one
    row, goes by the name of other subqueries' tables."""
    tables = {alias, *re.findall(rf'(?:FROM|JOIN) "(\w+)" {alias}\b', sql)}
    yield from () if Ledger._meta.db_table in tables else tables


def _sequential(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for each in plan.get("Plans", ()):
        yield from _sequential(each)


def main() -> None:
    json.dump({name: whole_tables(address) for name, address in addresses().items()}, sys.stdout)


if __name__ == "__main__":
    main()
