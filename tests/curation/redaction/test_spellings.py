"""A text is found however a column spells it, and nothing else is taken for it."""

import html
import json
from urllib.parse import quote, quote_plus

import pytest
from django.contrib.admin.models import LogEntry
from hypothesis import given
from hypothesis import strategies as st

from claims.curation.redaction.columns import MARKS
from claims.curation.redaction.traces import Wanted
from claims.models import Change, Source
from tests.curation.redaction.desk import plant, redact
from tests.factories import make_claim, make_draft, make_source, make_speaker

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=2
).filter(lambda text: text.strip() and not any(mark in text or text in mark for mark in MARKS))
around = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)


@given(texts, around, around)
def test_as_it_is_as_json_as_html_and_as_an_address(text, before, after):
    wanted = Wanted(text)

    for spelt in (text, html.escape(text), quote(text), quote(text, safe=""), quote_plus(text)):
        # Letters before it, so that the whole is no JSON of its own.
        plain = f"x{before}{spelt}{after}"
        assert wanted.is_in(plain)
        assert wanted.is_in([{"a": [1, None, plain]}])
        assert wanted.is_in(json.dumps({"a": plain}), is_json=True)
        assert wanted.is_in(json.dumps([json.dumps([plain], ensure_ascii=False)]))


@given(texts, around)
def test_what_sql_is_asked_for_stands_in_whatever_json_is_stored(text, before):
    wanted = Wanted(text)

    for ascii_only in (True, False):
        stored = json.dumps({"a": before + text}, ensure_ascii=ascii_only)
        assert any(each in stored for each in wanted.stored)


@given(texts, around)
def test_json_is_still_json_once_it_is_taken_out(text, before):
    wanted = Wanted(text)
    stored = json.dumps([{"changed": {"name": before, "object": f"x{text}"}}])

    left = json.loads(wanted.replaced_in(stored, "█", is_json=True))

    assert left[0]["changed"]["object"] == "x█"


def test_the_names_of_facts_are_no_text_of_anybodys():
    assert not Wanted("statement").is_in('{"statement":"It is open."}', is_json=True)


@pytest.mark.django_db
def test_an_escaped_line_feed_is_no_letter():
    claim = make_claim(statement="It was on the\news of the day.")
    assert r"the\news" in Change.objects.get(number=claim.ledger_number).record

    assert not redact("news").removed


@pytest.mark.django_db
def test_case_matters():
    claim = make_claim(statement="Kowalski and KOWALSKI.", quote="kowalski")

    redact("Kowalski")

    claim.refresh_from_db()
    assert (claim.statement, claim.quote) == ("[redacted] and KOWALSKI.", "kowalski")


@pytest.mark.django_db
def test_accents_matter():
    claim = make_claim(statement="Müller and Muller.")

    redact("Müller")

    claim.refresh_from_db()
    assert claim.statement == "[redacted] and Muller."


@pytest.mark.django_db
def test_an_address_spells_it_in_percent():
    make_source(url="https://daily.example/J%C3%BCrgen%20Klopp", title="On Jürgen Klopp")

    redact("Jürgen Klopp")

    source = Source.objects.get()
    assert (source.url, source.title) == ("", "On [redacted]")


@pytest.mark.django_db
def test_line_ends_are_those_of_the_database():
    claim = make_claim(statement="One\nTwo, three.")

    redact("One\r\nTwo")

    claim.refresh_from_db()
    assert claim.statement == "[redacted], three."


@pytest.mark.django_db
def test_the_log_of_the_admin_may_end_amid_the_text():
    plant("Somebody")
    statement = "x" * 190 + " Bartholomew is late."
    draft = make_draft(statement=statement)
    entry = LogEntry.objects.first()
    LogEntry.objects.filter(pk=entry.pk).update(
        object_id=str(draft.pk), object_repr=statement[:200]
    )
    assert statement[:200].endswith(" Bartholom")

    removed = redact("Bartholomew").removed

    entry.refresh_from_db()
    assert entry.object_repr == "x" * 190 + "[redacted]"
    assert removed == {"claims_claim.statement": 1, "django_admin_log.object_repr": 1}


@pytest.mark.django_db
def test_a_name_that_is_json_itself_is_one_text():
    speaker = make_speaker(name='["Kowalski"]')

    redact("Kowalski")

    speaker.refresh_from_db()
    assert speaker.name == '["[redacted]"]'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "quote"), [("Jane Planted", '{"Jane Planted": 1}'), ("5550123", "[5550123]")]
)
def test_prose_that_looks_like_json_is_prose(text, quote):
    claim = make_claim(quote=quote)

    redact(text)

    claim.refresh_from_db()
    assert text not in claim.quote
    assert text not in claim.document.summary
