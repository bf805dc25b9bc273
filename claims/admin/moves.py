"""The acts that move a claim to another editorial state, and the one that links it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curation
from claims.choices import EditorialState, LinkType
from claims.curation.claims import EDITABLE_STATES
from claims.models import Claim, Link

from .acts import ActForm


class Move(ActForm):
    permission = "claims.publish_claim"
    came_from: ClassVar[Sequence[str]]
    step: ClassVar[Callable[..., list[Claim]]]

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1_000, widget=AdminTextareaWidget({"rows": 3})
    )

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        return claim.editorial_state in cls.came_from

    @property
    def state_change(self) -> curation.StateChange:
        return curation.StateChange(
            claim=self.row, revision=self.revision, reason=self.cleaned_data.get("reason", "")
        )

    def do(self, actor: str) -> str:
        (moved,) = type(self).step([self.state_change], actor=actor)
        return _("Now “%(state)s”. %(reason)s") % {
            "state": moved.get_editorial_state_display(),
            "reason": moved.state_reason,
        }


class SubmitForReview(Move):
    name = "submit"
    label = gettext_lazy("Submit for review")
    advice = gettext_lazy("An editor reads it next. It can still be edited.")
    permission = "claims.change_claim"
    came_from = (EditorialState.DRAFT,)
    step = staticmethod(curation.submit_for_review)
    reason = None  # type: ignore[assignment]


class Publish(Move):
    name = "publish"
    label = gettext_lazy("Publish")
    advice = gettext_lazy("Everybody can read it then, and from then on its history is kept.")
    came_from = (EditorialState.DRAFT, EditorialState.IN_REVIEW, EditorialState.RETRACTED)
    step = staticmethod(curation.publish)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.editorial_state != EditorialState.RETRACTED:
            del self.fields["reason"]


class BackToDraft(Move):
    name = "back-to-draft"
    label = gettext_lazy("Back to draft")
    came_from = (EditorialState.IN_REVIEW, EditorialState.SET_ASIDE)
    step = staticmethod(curation.back_to_draft)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _("What is still to be done, if anything.")


class SetAside(Move):
    name = "set-aside"
    label = gettext_lazy("Set aside")
    advice = gettext_lazy("For a claim that cannot be tracked. It stays in this list.")
    came_from = (EditorialState.DRAFT, EditorialState.IN_REVIEW)
    step = staticmethod(curation.set_aside)


class Retract(Move):
    name = "retract"
    label = gettext_lazy("Retract")
    advice = gettext_lazy("Takes it out of the public; a tombstone with this reason stays.")
    is_grave = True
    came_from = (EditorialState.PUBLISHED,)
    step = staticmethod(curation.retract)


class Merge(Move):
    name = "merge"
    label = gettext_lazy("Merge")
    advice = gettext_lazy("For a duplicate: its address leads to the other claim from now on.")
    is_grave = True
    came_from = (EditorialState.PUBLISHED,)

    into = forms.ModelChoiceField(
        Claim.objects.published(), label=gettext_lazy("Into the claim that stays")
    )
    field_order = ["into", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _complete(self.fields["into"], Claim._meta.get_field("merged_into"), self.admin_site)

    def do(self, actor: str) -> str:
        into = self.cleaned_data["into"]
        curation.merge(self.state_change, into=into, actor=actor)
        return _("Merged into claim %(uid)s.") % {"uid": into.uid}


MOVES: tuple[type[ActForm], ...] = (Publish, SubmitForReview, BackToDraft, SetAside, Merge, Retract)


class AddLink(ActForm):
    name = "link"
    label = gettext_lazy("Link")
    advice = gettext_lazy("Each claim is judged as it was said; a link says how they relate.")
    permission = "claims.add_link"

    type = forms.ChoiceField(label=gettext_lazy("This claim …"), choices=LinkType)
    target = forms.ModelChoiceField(Claim.objects.published(), label=gettext_lazy("… that claim"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _complete(self.fields["target"], Link._meta.get_field("target"), self.admin_site)

    @classmethod
    def is_for(cls, claim: Claim) -> bool:
        return claim.editorial_state in EDITABLE_STATES

    def do(self, actor: str) -> str:
        target = self.cleaned_data["target"]
        (link,) = curation.link(
            [
                curation.LinkWrite(
                    claim=self.row,
                    revision=self.revision,
                    type=self.cleaned_data["type"],
                    target=target,
                )
            ],
            actor=actor,
        )
        return _("Linked: %(type)s “%(claim)s”.") % {
            "type": link.get_type_display(),
            "claim": target,
        }


def _complete(field: Any, column: Any, admin_site: Any) -> None:
    """Let a row be chosen by typing, as in the admin's own forms."""
    field.widget = AutocompleteSelect(column, admin_site)
    field.widget.choices = field.choices
