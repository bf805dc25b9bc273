from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Redaction(models.Model):
    """A warrant to blank one text by law. Rows are only ever inserted.

    The triggers let ``table.column`` of the named row become NULL only where one stands.
    """

    REDACTABLE: dict[str, str] = {}

    table = models.CharField(max_length=63)
    row = models.CharField(max_length=40, help_text=_("The row's primary key, as text."))
    column = models.CharField(max_length=63)
    legal_basis = models.CharField(max_length=300)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "column"], name="redaction_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.column}"
