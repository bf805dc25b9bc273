"""“What the evidence suggests” stands beside the verdict form, and fills nothing in."""

import re

from claims.models import Assessment
from tests.admin.pages import filled, page_of
from tests.factories import add_evidence, make_claim


def box(client, claim, query=""):
    page = client.get(page_of(claim, "verdict") + query)
    assert page.status_code == 200
    html = page.content.decode()
    found = re.search(r'<section class="module" id="suggestion">(.+?)</section>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_it_says_the_outcome_in_the_words_of_the_kind_with_its_certainty_and_reasons(editor):
    claim = make_claim()
    add_evidence(claim, dated="2021-09-16", summary="It was signed.")

    text = box(editor, claim)

    assert "Kept late Certain, on this evidence" in text
    assert "It was signed." in text
    assert "That is late: it was due by 2020." in text
    assert "You judge." in text


def test_it_says_when_it_cannot_tell_and_what_to_ask_first(editor):
    claim = make_claim()
    add_evidence(claim)

    text = box(editor, claim)

    assert "Cannot tell" in text
    assert "it has no date" in text
    assert "Ask first: When exactly was it so" in text


def test_its_text_is_shown_and_not_run(editor):
    claim = make_claim()
    add_evidence(claim, dated="2021", summary="<script>alert(1)</script>")

    page = editor.get(page_of(claim, "verdict")).content.decode()

    assert "<script>alert(1)" not in page


def test_it_does_not_choose_the_verdict(editor):
    claim = make_claim()
    evidence = add_evidence(claim, dated="2020-06-01")
    page = editor.get(page_of(claim, "verdict"))

    assert "outcome" not in filled(page)
    assert "evidence" not in filled(page)
    refused = editor.post(
        page_of(claim, "verdict"), filled(page, rationale="So it was.", evidence=[evidence.pk])
    )
    assert "outcome" in refused.context["form"].errors
    assert not Assessment.objects.exists()


def test_its_condition_is_answered_by_a_link(editor):
    claim = make_claim(condition="If the money comes.")
    add_evidence(claim, dated="2020-06-01")

    assert "Ask first: Did its condition arise: “If the money comes.”?" in box(editor, claim)
    assert "Kept Certain" in box(editor, claim, "?condition=arose")
    assert "Condition never arose Certain" in box(editor, claim, "?condition=never_arose")
    assert "Kept Likely" in box(editor, claim, "?condition=nonsense")


def test_it_stands_beside_no_other_form(editor):
    claim = make_claim()

    for page in ("progress", "link", "retract", "change"):
        assert 'id="suggestion"' not in editor.get(page_of(claim, page)).content.decode()
