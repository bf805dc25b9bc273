"""What is wrong is said at the field that is wrong, and nothing that was typed is lost."""

import pytest

from claims.models import Claim
from tests.admin.pages import filled, new_row, page_of, stored
from tests.admin.test_writing_claims import ADD, new_claim
from tests.factories import make_claim, make_draft, make_revision, make_source

GRAMMAR = "2020-Q4, 2020-10 or 2020-10-16"


def faults(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_a_date_that_is_none_is_explained_at_its_field(editor):
    response = editor.post(ADD, filled(editor.get(ADD), **new_claim(due="autumn 2020")))

    (fault,) = faults(response)["due"]
    assert "At position 1 there is “autumn 2020”" in fault
    assert GRAMMAR in fault
    assert filled(response)["due"] == ["autumn 2020"]
    assert not Claim.objects.exists()


def test_a_quantity_that_is_none_is_explained_at_its_field(editor):
    response = editor.post(ADD, filled(editor.get(ADD), **new_claim(quantity="3600 people")))

    assert list(faults(response)) == ["quantity"]
    assert filled(response)["quantity"] == ["3600 people"]


@pytest.mark.parametrize("field", ["due", "said_on", "refers_to"])
def test_the_grammar_stands_at_each_date(editor, field):
    form = editor.get(ADD).context["adminform"].form

    assert GRAMMAR in str(form.fields[field].help_text)


def test_a_rule_of_curations_is_said_at_its_field(editor):
    response = editor.post(
        ADD,
        filled(
            editor.get(ADD),
            **new_claim(due_mode=""),
            **new_row("evidence", 0, kind="search", stance="context", summary="I found nothing."),
        ),
    )

    assert faults(response) == {
        "due_mode": ["Say what the due period means: by, at or throughout."]
    }
    assert filled(response)["evidence-0-summary"] == ["I found nothing."]
    assert not Claim.objects.exists()


def test_a_fault_of_a_row_is_said_at_that_row(editor):
    claim = make_draft()
    data = filled(
        editor.get(page_of(claim)),
        **new_row("appearances", 0, said_on="2020/..", source=make_source().pk),
        **new_row("evidence", 0, kind="report", stance="supports", summary="No source."),
    )

    response = editor.post(page_of(claim), data)

    appearances, evidence = response.context["inline_admin_formsets"]
    assert "said_on" in appearances.forms[0].errors
    assert "source" in evidence.forms[0].errors
    assert not faults(response)
    assert not claim.appearances.exists()


def test_a_character_that_is_no_text_is_refused_at_its_row(editor):
    claim = make_draft()
    data = filled(
        editor.get(page_of(claim)),
        **new_row("evidence", 0, kind="search", stance="context", summary="A bell: \x07"),
    )

    response = editor.post(page_of(claim), data)

    _appearances, evidence = response.context["inline_admin_formsets"]
    assert "U+0007" in evidence.forms[0].errors["summary"][0]


def test_a_name_of_another_system_that_is_taken_is_said_at_its_field(editor):
    make_draft(external_id="desk-1")

    response = editor.post(ADD, filled(editor.get(ADD), **new_claim(external_id="desk-1")))

    assert faults(response) == {"external_id": ["There is one with this already."]}


@pytest.mark.parametrize(
    ("given", "words"),
    [("page 7", "Enter a valid JSON."), ('["page"]', "Give an object of texts by name.")],
)
def test_columns_of_its_own_that_are_no_object_are_explained_there(editor, given, words):
    claim = make_draft(extra={"page": "7"})

    response = editor.post(page_of(claim), filled(editor.get(page_of(claim)), extra=given))

    assert faults(response) == {"extra": [words]}
    assert stored(claim).extra == {"page": "7"}


def test_a_published_claim_keeps_its_source(editor):
    claim = make_claim()

    response = editor.post(page_of(claim), filled(editor.get(page_of(claim)), source=""))

    assert faults(response) == {"source": ["A published claim says where it was said."]}


@pytest.mark.parametrize("round_about", [False, True])
def test_a_link_that_leads_round_is_explained_at_its_target(editor, round_about):
    first = make_claim()
    last = make_revision(make_revision(first) if round_about else first)
    page = page_of(first, "link")

    response = editor.post(page, filled(editor.get(page), type="revises", target=last.pk))

    assert response.context["form"].errors == {
        "target": ["That claim revises this one, itself or through others."]
    }
    assert filled(response)["target"] == [str(last.pk)]


def test_a_revision_of_what_was_said_later_is_explained_at_its_target(editor):
    first = make_claim(said_on="2020-01-15")
    later = make_claim(said_on="2020-02", speaker=first.speaker)
    page = page_of(first, "link")

    response = editor.post(page, filled(editor.get(page), type="revises", target=later.pk))

    (fault,) = response.context["form"].errors["target"]
    assert "2020-02" in fault


def test_a_day_before_that_of_what_is_revised_is_explained_at_its_field(editor):
    claim = make_revision(make_claim(said_on="2020-01-15"), said_on="2020-01-16")

    response = editor.post(page_of(claim), filled(editor.get(page_of(claim)), said_on="2019"))

    (fault,) = faults(response)["said_on"]
    assert fault == "It revises a claim that was said on 2020-01-15: it was said then or later."
