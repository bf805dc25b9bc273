from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .constraints import period_in_order
from .fields import FuzzyDateField, period_edge
from .reference import Reference
from .texts import prose_field


class Collection(Reference):
    """A tracked set of claims: a manifesto, a campaign, a report."""

    name = models.CharField(_("name"), max_length=200)
    selection_note = prose_field(
        _("selection note"),
        4_000,
        blank=True,
        help_text=_("Which claims are in, which were left out, and why."),
    )
    owner = models.CharField(
        _("owner"), max_length=200, blank=True, help_text=_("Who answers for the selection.")
    )
    starts_on = FuzzyDateField(_("starts on"), null=True, blank=True)
    starts_on_first = period_edge()
    starts_on_last = period_edge()
    ends_on = FuzzyDateField(_("ends on"), null=True, blank=True)
    ends_on_first = period_edge()
    ends_on_last = period_edge()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            period_in_order("starts_on", "collection"),
            period_in_order("ends_on", "collection"),
        ]

    def __str__(self) -> str:
        return self.name
