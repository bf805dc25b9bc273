"""What search finds a claim by is written with it, and follows every write that it is made of."""

import pytest
from django.core import checks
from django.db import connection, transaction

from claims import audit, curation, search
from claims.curation import reference
from claims.models import Claim, SearchText
from claims.search import Found, parse
from tests.factories import assess, edit, make_claim, make_draft, make_speaker, move, rename
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


def found(typed):
    return list(Claim.objects.filter(Found(parse(typed))).order_by("pk"))


@pytest.mark.parametrize("make", [make_draft, make_claim])
def test_a_claim_is_found_by_its_words_as_they_are(make):
    claim = make(statement="The ring road")
    assert found("ring") == [claim]

    edit(claim, values={"statement": "The bridge", "quote": "Open."})

    assert found("ring") == []
    assert found("bridge open") == [claim]


@pytest.mark.parametrize("make", [make_draft, make_claim])
def test_a_new_name_of_who_said_it_is_found_at_once(make):
    speaker, party = make_speaker(name="Ada"), make_speaker(name="Whigs", kind="organisation")
    claim = make(speaker=speaker, on_behalf_of=party)

    rename(speaker, name="Grace", aliases=["Amazing"])
    rename(party, name="Tories")

    assert found("ada OR whigs") == []
    assert found("grace amazing tories") == [claim]


def test_past_the_first_block_drafts_too_are_left_to_refresh_documents(monkeypatch):
    monkeypatch.setattr(reference, "BLOCK", 2)
    speaker = make_speaker(name="Ada")
    for make in (make_claim, make_draft):
        for _ in range(3):
            make(speaker=speaker)

    rename(speaker, name="Grace")
    assert len(found("grace")) == 4

    assert [curation.refresh_documents(limit=2) for _ in range(2)] == [2, 0]
    assert len(found("grace")) == 6
    assert found("ada") == []


@pytest.mark.parametrize(
    ("make", "write"),
    [
        (make_claim, lambda claim: assess(claim, "borne_out")),
        (make_draft, lambda claim: move(curation.publish, claim)),
    ],
)
def test_a_write_that_leaves_the_words_brings_a_name_that_was_left_to_refresh_documents(
    monkeypatch, make, write
):
    monkeypatch.setattr(reference, "BLOCK", 0)
    speaker = make_speaker(name="Ada")
    claim = make(speaker=speaker)
    rename(speaker, name="Grace")
    assert found("ada") == [claim]

    write(claim)

    assert found("grace") == [claim]
    assert curation.refresh_documents() == 0


def test_a_rename_of_more_than_words_ends_too(monkeypatch):
    draft = make_draft(speaker=make_speaker(name="Ada"))
    monkeypatch.setattr(reference, "BLOCK", 0)
    rename(draft.speaker, wikidata_id="Q7259")

    assert [curation.refresh_documents() for _ in range(2)] == [1, 0]


def test_a_deleted_draft_is_found_no_more():
    draft = make_draft(statement="The ring road")

    curation.delete_drafts([draft])

    assert found("ring") == []
    assert not SearchText.objects.exists()


def test_a_write_that_fails_leaves_what_was_found():
    claim = make_claim(statement="The ring road")
    with transaction.atomic():
        edit(claim, values={"statement": "The bridge"})
        assert found("bridge") == [claim]
        transaction.set_rollback(True)

    assert found("ring") == [claim]
    assert found("bridge") == []


def test_texts_in_an_older_format_are_rebuilt_in_blocks_of_drafts_too():
    claims = [make_claim(statement="road"), make_draft(statement="road"), make_draft()]
    made = dict(SearchText.objects.values_list("pk", "text"))
    SearchText.objects.update(format=0, text=" other ")
    assert found("road") == []
    assert found("other") == claims

    assert [curation.rebuild_documents(limit=2) for _ in range(3)] == [2, 1, 0]

    assert dict(SearchText.objects.values_list("pk", "text")) == made
    assert found("other") == []
    assert found("road") == claims


def test_claims_that_came_in_past_curation_are_made_up_for():
    claim = make_draft(statement="The ring road")
    SearchText.objects.all().delete()
    assert found("ring") == []

    assert [curation.rebuild_documents() for _ in range(2)] == [1, 0]

    assert found("ring") == [claim]


def test_an_older_format_is_noticed_at_the_start(monkeypatch):
    make_draft()
    assert checks.run_checks(databases=["default"]) == []

    monkeypatch.setattr(search, "FORMAT", search.FORMAT + 1)

    (warning,) = checks.run_checks(databases=["default"])
    assert warning.id == "claims.W002"
    assert "texts for search" in warning.msg


def test_whatever_is_written_the_index_says_what_the_texts_say():
    for _write in write_at_random(5, 40):
        pass

    assert audit.verify().claims == Claim.objects.count() == SearchText.objects.count()
    texts = SearchText.objects.values_list("text", flat=True)
    assert indexed() == {word for text in texts for word in text.split()}


def indexed():
    """The words of the engine's index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT unnest(tsvector_to_array(words)) FROM claims_searchtext"
            )
            return {word for (word,) in cursor.fetchall()}
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, claims_search, row)"
        )
        cursor.execute("SELECT term FROM temp.vocabulary")
        words = {word for (word,) in cursor.fetchall()}
        cursor.execute("INSERT INTO claims_search(claims_search) VALUES ('integrity-check')")
        cursor.execute("DROP TABLE temp.vocabulary")
        return words
