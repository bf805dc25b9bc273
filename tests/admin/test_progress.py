"""“Note progress”: an update on a promise, which is no verdict."""

from tests.admin.pages import filled, page_of, stored
from tests.factories import add_evidence, assess, make_claim


def note(claim, client, **changes):
    page = page_of(claim, "progress")
    return client.post(page, filled(client.get(page), **changes))


def test_progress_is_noted_with_a_sentence_and_a_source(editor):
    claim = make_claim()

    response = note(
        claim,
        editor,
        progress="in_progress",
        rationale="The bill is before parliament.",
        evidence=[add_evidence(claim).pk],
    )

    assert response.status_code == 302, response.context["form"].errors
    assert stored(claim).status == "in_progress"
    assert not stored(claim).closed


def test_an_update_that_rests_on_a_search_alone_is_refused_at_its_evidence(editor):
    claim = make_claim()
    search = add_evidence(claim, kind="search", stance="context", summary="Nothing found.")

    response = note(claim, editor, progress="stalled", rationale="Silence.", evidence=[search.pk])

    assert response.context["form"].errors == {"evidence": ["An update needs a source."]}
    assert filled(response)["rationale"] == ["Silence."]


def test_an_update_leaves_a_verdict_standing_unless_it_reopens_the_claim(editor):
    claim = make_claim()
    assess(claim, "not_borne_out")
    update = {"rationale": "Work began.", "evidence": [add_evidence(claim).pk]}

    note(claim, editor, progress="in_progress", **update)
    assert stored(claim).outcome == "not_borne_out"

    note(claim, editor, progress="in_progress", reopens="on", **update)
    assert stored(claim).outcome == ""
    assert stored(claim).status == "in_progress"


def test_an_open_claim_is_not_offered_to_be_reopened_nor_to_be_dropped(editor):
    form = editor.get(page_of(make_claim(), "progress")).context["form"]

    assert "reopens" not in form.fields
    assert "dropped" not in dict(form.fields["progress"].choices)


def test_only_a_promise_has_progress(editor):
    assertion = make_claim(kind="assertion", refers_to="2020")

    assert page_of(assertion, "progress") not in editor.get(page_of(assertion)).content.decode()
    assert editor.get(page_of(assertion, "progress"))["Location"] == page_of(assertion)
