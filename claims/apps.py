from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Borne Out"

    def ready(self) -> None:
        from claims import append_only, documents  # the models must be loaded first
        from claims.search import index

        checks.register(append_only.check_triggers, checks.Tags.database)
        checks.register(documents.check_format, checks.Tags.database)
        pre_migrate.connect(append_only.drop_before_migration, sender=self)
        post_migrate.connect(append_only.install_after_migration, sender=self)
        post_migrate.connect(index.install_after_migration, sender=self)


class DeskConfig(AdminConfig):
    """Django's admin, with our site in place of its own."""

    default_site = "claims.desk.Desk"
