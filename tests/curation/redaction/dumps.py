"""Everything that anybody can get out of the desk, as text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client

from claims.exchange.columns import TABLES
from claims.exchange.ledger_export import export_ledger
from claims.models import Change, Claim, Collection, Source, Speaker, Topic
from tests.admin.pages import page_of
from tests.exchange.exported import table_csv


def api() -> str:
    client = Client()
    paths = ["changes/", "claims/", "claims.csv", "speakers/", "sources/", "topics/"]
    paths += ["collections/", "corrections/", "stats/?group_by=status,speaker"]
    moments = [change.cursor for change in Change.objects.all()[::6]]
    paths += [f"claims/?as_of={cursor}" for cursor in moments]
    paths += [f"claims.csv?as_of={cursor}" for cursor in moments]
    for uid in Claim.objects.values_list("uid", flat=True):
        pages = ["", "timeline/", "timeline/?chain=true", "history/", "assessments/"]
        paths += [f"claims/{uid}/{page}" for page in pages]
        paths += [f"claims/{uid}/timeline/?as_of={cursor}" for cursor in moments]
    for model in (Speaker, Source, Topic, Collection):
        names = f"{model._meta.verbose_name_plural}"
        slugs = [row.slug for row in model._default_manager.all()]
        paths += [f"{names}/{slug}/{page}" for slug in slugs for page in ("", "history/")]
    sizes = {"page_size": 200}
    return "".join(
        _text(client.get(f"/api/v1/{path}", sizes if path.endswith("s/") else {})) for path in paths
    )


def admin_pages() -> str:
    user, _made = User.objects.get_or_create(username="root", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    pages = ["/admin/"]
    for model in admin.site._registry:
        meta = model._meta
        pages.append(f"/admin/{meta.app_label}/{meta.model_name}/")
        if meta.app_label == "claims":
            for row in model._default_manager.all():
                pages += [page_of(row), page_of(row, "history")]
    for row in Claim.objects.all():
        pages.append(f"/admin/claims/claim/{row.pk}/retract/")
    return "".join(_text(client.get(page)) for page in pages)


def csv_files() -> str:
    return "".join(table_csv(table) for table in TABLES)


def ledger_export(folder: Path) -> str:
    export_ledger(folder)
    return "".join(path.read_text("utf-8") for path in folder.iterdir())


def dumpdata() -> str:
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()


def whole_database() -> str:
    """As the engine's own tools dump it."""
    if connection.vendor == "sqlite":
        database: Any = connection
        return "\n".join(database.connection.iterdump())
    dumped = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                dumped += [bytes(row).decode() for row in rows]
    return "".join(dumped)


def sessions() -> str:
    return str([session.get_decoded() for session in Session.objects.all()])


def _text(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return f"{response.status_code} {response.headers}\n{body.decode()}\n"
