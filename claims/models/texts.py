"""Texts with a bound: every column that holds words says how many it takes."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

web_address = URLValidator(
    schemes=["http", "https"], message=_("Enter a web address, such as https://example.org/page.")
)


def prose_field(name: Any, length: int, **kwargs: Any) -> models.TextField:
    """Running text of at most `length` characters."""
    return models.TextField(name, validators=[MaxLengthValidator(length)], **kwargs)


def web_address_field(name: Any, **kwargs: Any) -> models.CharField:
    """An http or https address; empty where there is none."""
    return models.CharField(name, max_length=600, blank=True, validators=[web_address], **kwargs)


def language_field(name: Any) -> models.CharField:
    """A BCP 47 language tag; empty where nobody noted it."""
    return models.CharField(
        name,
        max_length=35,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", _("A language tag looks like en or pt-BR.")
            )
        ],
    )
