"""Beside a claim each assessment says how it stood; only a correction reads as one."""

from tests.admin.pages import page_of
from tests.admin.test_claim_page_costs import queries
from tests.factories import assess, make_claim


def day(assessment):
    return assessment.recorded_at.date().isoformat()


def beside(client, claim):
    html = client.get(page_of(claim)).content.decode()
    return html[html.index('id="beside"') :]


def test_a_development_ends_a_verdict_without_a_word_of_correction(editor):
    claim = make_claim()
    first = assess(claim, "not_borne_out")
    second = assess(claim, "borne_out_late", cause="development")

    html = beside(editor, claim)

    assert f"Stands since {day(second)}" in html
    assert f"Stood from {day(first)} to {day(second)}" in html
    assert "corrected" not in html


def test_a_correction_says_when_the_other_was_corrected(editor):
    claim = make_claim()
    wrong = assess(claim, "not_borne_out")
    right = assess(claim, "borne_out", cause="correction", corrects=wrong)

    html = beside(editor, claim)

    assert f"Stood from {day(wrong)} until it was corrected on {day(right)}" in html


def test_a_reopening_says_so(editor):
    claim = make_claim()
    assess(claim, "not_borne_out")
    assert "Reopened the claim" not in beside(editor, claim)

    assess(claim, progress="in_progress", cause="development", reopens=True)

    html = beside(editor, claim)
    assert "Reopened the claim" in html
    assert "when the claim was reopened" in html


def test_the_words_cost_no_query_for_each_assessment(admin_client):
    claim = make_claim()
    wrong = assess(claim, "not_borne_out")
    queries(admin_client, claim)  # Django looks up the content type once, and remembers it
    few = len(queries(admin_client, claim))

    for outcome in ("borne_out", "partly_borne_out", "borne_out_late"):
        wrong = assess(claim, outcome, cause="correction", corrects=wrong)

    assert len(queries(admin_client, claim)) == few
