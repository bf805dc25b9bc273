"""Acts on one claim: small forms of their own, reached by buttons on the claim's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.curation.rules import happened_before_said
from claims.dates import FuzzyDate
from claims.models import Claim

from .revisions import SeenRevision


class ActForm(SeenRevision):
    """Something done to a claim, at the revision its editor saw, by one call to curation."""

    name: ClassVar[str]  # the last part of its address
    label: ClassVar[Any]  # on its button
    advice: Any = ""
    permission: ClassVar[str]
    is_grave: ClassVar[bool] = False  # takes something from the public
    needed: ClassVar[Sequence[str]] = ()  # fields that curation, not Django, asks to be filled
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
    def why_not(cls, claim: Claim) -> str:
        """What to say to somebody who would do this to a claim that it is not for."""
        return _("“%(act)s” is not for a claim that is “%(state)s”.") % {
            "act": cls.label,
            "state": claim.get_editorial_state_display(),
        }

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


class HappenedBeforeSaid(forms.Form):
    """A form that asks, only where it has to, whether a day before the claim is meant."""

    row: Claim

    happened_before_said = forms.BooleanField(
        required=False,
        label=gettext_lazy("It happened before it was said: I mean it"),
        widget=forms.HiddenInput,
    )

    def ask_about(self, happened_on: FuzzyDate | None) -> None:
        if happened_before_said(self.row, happened_on):
            self.fields["happened_before_said"].widget = forms.CheckboxInput()
