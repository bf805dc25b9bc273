from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .reference import Reference
from .texts import prose_field


class Topic(Reference):
    """A subject heading."""

    name = models.CharField(_("name"), max_length=200)
    description = prose_field(_("description"), 2_000, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
