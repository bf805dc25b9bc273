"""Where in the ledger a question about the past is asked: a day or an instant becomes a number.

It is our clock: what was imported begins to be known at its import, whenever it was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import CURSOR, Change, Ledger, Reading

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339, with a zone; a + that nobody encoded arrives as a blank.
_PLACE = re.compile(rf"({CURSOR.pattern})(?:@({_DAY.pattern}))?")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(?:[Zz]|([+ -])([0-9]{2}:[0-9]{2}))"
)

BEFORE_ALL = Ledger().cursor  # of a ledger without entries


@dataclass(frozen=True)
class AsOf:
    """A place in the ledger, and what was asked for that led there."""

    asked: str
    number: int  # the last entry that is known there; 0: none yet
    cursor: str
    at: datetime | None  # when that entry was made; None: there is none
    on: date  # the UTC day that due dates are held against

    @property
    def place(self) -> str:
        """What leads to the same answer whenever it is asked."""
        return f"{self.cursor}@{self.on}"

    @property
    def reading(self) -> Reading:
        """How claims stood there, for what `ClaimQuerySet.public_at` gives."""
        return Reading(self.on, self.number)


def as_of(text: str) -> AsOf:
    """Read a day (the end of it in UTC; today is now), an instant (RFC 3339) or a ledger cursor.

    A cursor is held against the day of its entry, or the one behind an @. One query, or none.
    Raises ValidationError, with the code ``future`` for what is still to come, ``ahead`` for a
    cursor whose number this ledger has not reached, and ``another_history`` for one of a ledger
    that is not this one.
    """
    now = timezone.now()
    if match := _PLACE.fullmatch(text):
        day = _instant(match[4]).date() if match[4] else None
        return _at_cursor(text, match[1], int(match[2]), day, now.date())
    instant = _instant(text)
    if instant.date() > now.date() or (instant > now and not _DAY.fullmatch(text)):
        raise ValidationError(
            _("This is still to come; it is %(now)s.") % {"now": f"{now:%FT%TZ}"}, code="future"
        )
    known = Change.objects.filter(at__lte=min(instant, now)).order_by("-at", "-number")
    return _at(known.only("number", "hash", "at").first(), text, instant.date())


def at_number(number: int) -> AsOf | None:
    """Where the entry with this number stands, held against its own day; None: there is none.

    One query, or none.
    """
    if not 0 < number < 2**63:  # more than a number of the database
        return None
    entry = Change.objects.filter(number=number).only("number", "hash", "at").first()
    return _at(entry, str(number), entry.at.date()) if entry else None


def _instant(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        if match := _INSTANT.fullmatch(text):
            day, clock, sign, offset = match.groups()
            zone = f"{'-' if sign == '-' else '+'}{offset or '00:00'}"
            return datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):  # the 30th of February; the year before the first
        pass
    raise ValidationError(
        _("Give a day such as 2021-12-31, an instant such as 2021-12-31T12:00:00Z, or a cursor.")
    )


def _at_cursor(text: str, cursor: str, number: int, day: date | None, today: date) -> AsOf:
    entry = None
    if cursor != BEFORE_ALL:
        entry = Change.objects.filter(number=number).only("number", "hash", "at").first()
        if entry is None and number:  # numbers have no gaps
            raise ValidationError(_("This cursor is ahead of this ledger."), code="ahead")
        if entry is None or entry.cursor != cursor:
            raise ValidationError(
                _("This cursor belongs to another history."), code="another_history"
            )
    earliest = entry.at.date() if entry else date.min
    if day and not earliest <= day <= today:
        raise ValidationError(
            _("Behind the @ stands a day from %(earliest)s to %(today)s.")
            % {"earliest": earliest, "today": today}
        )
    return _at(entry, text, day or (entry.at.date() if entry else today))


def _at(entry: Change | None, asked: str, on: date) -> AsOf:
    if entry is None:
        return AsOf(asked, 0, BEFORE_ALL, None, on)
    return AsOf(asked, entry.number, entry.cursor, entry.at, on)
