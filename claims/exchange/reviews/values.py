"""Values of a review that fit our columns: dates, language tags, addresses, texts of a length."""

from __future__ import annotations

import re
from contextlib import suppress
from email.utils import parsedate
from functools import cache
from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from claims.dates import FuzzyDate
from claims.models import Source, today
from claims.models.texts import web_address

from .nodes import Node

# ISO 8601, extended or basic, with slashes too; a time may follow.
_ISO = re.compile(r"([0-9]{4})(?:([-/]?)([0-9]{2})(?:\2([0-9]{2}))?)?(?:[T Z+].*)?")
# RFC 2822: Fri, 16 Oct 2020 10:00:00 GMT.
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}(?: .*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@cache
def most(model: type[models.Model], name: str) -> int:
    """How many characters a column takes."""
    column: Any = model._meta.get_field(name)
    bounds = [each for each in column.validators if isinstance(each, MaxLengthValidator)]
    return column.max_length or bounds[0].limit_value


def short(node: Node, name: str, model: type[models.Model], to: str) -> str:
    """A text that fits; one that does not is counted as unused."""
    text = node.text(name)
    if len(text) > most(model, to):
        node.refuse(name)
        return ""
    return text


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def date(node: Node, *names: str) -> str:
    """The first of these that is a day, a month or a year before tomorrow; empty: none is."""
    for name in names:
        text = node.text(name)
        if not text:
            continue
        if day := _day(text):
            return day
        node.refuse(name)
    return ""


def _day(text: str) -> str:
    if match := _ISO.fullmatch(text):
        day = "-".join(filter(None, match.group(1, 3, 4)))
        if not match[2] and len(day) == len("2020-10"):
            return ""  # 202010 may be the twentieth of October, too
    elif _RFC_2822.fullmatch(text) and (parts := parsedate(text)):
        day = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
    else:
        return ""
    with suppress(ValueError):
        first = FuzzyDate.parse(day).first
        # Year 1 is how some programs write that there is none.
        if first and first.year > 1 and first <= today():
            return day
    return ""


def language(node: Node) -> str:
    known = node.node("inLanguage")
    if known is None:
        return ""
    text = known.text("alternateName", "name").replace("_", "-")
    if _LANGUAGE.fullmatch(text) and len(text) <= most(Source, "language"):
        return text
    node.refuse("inLanguage")
    return ""


def address(text: str, *bases: str) -> str:
    """`text` as an http or https address of its own; empty: it is none."""
    for base in ("", *bases):
        with suppress(ValueError, ValidationError):
            url = urljoin(base, text) if base else text
            web_address(url)
            if len(url) <= most(Source, "url"):
                return url
    return ""
