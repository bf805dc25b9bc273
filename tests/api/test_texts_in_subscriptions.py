"""Every text comes through Atom and iCalendar as it was written."""

import re
from datetime import UTC, datetime
from html import unescape
from unicodedata import normalize
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import feedparser
import pytest
from django.utils.html import format_html
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from claims.api import ics
from claims.api.atom import AtomFeed
from claims.api.subscriptions import legible
from tests.api.subscribers import ATOM, check_lines, events_of, read_feed
from tests.factories import edit, make_claim, make_speaker, make_topic

HARD = [
    "]]> <b>bold</b> &amp; </content> 'q' \"q\"",
    "one, two; three: C:\\New\\notes \\n \\, \\; ;,\\",
    "الطريق سيفتح \u202bمساء\u202c 2020, \u200f!",
    "🛠 👩‍👩‍👧 " + "é道\u0301🇺🇳" * 40,
    "tab\there\u2028line\u2029paragraph\ufeff",
    "two\nlines\n\nand a third",
    "no characters: \ufffe\uffff\U0001ffff",
]
texts = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='\\nN,;:"]>&<\n\t é道🛠\r\x00\x85\ufffe\ud800'),
)


def with_examples(test):
    for text in [*HARD, "\x00\x08\x0b\r\x1f\x7f\x85\ud800", "C:\\N", " ", ""]:
        test = example(text)(test)
    return test


@with_examples
@given(texts)
def test_what_is_left_as_it_is_is_all_that_both_can_hold(text):
    kept = legible(text)

    assert len(kept) == len(text)
    kept.encode()
    ElementTree.fromstring(f"<a>{escape(kept)}</a>")  # noqa: S314
    changed = {one for one, other in zip(text, kept, strict=True) if one != other}
    assert not any(each in "\t\n" or each.isprintable() for each in changed)


@with_examples
@given(texts)
def test_atom_gives_each_text_back(text):
    feed = AtomFeed(
        title=legible(text),
        link="http://testserver/",
        description=None,
        feed_url="http://testserver/feed.atom?a=1&b=%C3%A9",
        feed_guid="urn:uuid:6a5b3b3e-8f0a-4f0c-8f0a-4f0c8f0a4f0c",
        language="en",
        author_name="Borne Out",
        links={"next": None},
    )
    feed.add_entry(
        uid="6a5b3b3e-8f0a-4f0c-8f0a-4f0c8f0a4f0d",
        link="http://testserver/1",
        title=text,
        html=format_html("<p>{}</p>", text),
        published=datetime(2020, 1, 1, tzinfo=UTC),
        updated=datetime(2020, 1, 2, tzinfo=UTC),
        topics=[{"slug": "roads", "name": text}],
    )

    written = feed.writeString("utf-8").encode()

    expected = legible(text)
    root = ElementTree.fromstring(written)  # noqa: S314
    entry = root.find(f"{ATOM}entry")
    assert root.findtext(f"{ATOM}title") == expected
    assert entry.findtext(f"{ATOM}title") == expected
    assert entry.findtext(f"{ATOM}content") == format_html("<p>{}</p>", expected)
    assert entry.find(f"{ATOM}category").get("label") == expected
    assert not feedparser.parse(written).bozo


@with_examples
@given(texts)
def test_icalendar_gives_each_text_back(text):
    written = ics.document(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Borne Out//Borne Out//EN"),
            *("BEGIN:VEVENT", "UID:1", f"SUMMARY:{ics.text(text)}", "END:VEVENT"),
            "END:VCALENDAR",
        ]
    )

    check_lines(written)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["summary"] == legible(text)


def on_one_line(text):
    return normalize("NFC", " ".join(legible(text).split()))


@pytest.mark.django_db
@pytest.mark.parametrize("text", HARD)
def test_what_editors_write_arrives(client, calendar, text):
    topic = make_topic(name=text.replace("\n", " ")[:100])
    claim = make_claim(
        statement=text,
        speaker=make_speaker(name="Ada"),
        topics=[topic],
        due="2090",
        due_mode="by",
        due_basis="stated",
    )
    edit(claim, values={"quote": text})

    (entry,) = read_feed(client.get("/api/v1/claims.atom")).entries
    event = events_of(calendar())[str(claim.uid)]

    whole = f"Ada: {on_one_line(text)}"
    shown = entry.title.removesuffix("…")
    assert whole == shown if shown == entry.title else whole.startswith(shown)
    assert entry.tags[0].label == legible(topic.name)
    paragraph = re.search(r"<p dir=\"auto\">(.*?)</p>", entry.content[0].value, re.DOTALL)
    assert unescape(paragraph[1]) == f"Ada, 2020-01-15: {legible(text)}"
    assert event["summary"] == f"Due: {entry.title}"
    assert event["description"].startswith(f"{legible(text)}\nDue 2090 (")
    assert event.categories == [legible(topic.name)]
