"""What subscribers make of our feeds and our calendar, and what the RFCs ask of their bytes."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import feedparser
from icalendar import Calendar, Event

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read_feed(response: Any) -> Any:
    """A feed as feedparser has it, once it is found to be Atom (RFC 4287, 4.1.1 and 4.1.2)."""
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    _check_members(root)
    assert len(_links(root, "self")) == 1
    assert len(root.findall(f"{ATOM}author/{ATOM}name")) == 1
    entries = root.findall(f"{ATOM}entry")
    for each in entries:
        _check_members(each)
        assert len(each.findall(f"{ATOM}content")) == 1
        assert len(each.findall(f"{ATOM}published")) == 1
    ids = [each.findtext(f"{ATOM}id") for each in [root, *entries]]
    assert len(set(ids)) == len(ids)
    if entries:
        newest = max(str(each.findtext(f"{ATOM}updated")) for each in entries)
        assert root.findtext(f"{ATOM}updated") == newest
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def _check_members(element: ElementTree.Element) -> None:
    for name in ("id", "title", "updated"):
        (found,) = element.findall(f"{ATOM}{name}")
        assert found.text
    assert str(element.findtext(f"{ATOM}id")).startswith("urn:uuid:")
    assert len(_links(element, "alternate")) == 1
    for name in ("updated", "published"):
        for each in element.findall(f"{ATOM}{name}"):
            assert RFC_3339.fullmatch(str(each.text))


def _links(element: ElementTree.Element, rel: str) -> list[str]:
    links = element.findall(f"{ATOM}link")
    return [str(each.get("href")) for each in links if each.get("rel") == rel]


def page_address(feed: Any, rel: str) -> str | None:
    """Where another page of a feed is; None: there is none."""
    return next((each.href for each in feed.feed.links if each.rel == rel), None)


def told_of(feed: Any) -> list[str]:
    """What the entries' ids are made of, in their order."""
    return [each.id.removeprefix("urn:uuid:") for each in feed.entries]


def read_calendar(response: Any) -> Any:
    """A calendar as icalendar has it, once its lines and its members are found to be right
    (RFC 5545, 3.1, 3.6 and 3.6.1)."""
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    check_lines(response.content)
    calendar = Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert calendar.subcomponents
    events = calendar.walk("VEVENT")
    for each in events:
        assert not each.errors
        for name in ("uid", "dtstamp", "dtstart", "summary", "sequence", "status", "url"):
            assert not isinstance(each[name], list)
    uids = [each["uid"] for each in events]
    assert len(set(uids)) == len(uids)
    return calendar


def check_lines(document: bytes) -> None:
    """Each at most 75 octets, whole characters, and with its line break."""
    assert document.endswith(b"\r\n")
    for line in document[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert not set("\r\n") & set(line.decode())


def events_of(calendar: Any) -> dict[str, Event]:
    """By the uid of the claim."""
    return {each["uid"].removesuffix("@borne-out"): each for each in calendar.walk("VEVENT")}
