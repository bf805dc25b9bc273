"""The tables whose rows are only ever inserted, and a row in each."""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from claims.append_only import APPEND_ONLY
from claims.models import Assessment, Redaction
from tests.factories import ACTOR, assess, make_claim

TABLES = [model._meta.db_table for model in APPEND_ONLY]


def insert_rows() -> None:
    """At least one row in each of the tables."""
    assess(make_claim(), "borne_out", headline="Opened in May")
    warrant(Assessment.objects.latest("pk"), "headline")


def warrant(row: models.Model, column: str) -> Redaction:
    return Redaction.objects.create(
        table=row._meta.db_table,
        row=str(row.pk),
        column=column,
        legal_basis="Art. 17 GDPR",
        at=timezone.now(),
        actor=ACTOR,
    )


def contents() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in APPEND_ONLY]


def execute(sql: str) -> None:
    """One statement in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def columns_of(table: str) -> list[str]:
    (model,) = (each for each in APPEND_ONLY if each._meta.db_table == table)
    return [field.column for field in model._meta.fields]
