"""Which verdict stands, and how claims stood before there was a table of it, from the ledger."""

import json
from itertools import groupby

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

BLOCK = 250


def note_verdicts(apps, schema_editor):
    claims = apps.get_model("claims", "Claim").objects.using(schema_editor.connection.alias)
    assessments = apps.get_model("claims", "Assessment").objects.using(
        schema_editor.connection.alias
    )
    newest = assessments.filter(claim=OuterRef("pk"), outcome__gt="").order_by("-pk")
    claims.filter(outcome="").update(verdict=None)
    claims.filter(outcome__gt="").update(verdict=Subquery(newest.values("pk")[:1]))
    claims.filter(verdict__words_revision__lt=F("words_revision")).update(stale=True)


def replay(apps, schema_editor):
    alias = schema_editor.connection.alias
    changes = apps.get_model("claims", "Change").objects.using(alias)
    Claim = apps.get_model("claims", "Claim")
    Assessment = apps.get_model("claims", "Assessment")
    Standing = apps.get_model("claims", "Standing")
    entries = changes.filter(subject="claim").order_by("key", "number")
    history = entries.values_list("key", "number", "record").iterator(chunk_size=BLOCK)
    for uid, of_claim in groupby(history, key=lambda entry: entry[0]):
        claim = Claim.objects.using(alias).get(uid=uid)
        pks = {
            str(uid): pk
            for uid, pk in Assessment.objects.using(alias)
            .filter(claim=claim)
            .values_list("uid", "pk")
        }
        rows = []
        for _uid, number, record in of_claim:
            if record is None:  # redacted: it stands as it did before
                continue
            now = standing(json.loads(record), pks)
            was = rows[-1] if rows and rows[-1].until is None else None
            if was and now and all(getattr(was, name) == value for name, value in now.items()):
                continue
            if was:
                was.until = number
            if now:
                rows.append(Standing(claim=claim, number=number, **now))
        Standing.objects.using(alias).bulk_create(rows)


def standing(record, pks):
    """How a claim stood with this record; None: not in public."""
    if record["editorial_state"] != "published":
        return None
    verdicts = [each for each in record["assessments"] if each["outcome"]]
    verdict = verdicts[-1] if record["outcome"] else None
    return {
        **{name: record[name] for name in ("status", "outcome", "progress")},
        "stale": bool(verdict) and verdict["words_revision"] < record["words_revision"],
        "verdict_id": verdict and pks[verdict["uid"]],
    }


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_standings"),
    ]

    operations = [
        migrations.RunPython(note_verdicts, migrations.RunPython.noop),
        migrations.RunPython(replay, migrations.RunPython.noop),
    ]
