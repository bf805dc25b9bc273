"""Acts on one claim: small forms of their own, reached by buttons on the claim's page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError

from claims.models import Claim

from .revisions import SeenRevision


class ActForm(SeenRevision):
    """Something done to a claim, at the revision its editor saw, by one call to curation."""

    name: ClassVar[str]  # the last part of its address
    label: ClassVar[Any]  # on its button
    advice: Any = ""
    permission: ClassVar[str]
    is_grave: ClassVar[bool] = False  # takes something from the public
    do_not_call_in_templates = True  # a template lists the classes themselves

    def __init__(self, data: Any = None, *, claim: Claim, admin_site: AdminSite) -> None:
        super().__init__(data)
        self.row = claim
        self.admin_site = admin_site

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        """Whether this can be done to a claim as it stands."""
        raise NotImplementedError

    @classmethod
    def may_be_done_by(cls, user: Any, claim: Claim) -> bool:
        return user.has_perm(cls.permission)

    def do(self, actor: str) -> str:
        """Do it through curation; returns what the admin's log says of it."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        self.check_revision()
        return self.cleaned_data

    def is_done(self, actor: str) -> str:
        """Do it, if the form is valid and curation agrees; returns what `do` does, or nothing."""
        if not self.is_valid():
            return ""
        try:
            return self.do(actor)
        except ValidationError as refusal:
            self.refuse(refusal)
            return ""
