from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import FuzzyDateField, period_edge
from .reference import Reference
from .texts import language_field, web_address_field


class Source(Reference):
    """A publication in which something was said, or which shows what happened."""

    url = web_address_field(_("address"))
    archive_url = web_address_field(
        _("archived copy"), help_text=_("A copy that will still be there when the page is not.")
    )
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=500)
    published_on = FuzzyDateField(
        _("published on"), null=True, blank=True, help_text=_("Empty where the page has no date.")
    )
    published_on_first = period_edge()
    published_on_last = period_edge()
    language = language_field(_("language"))

    class Meta:
        ordering = [models.F("published_on_first").desc(nulls_last=True), "-pk"]
        constraints = [
            # A paper without an address is allowed; the same address twice is one source.
            models.UniqueConstraint(
                fields=["url"],
                condition=~models.Q(url=""),
                name="source_url_once",
                violation_error_message=_("A source with this address is already there."),
            ),
        ]
        indexes = [
            # publisher=, of claims and of sources.
            models.Index(fields=["publisher"], name="source_by_publisher"),
            # ordering=published_on, published_from, published_to.
            models.Index(fields=["published_on_first", "id"], name="source_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"
