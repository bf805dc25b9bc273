"""API tokens, which everybody with a role makes for themselves, and the counters of rates."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = ("contributor", "editor", "administrator")
TOKENS = ("view_apitoken", "add_apitoken", "delete_apitoken")


def let_roles_make_tokens(apps, schema_editor):
    alias = schema_editor.connection.alias
    import_module("claims.migrations.0002_ledger_and_roles").make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=ROLES):
        group.permissions.add(*permissions.filter(codename__in=TOKENS))


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_idempotency_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('token_key', models.CharField(db_index=True, max_length=25)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(editable=False, max_length=128, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('scope', models.CharField(choices=[('read', 'Read only'), ('write', 'Read and write')], default='read', max_length=5, verbose_name='scope')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('expiry', models.DateTimeField(verbose_name='expires')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auth_token_set', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API token',
                'ordering': ['-created', 'uid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='apitoken_scope_known')],
            },
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('spent_until', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RunPython(let_roles_make_tokens, migrations.RunPython.noop),
    ]
