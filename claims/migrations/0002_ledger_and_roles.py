"""The ledger's one row, and the desk's three roles."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

DRAFTED = ("claim", "appearance", "evidence", "task")
NAMED = ("source", "speaker", "topic")  # a change of these shows in published claims at once
ALL_NOUNS = (*DRAFTED, *NAMED, "collection", "link", "assessment", "change", "redaction")

CONTRIBUTOR = (
    {f"{verb}_{noun}" for noun in DRAFTED for verb in ("add", "change")}
    | {f"add_{noun}" for noun in NAMED}
    | {f"view_{noun}" for noun in ALL_NOUNS}
    | {f"delete_{noun}" for noun in ("appearance", "evidence")}  # of drafts: their own slips
)
EDITOR = (
    CONTRIBUTOR
    | {f"change_{noun}" for noun in NAMED}
    | {f"{verb}_{noun}" for noun in ("collection", "link") for verb in ("add", "change")}
    | {f"delete_{noun}" for noun in ("claim", "link", "task")}
    | {"publish_claim", "assess_claim"}
)
ADMINISTRATOR = EDITOR | {f"{verb}_user" for verb in ("view", "add", "change")} | {"view_group"}

ROLES = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


def add_ledger_row(apps, schema_editor):
    apps.get_model("claims", "Ledger").objects.using(schema_editor.connection.alias).create(pk=1)


def make_permissions(apps, alias):
    """Permissions are made after all migrations; roles need theirs during one."""
    for label in ("claims", "auth"):
        config = apps.get_app_config(label)
        module = getattr(config, "models_module", None)
        config.models_module = True
        create_permissions(config, apps=apps, using=alias, verbosity=0)
        config.models_module = module


def add_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for role, codenames in ROLES.items():
        group, _ = groups.get_or_create(name=role)
        group.permissions.set(permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(add_ledger_row, migrations.RunPython.noop),
        migrations.RunPython(add_roles, migrations.RunPython.noop),
    ]
