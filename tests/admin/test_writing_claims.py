"""The claim's form hands all it holds to curation, once."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

from claims import curation
from claims.dates import FuzzyDate
from claims.models import Change, Claim, Evidence
from claims.quantities import Quantity
from tests.admin.pages import filled, new_row, page_of, stored
from tests.factories import (
    add_evidence,
    assess,
    make_claim,
    make_collection,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
)

ADD = "/admin/claims/claim/add/"


def new_claim(**values):
    return {
        "statement": "More than 120 units will be deployed in 2020.",
        "speaker": make_speaker().pk,
        "source": make_source().pk,
        "said_on": "2020-10-16",
        "kind": "promise",
        "due": "2020-Q4",
        "due_mode": "by",
        "due_basis": "stated",
    } | values


def test_a_new_claim_is_a_draft_with_all_that_the_form_held(editor):
    topic, collection = make_topic(), make_collection()

    response = editor.post(
        ADD,
        filled(
            editor.get(ADD),
            **new_claim(quantity="gt 120 units", topics=[topic.pk], collections=[collection.pk]),
            **new_row("appearances", 0, said_on="2020-11", source=make_source().pk),
            **new_row(
                "evidence", 0, kind="search", stance="context", summary="Nothing on the site."
            ),
        ),
    )

    assert response.status_code == 302, response.context["errors"]
    claim = Claim.objects.get()
    assert claim.editorial_state == "draft"
    assert claim.due == FuzzyDate.parse("2020-Q4")
    assert str(claim.due_last) == "2020-12-31"
    assert claim.quantity == Quantity.parse("gt 120 units")
    assert list(claim.topics.all()) == [topic]
    assert list(claim.collections.all()) == [collection]
    assert str(claim.appearances.get().said_on) == "2020-11"
    assert claim.evidence.get().summary == "Nothing on the site."


def test_saving_is_one_call_to_curation(editor, monkeypatch):
    calls = []
    write_claims = curation.write_claims

    def counted(writes, **kwargs):
        calls.append(writes)
        return write_claims(writes, **kwargs)

    monkeypatch.setattr(curation, "write_claims", counted)
    editor.post(ADD, filled(editor.get(ADD), **new_claim()))

    (writes,) = calls
    assert len(writes) == 1
    assert Claim.objects.get().revision == 1


def test_an_edit_changes_adds_and_removes_rows(editor):
    claim = make_claim()
    changed, removed = add_evidence(claim, summary="Old."), add_evidence(claim, summary="Gone.")
    page = editor.get(page_of(claim))

    data = filled(
        page,
        statement="The road will be open to all in 2020.",
        **new_row(
            "evidence", 2, kind="report", stance="supports", summary="New.", source=make_source().pk
        ),
    )
    rows = {data[f"evidence-{number}-id"][0]: number for number in range(2)}
    data[f"evidence-{rows[str(changed.pk)]}-summary"] = "Edited."
    data[f"evidence-{rows[str(removed.pk)]}-DELETE"] = "on"
    response = editor.post(page_of(claim), data)

    assert response.status_code == 302, response.context["errors"]
    assert stored(claim).statement == "The road will be open to all in 2020."
    assert stored(claim).revision == int(data["seen_revision"][0]) + 1
    assert sorted(claim.evidence.values_list("summary", flat=True)) == ["Edited.", "New."]


def test_a_form_saved_as_it_was_writes_nothing(editor):
    claim = make_claim(quantity="approx 3600 people", topics=[make_topic()])
    add_evidence(claim, dated="2020-10~", observed="eq 3500 people")
    before, entries = stored(claim), Change.objects.count()

    response = editor.post(page_of(claim), filled(editor.get(page_of(claim))))

    assert response.status_code == 302
    assert stored(claim).revision == before.revision
    assert Change.objects.count() == entries
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_the_admins_log_says_what_changed(editor):
    editor.post(ADD, filled(editor.get(ADD), **new_claim()))
    claim = Claim.objects.get()
    editor.post(
        page_of(claim),
        filled(
            editor.get(page_of(claim)),
            due="2021",
            **new_row("evidence", 0, kind="search", stance="context", summary="Nothing found."),
        ),
    )

    added, changed = LogEntry.objects.order_by("pk")
    assert (added.action_flag, changed.action_flag) == (ADDITION, CHANGE)
    assert added.object_id == changed.object_id == str(claim.pk)
    assert changed.get_change_message() == ("Changed Due. Added evidence “Nothing found.”.")


def test_the_ledger_names_the_editor(desk):
    grace, claim = desk("editor", "grace"), make_claim()

    grace.post(page_of(claim), filled(grace.get(page_of(claim)), quote="It will."))

    assert Change.objects.latest("number").actor == "grace"


@pytest.mark.parametrize(("reason", "goes_stale"), [("", True), ("a typo in the name", False)])
def test_an_edit_declared_cosmetic_leaves_the_verdict_fresh(editor, reason, goes_stale):
    claim = make_claim()
    verdict = assess(claim, "borne_out")

    editor.post(
        page_of(claim),
        filled(editor.get(page_of(claim)), statement="The roads are open.", cosmetic=reason),
    )

    assert stored(claim).statement == "The roads are open."
    assert (stored(claim).words_revision > verdict.words_revision) == goes_stale
    assert ("judged earlier words" in editor.get(page_of(claim)).content.decode()) == goes_stale


def test_a_draft_is_not_asked_whether_an_edit_is_cosmetic(editor):
    assert b"id_cosmetic" not in editor.get(page_of(make_draft())).content


def test_cited_evidence_is_shown_and_not_edited(editor):
    claim = make_claim()
    cited = add_evidence(claim, summary="The mayor cut the ribbon.")
    assess(claim, "borne_out", evidence=[cited])
    fresh = add_evidence(claim, summary="The road has a hole.")

    page = editor.get(page_of(claim))

    data = filled(page)
    assert data["evidence-INITIAL_FORMS"] == ["1"]
    assert data["evidence-0-id"] == [str(fresh.pk)]
    assert "The mayor cut the ribbon." in page.content.decode()

    editor.post(page_of(claim), data | {"evidence-0-replaces": str(cited.pk)})
    assert Evidence.objects.get(pk=fresh.pk).replaces == cited


def test_saving_can_lead_on_to_the_verdict(editor):
    claim = make_claim()

    response = editor.post(
        page_of(claim), filled(editor.get(page_of(claim)), quote="It will.", _verdict="on")
    )

    assert response["Location"] == page_of(claim, "verdict")
    assert stored(claim).quote == "It will."


def test_columns_of_its_own_are_kept_changed_and_emptied(editor):
    claim = make_draft(extra={"where": "Köln"})
    form = filled(editor.get(page_of(claim)))
    assert form["extra"] == ['{"where": "Köln"}']

    editor.post(page_of(claim), form | {"quote": "Yes."})
    assert stored(claim).extra == {"where": "Köln"}

    editor.post(page_of(claim), filled(editor.get(page_of(claim)), extra='{"page": "7"}'))
    assert stored(claim).extra == {"page": "7"}

    editor.post(page_of(claim), filled(editor.get(page_of(claim)), extra=""))
    assert stored(claim).extra == {}
