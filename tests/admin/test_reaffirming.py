"""“Reaffirm”: a stale verdict is given again in one click, as a row of its own."""

from django.contrib.admin.models import LogEntry

from claims import curation
from claims.models import Assessment, Change
from tests.admin.pages import filled, page_of, stored
from tests.append_only.rows import warrant
from tests.factories import add_evidence, assess, edit, make_claim

BOX = "The words were edited since this verdict"
NEW_WORDS = {"statement": "The road will be open to all in 2020."}


def stale(outcome="borne_out", **values):
    """A claim whose verdict judged other words."""
    claim = make_claim(statement="The road will be open in 2020.")
    assess(claim, outcome, **values)
    edit(claim, values=NEW_WORDS)
    return claim


def click(client, claim, **changes):
    """The button in the box of the claim's page."""
    form = client.get(page_of(claim)).context["reaffirm"]
    posted = {"seen_revision": form.carried_revision, "rationale": form["rationale"].value()}
    return client.post(page_of(claim, "reaffirm"), posted | changes)


def test_one_click_records_the_verdict_again_on_the_words_as_they_are(desk):
    claim = stale(
        "not_borne_out",
        headline="Still closed",
        reason="missed_target",
        happened_on="2020-12",
        method="Rule book 2",
        rationale="The gates are shut.",
    )
    first = claim.assessments.get()

    assert click(desk("editor", "grace"), claim).status_code == 302

    again = claim.assessments.latest("pk")
    assert again != first
    assert (again.cause, again.decided_by) == ("reaffirmation", "grace")
    assert again.words_revision == stored(claim).words_revision == 2
    for name in ("outcome", "headline", "reason", "happened_on", "method", "rationale"):
        assert getattr(again, name) == getattr(first, name), name
    assert [*again.evidence.all()] == [*first.evidence.all()]
    assert "Not kept: Still closed" in LogEntry.objects.get().get_change_message()


def test_its_rationale_may_be_written_anew(editor):
    claim = stale()

    click(editor, claim, rationale="To all of us, and it is open.")

    assert claim.assessments.latest("pk").rationale == "To all of us, and it is open."


def test_progress_stays_as_it_stands(editor):
    claim = stale("not_borne_out", progress="in_progress")

    click(editor, claim)

    assert (stored(claim).outcome, stored(claim).progress) == ("not_borne_out", "in_progress")


def test_progress_that_was_noted_after_the_verdict_stays_too(editor):
    claim = stale("not_borne_out")
    assess(claim, progress="stalled", cause="development")

    click(editor, claim)

    assert (stored(claim).outcome, stored(claim).progress) == ("not_borne_out", "stalled")


def test_evidence_is_followed_to_what_replaced_it(editor):
    claim = make_claim()
    old, kept = add_evidence(claim, summary="Wrong."), add_evidence(claim, summary="Kept.")
    assess(claim, "borne_out", evidence=[old, kept])
    newer = add_evidence(claim, summary="Better.", replaces=old)
    assess(claim, "borne_out", evidence=[newer, kept], cause="reaffirmation")
    add_evidence(claim, summary="Best.", replaces=newer)
    edit(claim, values=NEW_WORDS)

    click(editor, claim)

    rests_on = claim.assessments.latest("pk").evidence.all()
    assert {each.summary for each in rests_on} == {"Best.", "Kept."}


def test_the_box_shows_what_became_of_the_words(editor):
    claim = stale(rationale="It was opened in May.")
    edit(claim, values={"due": "2020-06"})

    page = editor.get(page_of(claim))

    html = page.content.decode()
    assert BOX in html
    assert "It was opened in May." in html
    edited = {
        line.label: "".join(f"[{run.kind} {run.text}]" for run in line.runs)
        for line in page.context["reaffirm"].edited
    }
    assert edited == {
        "Statement": "[kept The road will be open ][added to all ][kept in 2020.]",
        "Due": "[removed 2020][kept  → ][added 2020-06]",
    }
    assert "<ins>to all </ins>" in html
    assert BOX in editor.get(page_of(claim, "verdict")).content.decode()
    assert BOX in editor.get(page_of(claim, "reaffirm")).content.decode()


def test_it_has_a_page_of_its_own(editor):
    claim = stale()
    page = page_of(claim, "reaffirm")

    assert f'href="{page}"' in editor.get(page_of(claim)).content.decode()
    assert editor.post(page, filled(editor.get(page))).status_code == 302

    assert claim.assessments.latest("pk").cause == "reaffirmation"


