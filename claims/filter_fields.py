"""What each parameter of the filters may hold, as Django form fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from claims import search
from claims.as_of import AsOf, as_of
from claims.dates import FuzzyDate, FuzzyDateError

MAX_VALUES = 50  # in one comma list
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that `word` was probably meant to be, or nothing."""
    by_folded = {each.casefold(): each for each in known}
    matches = get_close_matches(word.casefold(), by_folded, n=1)
    return " " + _("Did you mean “%(word)s”?") % {"word": by_folded[matches[0]]} if matches else ""


class ListField(forms.Field):
    """Several values with commas between them."""

    def to_python(self, value: Any) -> list[str]:
        words = self.split(value) if value else []
        if not all(words):
            raise ValidationError(_("There is an empty value between the commas."))
        if len(words) > MAX_VALUES:
            raise ValidationError(_("Give at most %(most)d values.") % {"most": MAX_VALUES})
        for word in words:
            self.check_word(word)
        return words

    def split(self, text: str) -> list[str]:
        return text.split(",")

    def check_word(self, word: str) -> None:
        """Raise ValidationError where `word` cannot be such a value."""


class NamesField(ListField):
    """Some of certain names."""

    def __init__(self, *, names: Sequence[str], **kwargs: Any) -> None:
        self.names = names
        told = _("Give one or more of: %(names)s.") % {"names": ", ".join(names)}
        super().__init__(**{"error_messages": {"required": told}} | kwargs)

    def check_word(self, word: str) -> None:
        if word not in self.names:
            raise ValidationError(
                _("“%(word)s” is not one of: %(known)s.%(nearest)s")
                % {
                    "word": word[:100],
                    "known": ", ".join(self.names),
                    "nearest": nearest(word, self.names),
                }
            )


class WordsField(NamesField):
    """Codes of one vocabulary."""

    def __init__(self, *, words: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(names=words.values, **kwargs)


class SlugsField(ListField):
    def check_word(self, word: str) -> None:
        if not slug_re.match(word):
            raise ValidationError(_("A slug is made of letters, digits, - and _."))


class UidsField(ListField):
    def check_word(self, word: str) -> None:
        if not _UID.fullmatch(word):
            raise ValidationError(
                _("“%(word)s” is no uid: one looks like %(uid)s.")
                % {"word": word[:100], "uid": "3b767982-3f20-4389-bd1e-b51526302961"}
            )


class TextsField(ListField):
    """Texts as somebody wrote them; one with a comma in it stands in double quotes (RFC 4180)."""

    def split(self, text: str) -> list[str]:
        try:
            (texts,) = csv.reader([text], strict=True)
        except (csv.Error, ValueError):
            raise ValidationError(
                _('Put a value with a comma in it into double quotes: "Post, The",Gazette.')
            ) from None
        return texts

    def check_word(self, word: str) -> None:
        if not word.isprintable():
            raise ValidationError(_("There is a character in it that cannot be printed."))


class YesNoField(forms.Field):
    default_error_messages = {"required": lazy("This is empty: give true or false.")}

    def to_python(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        try:
            return {"true": True, "1": True, "false": False, "0": False}[value]
        except KeyError:
            raise ValidationError(_("Give true or false.")) from None

    def validate(self, value: bool | None) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class YesNoOrUidsField(UidsField):
    """Whether there is any, or which ones."""

    def to_python(self, value: Any) -> Any:
        if value in ("true", "1"):
            return True
        return False if value in ("false", "0") else super().to_python(value)

    def check_word(self, word: str) -> None:
        if not _UID.fullmatch(word):
            raise ValidationError(_("Give true, false or uids of claims."))

    def validate(self, value: Any) -> None:
        if value is not False:
            super().validate(value)


class FuzzyDateField(forms.Field):
    def to_python(self, value: Any) -> FuzzyDate | None:
        try:
            return FuzzyDate.parse(value) if value else None
        except FuzzyDateError as error:
            raise ValidationError(str(error)) from error


class DaysField(forms.Field):
    """A span such as ``7d`` or ``2w``."""

    def to_python(self, value: Any) -> timedelta | None:
        if not value:
            return None
        match = re.fullmatch(r"([0-9]{1,4})([dw])", value)
        if not match:
            raise ValidationError(_("Give a number of days or weeks: 7d or 2w."))
        return timedelta(days=int(match[1]) * {"d": 1, "w": 7}[match[2]])


class SearchField(forms.Field):
    """A query of full text."""

    def to_python(self, value: Any) -> search.Query | None:
        return search.parse(value) if value else None


class AsOfField(forms.Field):
    """A day, an instant or a cursor of the ledger; or what one of them has become already."""

    def to_python(self, value: Any) -> AsOf | None:
        return value if isinstance(value, AsOf) else as_of(value) if value else None
