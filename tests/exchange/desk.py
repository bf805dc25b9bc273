"""A small desk in the CSV dialect, with ids a test can name, and short ways to import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claims.exchange.columns import TABLES
from claims.exchange.imports import ImportRefused, import_files
from claims.exchange.imports.sheets import Fault

from .exported import table_csv

PROMISE = "11111111-1111-4111-8111-111111111111"
FIGURE = "22222222-2222-4222-8222-222222222222"
SAID_AGAIN = "33333333-3333-4333-8333-333333333333"
SIGNED = "44444444-4444-4444-8444-444444444444"
SEARCHED = "55555555-5555-4555-8555-555555555555"
UPDATE = "66666666-6666-4666-8666-666666666666"
VERDICT = "77777777-7777-4777-8777-777777777777"
LINK = "88888888-8888-4888-8888-888888888888"
NEW = "99999999-9999-4999-8999-999999999999"

FILES = {
    "topics": "slug,name\npeacekeeping,Peacekeeping\n",
    "collections": "slug,name,starts_on\nreport,One report,2020-10-16\n",
    "speakers": (
        "slug,name,kind,aliases,organisation\n"
        'zas,Stanislav Zas,person,"[""Zas"",""Стас""]",csto\n'
        "csto,The CSTO,organisation,,\n"
    ),
    "sources": (
        "slug,url,publisher,title,published_on\n"
        "belta,https://belta.example/1,BelTA,Plans,2020-10-16\n"
        "tass,https://tass.example/1,TASS,Signed,2021-09\n"
    ),
    "claims": (
        "id,external_id,kind,statement,speaker,on_behalf_of,source,said_on,due,due_mode,due_basis,"
        "quantity,topics,collections,editorial_state\n"
        f"{PROMISE},r/1,promise,The work is done in 2020.,zas,csto,belta,2020-10-16,2020,by,"
        'stated,,"[""peacekeeping""]","[""report""]",published\n'
        f"{FIGURE},r/2,assertion,There are 3600 people.,zas,,belta,2020-10-16,,,,"
        "approx 3600 people,,,published\n"
    ),
    "appearances": (f"id,claim,said_on,source,quote\n{SAID_AGAIN},{PROMISE},2020-12,tass,Soon\n"),
    "evidence": (
        "id,claim,kind,stance,summary,source,dated,observed\n"
        f"{SIGNED},{PROMISE},report,supports,It was signed.,tass,2021-09-16,\n"
        f"{SEARCHED},{PROMISE},search,context,No text of 2020 was found.,,,\n"
    ),
    "links": f"id,claim,type,target\n{LINK},{PROMISE},depends_on,{FIGURE}\n",
    "assessments": (
        "id,claim,outcome,progress,cause,reason,headline,rationale,happened_on,evidence\n"
        f'{UPDATE},{PROMISE},,in_progress,,,,Adopted.,2020-12-02,"[""{SIGNED}""]"\n'
        f"{VERDICT},{PROMISE},borne_out_late,,development,delayed,Nine months late,Signed late.,"
        f'2021-09-16,"[""{SIGNED}"",""{SEARCHED}""]"\n'
    ),
}
ROWS = sum(text.count("\n") - 1 for text in FILES.values())


def put(folder: Path, table: str, content: str | bytes) -> Path:
    path = folder / f"{table}.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_desk(folder: Path) -> Path:
    for table, text in FILES.items():
        put(folder, table, text)
    return folder


def put_export(folder: Path) -> Path:
    """Everything that is public, as it is exported now."""
    for table in TABLES:
        put(folder, table, table_csv(table, site_url="https://desk.example"))
    return folder


def take_in(*paths: Path, **options: Any) -> Counter[str]:
    """How many rows met each fate."""
    report = import_files(paths, actor="ada", **options)
    fates: Counter[str] = Counter()
    for (_table, fate), number in report.fates.items():
        fates[fate] += number
    return fates


def faults_of(*paths: Path) -> list[Fault]:
    """What an import of these is refused for."""
    with pytest.raises(ImportRefused) as refused:
        take_in(*paths)
    report = refused.value.report
    told = report.faults.told + report.conflicts.told
    assert report.refused == len(told)
    return told
