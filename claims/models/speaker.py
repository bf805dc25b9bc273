from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.choices import SpeakerKind

from .constraints import one_of
from .reference import Reference


class Speaker(Reference):
    """A person or an organisation that says things."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=SpeakerKind, default=SpeakerKind.PERSON
    )
    aliases = models.JSONField(
        _("aliases"), default=list, blank=True, help_text=_("Other names, as a list.")
    )
    wikidata_id = models.CharField(
        _("Wikidata id"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*\Z", _("A Wikidata id looks like Q42."))],
    )
    # Where they belong today; what they were when they spoke stands on the claim.
    organisation = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("current organisation"),
        limit_choices_to={"kind": SpeakerKind.ORGANISATION},
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [one_of("kind", SpeakerKind, "speaker")]

    def __str__(self) -> str:
        return self.name
