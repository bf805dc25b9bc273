"""What was removed is found no more, and does not stand in the index of search either."""

import pytest
from django.db import connection

from claims.curation import reference
from claims.models import Claim, SearchText
from claims.search import Found, parse
from tests.curation.redaction.desk import plant, redact
from tests.factories import make_claim, make_draft, make_speaker, rename

pytestmark = pytest.mark.django_db


def found(typed):
    return Claim.objects.filter(Found(parse(typed))).count()


def indexed(word):
    """Does the index hold it, in whatever block of its bytes?"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT CAST(words AS text) FROM claims_searchtext")
            return any(word in text for (text,) in cursor.fetchall())
        cursor.execute("SELECT block FROM claims_search_data")
        return any(word.encode() in bytes(block) for (block,) in cursor.fetchall())


def test_nothing_of_it_is_left():
    plant("Kowalski")
    assert found("kowalski") > 1
    assert indexed("kowalski")

    redact("Kowalski")

    assert found("kowalski") == 0
    assert not SearchText.objects.filter(text__contains="kowalski").exists()
    assert not indexed("kowalski")


def test_what_is_only_spelled_alike_stays_found():
    make_claim(statement="The ring road was Kowalski’s.")
    other = make_claim(statement="The ring road was KOWALSKI’S.")

    redact("Kowalski")

    assert list(Claim.objects.filter(Found(parse("kowalski")))) == [other]


def test_drafts_that_still_wait_for_a_newer_name_are_made_anew(monkeypatch):
    monkeypatch.setattr(reference, "BLOCK", 0)
    speaker = make_speaker(name="Kowalski")
    make_draft(speaker=speaker)
    rename(speaker, name="Nowak")
    assert found("kowalski") == 1

    redact("Kowalski")

    assert found("kowalski") == 0
    assert found("nowak") == 1


def test_a_dry_run_leaves_it_found():
    make_draft(statement="Kowalski was here.")

    redact("Kowalski", dry_run=True)

    assert found("kowalski") == 1
    assert indexed("kowalski")
