"""Files that are brought to be imported, by everybody with a role."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = ("contributor", "editor", "administrator")
UPLOADS = ("view_upload", "add_upload", "delete_upload")


def let_roles_import(apps, schema_editor):
    alias = schema_editor.connection.alias
    import_module("claims.migrations.0002_ledger_and_roles").make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=ROLES):
        group.permissions.add(*permissions.filter(codename__in=UPLOADS))


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_extra'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('table', models.CharField(blank=True, max_length=20, verbose_name='table')),
                ('encoding', models.CharField(blank=True, max_length=40, verbose_name='encoding')),
                ('safe', models.BooleanField(default=True, verbose_name='guarded against spreadsheets')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded')),
                ('state', models.CharField(choices=[('checked', 'Checked'), ('entering', 'Being entered'), ('cut_off', 'Cut off'), ('entered', 'Entered'), ('expired', 'Thrown away')], default='checked', max_length=10, verbose_name='state')),
                ('moved_at', models.DateTimeField(verbose_name='last moved')),
                ('run', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('of', models.PositiveIntegerField(default=0)),
                ('report', models.JSONField(default=dict)),
                ('seen', models.JSONField(default=dict)),
                ('refused', models.BinaryField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-uploaded_at', 'uid'],
                'indexes': [models.Index(fields=['account', '-uploaded_at'], name='upload_of_account'), models.Index(fields=['moved_at'], name='upload_by_instant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['checked', 'entering', 'cut_off', 'entered', 'expired'])), name='upload_state_known')],
            },
        ),
        migrations.RunPython(let_roles_import, migrations.RunPython.noop),
    ]
