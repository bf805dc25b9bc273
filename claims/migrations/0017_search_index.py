"""Bring the index of search to how it is made by now, and have PostgreSQL see what the indexes of
claims hold."""

from django.db import migrations

from claims.search import index


def tune(apps, schema_editor):
    index.tune(schema_editor.connection)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ANALYZE claims_claim")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_list_indexes'),
    ]

    operations = [
        migrations.RunPython(tune, migrations.RunPython.noop),
    ]
