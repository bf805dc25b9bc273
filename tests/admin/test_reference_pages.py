"""Speakers, sources, topics and collections are written through curation."""

from claims.models import Change, Collection, Source, Speaker
from tests.admin.pages import filled, page_of
from tests.factories import make_claim, make_collection, make_source, make_speaker


def add(client, name, /, **values):
    page = f"/admin/claims/{name}/add/"
    return client.post(page, filled(client.get(page), **values))


def test_a_new_speaker_is_in_the_ledger(editor):
    response = add(
        editor, "speaker", name="Ada", slug="ada", kind="person", aliases="Countess\n\n Byron "
    )

    assert response.status_code == 302, response.context["errors"]
    speaker = Speaker.objects.get()
    assert speaker.aliases == ["Countess", "Byron"]
    entry = Change.objects.get()
    assert (entry.subject, entry.key, entry.actor) == ("speaker", "ada", "editor")
    assert speaker.ledger_number == entry.number


def test_a_source_with_an_address_that_is_taken_is_refused_at_its_field(editor):
    there = make_source()

    response = add(editor, "source", publisher="P", title="T", slug="t", url=there.url)

    assert response.context["adminform"].form.errors == {"url": ["There is one with this already."]}
    assert filled(response)["title"] == ["T"]
    assert Source.objects.count() == 1


def test_a_renamed_speaker_is_renamed_in_the_texts_that_show_the_name(editor):
    speaker = make_speaker(name="Ada")
    claim = make_claim(speaker=speaker)

    page = page_of(speaker)
    editor.post(page, filled(editor.get(page), name="Ada Lovelace"))

    claim.document.refresh_from_db()
    assert "Ada Lovelace" in claim.document.summary


def test_a_slug_is_given_once(editor):
    collection = make_collection(slug="first")

    page = editor.get(page_of(collection))
    assert b"id_slug" not in page.content
    editor.post(page_of(collection), filled(page, slug="second", starts_on="2020"))

    collection = Collection.objects.get()
    assert collection.slug == "first"
    assert str(collection.starts_on_first) == "2020-01-01"


def test_the_popup_beside_an_autocomplete_hands_back_the_new_row(editor):
    response = add(editor, "topic", name="Roads", slug="roads", _popup="1")

    assert response.status_code == 200
    assert "popup_response" in response.content.decode()
    assert "Roads" in response.content.decode()
