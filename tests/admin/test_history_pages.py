"""A row's history: what the ledger has of it, told in words, and the admin's log."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.admin.differences import LENGTH
from claims.models import Change
from tests.admin.pages import filled, page_of
from tests.append_only.rows import execute, warrant
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_draft,
    make_speaker,
    make_topic,
    move,
    rename,
)


def articles(client, row, query=""):
    """The entries as an editor reads them: text alone, but for <del> and <ins>."""
    page = client.get(page_of(row, "history") + query).content.decode()
    found = re.findall("<article>(.*?)</article>", page, re.DOTALL)
    kept = [re.sub(r"<(?!/?(?:del|ins)\b)[^>]*>", " ", each) for each in found]
    return [html.unescape(" ".join(each.split())) for each in kept]


def test_a_claims_history_is_its_entries_and_its_log(editor):
    claim = make_claim(quote="It must.")
    editor.post(page_of(claim), filled(editor.get(page_of(claim)), quote="It will."))

    page = editor.get(page_of(claim, "history"))

    edit_, published = (each.change for each in page.context["entries"])
    assert (edit_.operation, edit_.actor, edit_.fields_changed) == ("edit", "editor", ["quote"])
    assert published.operation == "publish"
    assert f"/admin/claims/change/{edit_.pk}/" in page.content.decode()
    assert "Changed Quote." in page.content.decode()


def test_an_entry_says_who_when_why_and_what_words_became_what(editor):
    claim = make_claim(quote="It must be open.")
    edit(claim, values={"quote": "It will be open."}, cosmetic="A slip of the pen.")
    change = Change.objects.latest("number")

    newest = articles(editor, claim)[0]

    assert newest == (
        f"Edited: cosmetic {change.at:%Y-%m-%d %H:%M:%S} UTC, {ACTOR}, entry {change.number} "
        "Because: A slip of the pen. Quote It <del>must</del><ins>will</ins> be open."
    )


def test_a_code_is_said_in_the_words_of_the_claims_kind(editor):
    claim = make_claim()
    assess(claim, "not_borne_out", headline="Never opened")
    assess(claim, "borne_out_late", cause="development")

    newest = articles(editor, claim)[0]

    assert newest.startswith("Assessed: The facts moved on")
    assert "Outcome <del>Not kept</del> → <ins>Kept late</ins>" in newest


def test_a_list_is_told_by_what_left_and_what_came(editor):
    claim = make_claim(topics=[make_topic(slug="roads"), make_topic(slug="rails")])
    edit(claim, topics=[make_topic(slug="canals"), *claim.topics.filter(slug="rails")])

    assert "Topics <del>roads</del> → <ins>canals</ins>" in articles(editor, claim)[0]


def test_a_row_that_came_is_told_with_names_and_no_uids(editor):
    claim, other = make_claim(), make_claim(statement="The bridge will stand.")
    assess(claim, "borne_out", evidence=[add_evidence(claim, summary="The ribbon was cut.")])
    curation.link(
        [curation.LinkWrite(claim=claim, revision=claim.revision, type="repeats", target=other)],
        actor=ACTOR,
    )

    linked, assessed, shown, _published = articles(editor, claim)

    assert "Links added Other claim The bridge will stand. Type repeats" in linked
    assert "Rationale The report says so. Evidence The ribbon was cut." in assessed
    assert "Evidence added Source" in shown
    assert not re.search("[0-9a-f]{8}-[0-9a-f]{4}", linked + assessed + shown)


def test_a_row_that_was_edited_is_named_where_its_words_stayed(editor):
    claim = make_claim()
    row = add_evidence(claim, summary="The ribbon was cut.")
    edit(claim, evidence=[curation.RowWrite(row=row, values={"dated": "2020-06"})])

    assert "changed The ribbon was cut. Dated <ins>2020-06</ins>" in articles(editor, claim)[0]


def test_of_a_long_text_what_stands_beside_a_change_is_shown(editor):
    long = "How it will be judged is written down beforehand, in words that all can read. " * 12
    claim = make_claim(criteria=f"{long}By June. {long}".strip())
    edit(claim, values={"criteria": f"{long}By July. {long}".strip()})

    newest = articles(editor, claim)[0]

    assert "all can read. By <del>June</del><ins>July</ins>. How it will" in newest
    assert newest.count("[…]") == 2
    assert len(newest) < 400


def test_what_a_claim_said_at_first_is_folded_away_and_marks_nothing(editor):
    claim = make_claim(statement="The road will be open.")

    page = editor.get(page_of(claim, "history")).content.decode()
    (published,) = articles(editor, claim)

    assert "<details>" in page
    assert "Statement The road will be open." in published
    assert "<ins>" not in published


def test_a_draft_has_no_entries(editor):
    page = editor.get(page_of(make_draft(), "history"))

    assert not page.context["entries"]
    assert "when it is published" in page.content.decode()


def test_a_retraction_is_in_it_with_its_reason(editor):
    claim = move(curation.retract, make_claim(), "It was a joke.")

    newest = articles(editor, claim)[0]

    assert newest.startswith("Retracted")
    assert newest.endswith(
        "Because: It was a joke. Editorial state <del>Published</del> → <ins>Retracted</ins>"
    )


def test_what_was_redacted_says_so(editor):
    claim = make_claim()
    edit(claim, values={"quote": "A secret of his."})
    change = Change.objects.latest("number")
    edit(claim, values={"quote": "We will."})
    warrant(change, "record")
    execute(f"UPDATE claims_change SET record = NULL, salt = NULL WHERE number = {change.number}")

    after, redacted, _published = articles(editor, claim)

    assert "cannot be told. Its record was removed by law." in redacted
    assert "cannot be told. The record before it was removed by law." in after


def test_so_is_a_rename(editor):
    speaker = make_speaker(name="Ada")
    rename(speaker, name="Ada Lovelace")

    renamed, created = articles(editor, speaker)

    assert renamed.endswith("Name Ada<ins> Lovelace</ins>")
    assert created.startswith("Created")


def test_what_editors_wrote_is_no_html(editor):
    claim = make_claim(quote="one")
    edit(claim, values={"quote": "<script>alert(1)</script>"}, cosmetic="<b>bold</b>")

    page = editor.get(page_of(claim, "history")).content.decode()

    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_older_entries_are_a_page_away(editor):
    claim = make_claim()
    for number in range(LENGTH + 3):
        edit(claim, values={"quote": f"We will ({number})."})

    newest = articles(editor, claim)
    context = editor.get(page_of(claim, "history")).context
    older = articles(editor, claim, f"?before={context['older']}")

    assert (len(newest), len(older)) == (LENGTH, 4)
    assert f"({LENGTH + 2})" not in newest[1]
    assert "We will (<del>1</del><ins>2</ins>)." in older[0]
    assert older[-1].startswith("Published")


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 40, "٣"])
def test_an_address_that_names_no_entry_shows_the_newest(editor, before):
    claim = make_claim()

    assert len(articles(editor, claim, f"?before={before}")) == 1


def test_it_costs_the_same_however_many_entries_there_are(editor):
    def queries(claim):
        with CaptureQueriesContext(connection) as captured:
            editor.get(page_of(claim, "history"))
        return [re.search(r"SELECT.+?(?= WHERE |$)", query["sql"])[0] for query in captured]

    claim, other = make_claim(), make_claim()
    curation.link(
        [curation.LinkWrite(claim=claim, revision=claim.revision, type="repeats", target=other)],
        actor=ACTOR,
    )
    queries(claim)  # Django looks up the content type once, and remembers it
    few = queries(claim)
    for number in range(5):
        edit(claim, values={"quote": f"We will ({number})."})
        add_evidence(claim)

    assert queries(claim) == few


def test_an_entrys_own_page_tells_what_it_changed(editor):
    claim = make_claim(quote="It must.")
    edit(claim, values={"quote": "It will."})
    move(curation.retract, claim, "It was a joke.")
    move(curation.publish, claim, "It was not.")
    _published, edited, _retracted, back = Change.objects.filter(key=str(claim.uid))

    assert "It <del>must</del><ins>will</ins>." in editor.get(page_of(edited)).content.decode()
    page = editor.get(page_of(back)).content.decode()
    assert "<del>Retracted</del> → <ins>Published</ins>" in page
    assert "Because: It was not." in page
