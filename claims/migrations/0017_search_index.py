"""Bring the index of search to how it is made by now."""

from django.db import migrations

from claims.search import index


def tune(apps, schema_editor):
    index.tune(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_list_indexes'),
    ]

    operations = [
        migrations.RunPython(tune, migrations.RunPython.noop),
    ]
