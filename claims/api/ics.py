"""iCalendar (RFC 5545) as text: values, and lines as they go out.

By hand, since the `icalendar` package makes a line break of a backslash before an N, and leaves
names unescaped; the tests read all of it back with that package.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from .subscriptions import legible

MEDIA_TYPE = "text/calendar"
MOST_OCTETS = 75  # of a line, its break not counted (RFC 5545, 3.1)

# A calendar has at least one component (RFC 5545, 3.6): this one, where it has no event.
UTC_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def text(value: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    value = legible(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\n", "\\n")


def day(value: date) -> str:
    """A DATE value."""
    return value.isoformat().replace("-", "")


def instant(value: datetime) -> str:
    """A DATE-TIME in UTC, which is what `value` is in; it has whole seconds."""
    return f"{value:%Y%m%dT%H%M%SZ}"


def document(lines: Iterable[str]) -> bytes:
    """Content lines, folded, each with its line break."""
    return b"".join(_folded(line.encode()) + b"\r\n" for line in lines)


def _folded(line: bytes) -> bytes:
    """At most 75 octets a line, and no character torn: some readers decode before they join."""
    parts = []
    most = MOST_OCTETS
    while len(line) > most:
        cut = most
        while line[cut] & 0b1100_0000 == 0b1000_0000:  # amid a character of UTF-8
            cut -= 1
        parts.append(line[:cut])
        line = line[cut:]
        most = MOST_OCTETS - 1  # the blank before it counts
    return b"\r\n ".join([*parts, line])
