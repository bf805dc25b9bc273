"""Dates as people give them: a year, a quarter, a day, "about then", "until 2025".

The notation is EDTF (ISO 8601-2:2019; the Library of Congress's profile) level 0 for dates and
intervals, and of level 1 the marks ``~`` and ``?`` and the open ends ``..``; quarters and halves
of a year are our own. Everything else is refused, with the position of the fault.

An import parses each a dozen times over, and claims share them, so those of late are kept. Any
other parse is one match of a regular expression for each end, and only a refusal looks closer.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = len("2020-10-16~/2021-10-16?")

_PERIOD = re.compile(
    r"(?!0000)(?P<year>[0-9]{4})"
    r"(?:-(?:(?P<part>Q[1-4]|H[12])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?))?"
    r"(?P<mark>[~?]?)"
)

# The first and last month of whatever may follow the year; of nothing, the whole year.
_MONTHS: dict[str | None, tuple[int, int]] = {
    None: (1, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    **{f"Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
    **{f"{month:02}": (month, month) for month in range(1, 13)},
}


class FuzzyDateError(ValueError):
    """A text that is no date of ours: where it goes wrong, and what would be right there.

    ``position`` is the offset (from 0) in ``text`` of the first part that fits no form; it is
    ``len(text)`` where something is missing at the end. ``wanted`` says what belongs there. The
    message is put together when it is read, in the reader's language.
    """

    def __init__(self, text: str, position: int, wanted: Promise) -> None:
        super().__init__(text, position, wanted)
        self.text = text
        self.position = position
        self.wanted = wanted

    def __str__(self) -> str:
        rest = self.text[self.position :][:MAX_LENGTH]  # a pasted page is not repeated back
        return gettext(
            "At position %(position)d there is %(found)s, where there should be %(wanted)s. "
            "A date is written 2020, 2020-H2, 2020-Q4, 2020-10 or 2020-10-16, with ~ (about) or "
            "? (uncertain) after it where needed; a span of time 2020/2021, ../2025 or 2025/.."
        ) % {
            "position": self.position + 1,
            "found": f"“{rest}”" if rest else gettext("the end"),
            "wanted": self.wanted,
        }


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A stretch of days, known as exactly as somebody said it. Made by :meth:`parse`.

    Two dates are equal when they are written alike: ``2020`` and ``2020-01/2020-12`` are the
    same days but different statements.
    """

    text: str
    """As written, at most ``MAX_LENGTH`` characters."""
    first: date | None = field(compare=False)
    """The first day of it; None where the start is open."""
    last: date | None = field(compare=False)
    """The last day of it, never before the first; None where the end is open."""
    approximate: bool = field(compare=False)
    """Whether it, or either end of it, carries ``~``."""
    uncertain: bool = field(compare=False)
    """Whether it, or either end of it, carries ``?``."""

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> Self:
        """Read ``2020``, ``2020-H2``, ``2020-Q4``, ``2020-10`` or ``2020-10-16``.

        Each may carry a trailing ``~`` or ``?``, and two of them, or one and ``..``, make an
        interval: ``2020/2021``, ``../2025``, ``2025/..``. Years run from 0001 to 9999. The two
        ends of an interval may differ in precision, so long as it holds at least one day.

        Raises FuzzyDateError for anything else, blanks and digits of other scripts included.
        """
        slash = text.find("/")
        if slash < 0:
            first, last, mark = _period(text, 0, len(text))
            return cls(text, first, last, mark == "~", mark == "?")

        start = end = None
        marks = ""
        if text[:slash] != "..":
            start, _until, mark = _period(text, 0, slash)
            marks += mark
        if text[slash + 1 :] != "..":
            _since, end, mark = _period(text, slash + 1, len(text))
            marks += mark
        elif start is None:
            raise FuzzyDateError(text, slash + 1, _("an end, since the start is open"))
        if start is not None and end is not None and end < start:
            raise FuzzyDateError(text, slash + 1, _("an end that is not before the start"))
        return cls(text, start, end, "~" in marks, "?" in marks)

    def __str__(self) -> str:
        return self.text

    @property
    def marked(self) -> bool:
        """Whether it carries ``~`` or ``?``, and so never makes anything certain."""
        return self.approximate or self.uncertain

    def certainly_before(self, other: "FuzzyDate") -> bool:
        """Whether every day this may mean lies before every day ``other`` may mean.

        False with a marked date on either side. Where this and :meth:`certainly_after` are both
        False, the order cannot be told.
        """
        return (
            self.last is not None
            and other.first is not None
            and self.last < other.first
            and not (self.marked or other.marked)
        )

    def certainly_after(self, other: "FuzzyDate") -> bool:
        """Whether every day this may mean lies after every day ``other`` may mean.

        The mirror of :meth:`certainly_before`.
        """
        return other.certainly_before(self)

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether it shares a day with ``first`` to ``last``, both included; None is no bound.

        It is taken at its written word: marks do not widen it. Raises ValueError where ``last``
        is before ``first``.
        """
        if first is not None and last is not None and last < first:
            raise ValueError(f"{last} is before {first}")
        return (first is None or self.last is None or first <= self.last) and (
            last is None or self.first is None or self.first <= last
        )


def _period(text: str, begin: int, end: int) -> tuple[date, date, str]:
    """The first day, last day and mark of the one period in ``text[begin:end]``."""
    match = _PERIOD.fullmatch(text, begin, end)
    if match is None:
        raise _fault(text, begin, end)
    digits, part, month, day, mark = match.groups()
    year = int(digits)
    first_month, last_month = _MONTHS[part or month]
    if day is None:
        last_day = monthrange(year, last_month)[1]
        return date(year, first_month, 1), date(year, last_month, last_day), mark
    try:
        only = date(year, first_month, int(day))
    except ValueError:
        raise FuzzyDateError(text, match.start("day"), _("a day of that month")) from None
    return only, only, mark


def _fault(text: str, begin: int, end: int) -> FuzzyDateError:
    """Say where ``text[begin:end]`` stops being a period, knowing that it does somewhere."""
    readable = _PERIOD.match(text, begin, end)
    if readable is None:
        return FuzzyDateError(text, begin, _("a year of four digits, 0001 to 9999"))
    stop = readable.end()
    _period(text, begin, stop)  # raises first where that much names a day its month has not
    if text[stop] == "-" and not readable["mark"]:
        if readable["part"] is None and readable["month"] is None:
            wanted = _("a month from 01 to 12, a quarter from Q1 to Q4, or H1 or H2")
            return FuzzyDateError(text, stop + 1, wanted)
        if readable["month"] is not None and readable["day"] is None:
            return FuzzyDateError(text, stop + 1, _("a day of two digits"))
    return FuzzyDateError(text, stop, _("nothing more"))
