"""A row's history: the admin's log, and what the ledger has of it."""

from claims import curation
from tests.admin.pages import filled, page_of
from tests.factories import make_claim, make_draft, make_speaker, move, rename


def test_a_claims_history_is_its_log_and_its_entries(editor):
    claim = make_claim()
    editor.post(page_of(claim), filled(editor.get(page_of(claim)), quote="It will."))

    page = editor.get(page_of(claim, "history"))

    html = page.content.decode()
    assert "Changed Quote." in html
    edit, published = page.context["changes"]
    assert (edit.operation, edit.actor, edit.fields_changed) == ("edit", "editor", ["quote"])
    assert published.operation == "publish"
    assert f">{edit.number}</a>" in html


def test_a_draft_has_no_entries(editor):
    page = editor.get(page_of(make_draft(), "history"))

    assert not page.context["changes"]
    assert "when it is published" in page.content.decode()


def test_a_retraction_is_in_it(editor):
    claim = move(curation.retract, make_claim(), "It was a joke.")

    assert editor.get(page_of(claim, "history")).context["changes"][0].operation == "retract"


def test_so_is_a_rename(editor):
    speaker = make_speaker()
    rename(speaker, name="Another")

    operations = [
        each.operation for each in editor.get(page_of(speaker, "history")).context["changes"]
    ]

    assert operations == ["edit", "create"]
