"""What a spreadsheet makes of a cell whose column it was not told to leave as text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

# 44120 or 44120.5 (days), Oct-20, 16-Oct-2020, 10/16/2020, 16.10.2020, 2020-10-16 00:00:00
_DAYS = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
_DATE = re.compile(
    r"(?:[0-9]{1,2}[- ])?[^\W\d_]{3,10}\.?[- ][0-9]{2,4}|[0-9]{1,2}[- ][^\W\d_]{3,10}"
    r"|[0-9]{1,4}([/.])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9:.]+Z?"
)
_DAY_NOUGHT = date(1899, 12, 30)  # as 1900 was no leap year, which spreadsheets do not know
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,'’\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_WITH_COMMA = re.compile(r"[0-9]+,[0-9]+")


def spreadsheet_date(cell: str) -> str:
    """Why a date looks so, and the way out; nothing where it is no spreadsheet's doing."""
    if days := _DAYS.fullmatch(cell):
        day = _DAY_NOUGHT + timedelta(days=int(days[1]))
        why = _("A spreadsheet counts days: to it, %(days)s is %(day)s.") % {
            "days": days[1],
            "day": day,
        }
    elif _DATE.fullmatch(cell):
        why = _("A spreadsheet wrote the date in its own way.")
    else:
        return ""
    return f" {why} " + _(
        "Format the column as text and write the date again, or edit the claims.xlsx export, "
        "whose cells are text."
    )


def spreadsheet_number(cell: str) -> str:
    """The same of a number, of a quantity that has one, and of a name taken for a number."""
    for word in cell[:200].split(" "):
        if _SHORTENED.fullmatch(word):
            return " " + _(
                "A spreadsheet shortened it to “%(word)s”, and digits may be lost: format the "
                "column as text and write it again."
            ) % {"word": word}
        if _GROUPED.fullmatch(word):
            return " " + _("Write “%(word)s” without what groups its digits: %(plain)s.") % {
                "word": word,
                "plain": re.sub(r"[^0-9.]", "", word),
            }
        if _WITH_COMMA.fullmatch(word):
            return " " + _("Write “%(word)s” with a decimal point: %(plain)s.") % {
                "word": word,
                "plain": word.replace(",", "."),
            }
    return ""
