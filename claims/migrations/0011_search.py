"""The texts that search finds claims by, of the claims that are there too, and the index of them."""

import django.db.models.deletion
from django.db import migrations, models

from claims.search import FORMAT, index, search_text

BLOCK = 1_000  # claims in memory at once


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    texts = apps.get_model("claims", "SearchText").objects.using(alias)
    claims = apps.get_model("claims", "Claim").objects.using(alias)
    claims = claims.select_related("speaker", "on_behalf_of").order_by("pk")
    ledger = apps.get_model("claims", "Ledger").objects.using(alias).get()
    last = 0
    while block := list(claims.filter(pk__gt=last)[:BLOCK]):
        texts.bulk_create(
            texts.model(
                claim=claim, text=search_text(claim), format=FORMAT, ledger_number=ledger.number
            )
            for claim in block
        )
        last = block[-1].pk


def install(apps, schema_editor):
    index.install(schema_editor.connection)


def remove(apps, schema_editor):
    index.remove(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_filters'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='claims.claim')),
                ('text', models.TextField()),
                ('format', models.PositiveSmallIntegerField()),
                ('ledger_number', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['format', 'claim'], name='search_text_by_format')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