def test_what_is_not_stale_is_not_offered(editor):
    pending, judged = make_claim(), make_claim()
    assess(judged, "borne_out")
    edit(judged, values={"measure": "roads"}, cosmetic="A word that was missing.")
    reopened = stale()
    assess(reopened, progress="in_progress", cause="development", reopens=True)

    for claim in (pending, judged, reopened):
        html = editor.get(page_of(claim)).content.decode()
        assert BOX not in html
        assert page_of(claim, "reaffirm") not in html
        assert BOX not in editor.get(page_of(claim, "verdict")).content.decode()
        refused = editor.post(page_of(claim, "reaffirm"), {"rationale": "Again."}, follow=True)
        assert "nothing to reaffirm" in refused.content.decode()
    assert not Assessment.objects.filter(cause="reaffirmation").exists()


def test_two_clicks_make_one_row(editor):
    claim = stale()
    form = editor.get(page_of(claim)).context["reaffirm"]
    posted = {"seen_revision": form.carried_revision, "rationale": "It is open."}

    for _click in range(2):
        assert editor.post(page_of(claim, "reaffirm"), posted).status_code == 302

    assert claim.assessments.count() == 2


def test_words_edited_meanwhile_are_looked_at_first(editor):
    claim = stale()
    seen = editor.get(page_of(claim)).context["reaffirm"].carried_revision
    edit(claim, values={"statement": "The road will be open to lorries."})

    refused = click(editor, claim, seen_revision=seen, rationale="My own thoughts.")

    assert refused.status_code == 200
    assert claim.assessments.count() == 1
    assert filled(refused)["rationale"] == ["My own thoughts."]
    assert "The road will be open to lorries." in refused.content.decode()

    again = filled(refused, save_over=stored(claim).revision)
    assert editor.post(page_of(claim, "reaffirm"), again).status_code == 302
    assert claim.assessments.latest("pk").words_revision == stored(claim).words_revision


def test_a_verdict_that_no_longer_fits_is_refused_and_says_why(editor):
    claim = make_claim()
    assess(claim, "borne_out", happened_on="2020-10")
    edit(claim, values={"due": "2020-06"})

    refused = click(editor, claim)

    assert refused.context["form"].non_field_errors() == ["This is late: it was due by 2020-06."]
    assert claim.assessments.count() == 1


def test_a_verdict_without_rationale_is_refused(editor):
    claim = stale()

    refused = click(editor, claim, rationale=" ")

    assert list(refused.context["form"].errors) == ["rationale"]
    assert claim.assessments.count() == 1


def test_what_now_happened_before_it_was_said_is_asked_about(editor):
    claim = make_claim()
    assess(claim, "borne_out", happened_on="2020-02")
    edit(claim, values={"said_on": "2020-03"})

    asked = click(editor, claim)
    assert list(asked.context["form"].errors) == ["happened_before_said"]
    assert b"It happened before it was said: I mean it" in editor.get(page_of(claim)).content

    assert click(editor, claim, happened_before_said="on").status_code == 302


def test_a_redacted_rationale_is_written_anew(editor):
    claim = stale(headline="Open", rationale="His home address.")
    verdict = claim.assessments.get()
    for column in ("headline", "rationale"):
        warrant(verdict, column)
    Assessment.objects.update(headline=None, rationale=None)
    warrant(Change.objects.get(operation="assess"), "record")
    Change.objects.filter(operation="assess").update(record=None)

    form = editor.get(page_of(claim)).context["reaffirm"]
    assert (form["rationale"].value(), form.edited) == ("", [])
    assert click(editor, claim).status_code == 200
    assert click(editor, claim, rationale="The road is open.").status_code == 302
    assert claim.assessments.latest("pk").headline == ""


def test_a_contributor_is_neither_shown_the_box_nor_let_through(contributor):
    claim = stale()

    assert BOX not in contributor.get(page_of(claim)).content.decode()
    assert contributor.post(page_of(claim, "reaffirm"), {"rationale": "x"}).status_code == 403


def test_a_retracted_claim_is_not_reaffirmed(editor):
    claim = stale()
    curation.retract(
        [curation.StateChange(claim=claim, revision=claim.revision, reason="Not theirs.")],
        actor="ada",
    )

    answer = editor.post(page_of(claim, "reaffirm"), {"rationale": "x"}, follow=True)

    assert "not for a claim that is “Retracted”" in answer.content.decode()
