from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from claims import curation
from claims.curation import Fate
from claims.exchange.imports import ImportRefused, Report, import_files
from claims.models import Claim, Collection, Source, Speaker, Topic

EDITOR = "editor"  # the account's name, and its role's


class Command(BaseCommand):
    help = (
        "Make an empty database a desk to look at: the demonstration, the seeds, and an editor's "
        "account where nobody can sign in. Where there is something already, it stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Under the lock, so that of two first starts one finds the desk filled; and all at once,
        # so that a start that was cut short is made good by the next.
        with curation.locked_ledger():
            report = None if Claim.objects.exists() else self._fill()
            password = None if self._somebody_can_sign_in() else self._make_editor()
        if report is not None:
            rows = report.total(Fate.CREATED)
            self.stdout.write(f"Loaded the demonstration, and {rows} rows of seeds/.")
        if password:
            self.stdout.write(
                f"Made an editor's account. Note its password, it is not shown again:\n\n"
                f"  user      {EDITOR}\n"
                f"  password  {password}\n"
            )

    def _fill(self) -> Report:
        call_command("loaddata", "demonstration", verbosity=0)
        for model in (Speaker, Source, Topic, Collection):
            curation.adopt(model.objects.filter(ledger_number=None), actor="demonstration")
        curation.rebuild_documents()  # its drafts are fewer than a block
        try:
            return import_files([Path(settings.BASE_DIR) / "seeds"], actor="seeds")
        except ImportRefused as refused:
            faults = refused.report.faults.told
            raise CommandError("\n".join(map(str, faults))) from refused

    def _somebody_can_sign_in(self) -> bool:
        staff = get_user_model().objects.filter(is_active=True, is_staff=True)
        return staff.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()

    def _make_editor(self) -> str | None:
        """A new account's password; None where the name is taken: a lock-out may be meant."""
        users = get_user_model().objects
        if users.filter(username=EDITOR).exists():
            self.stderr.write(
                f"Nobody can sign in to the admin, and the name “{EDITOR}” is taken: "
                "make an account with manage.py createsuperuser."
            )
            return None
        password = secrets.token_urlsafe(12)
        editor = users.create_user(EDITOR, password=password, is_staff=True)
        editor.groups.add(Group.objects.get(name=EDITOR))
        return password
