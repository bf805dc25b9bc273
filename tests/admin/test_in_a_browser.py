"""The desk in a real browser: two editors at once, and the scripts under the site's policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from claims.exchange.imports import run
from claims.models import Claim, Topic
from tests.admin.pages import page_of
from tests.factories import add_evidence, assess, edit, make_claim, make_speaker, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_of_two_editors_the_second_is_refused_and_keeps_their_text(browse):
    claim = make_claim()
    ada, grace = browse("ada"), browse("grace")
    for window in (ada, grace):
        window.goto(page_of(claim))

    ada.get_by_label("Statement:").fill("The road will be open by June 2020.")
    ada.get_by_role("button", name="Save", exact=True).click()
    expect(ada.get_by_text("was changed successfully")).to_be_visible()

    grace.get_by_label("Statement:").fill("The road will be open to all in 2020.")
    grace.get_by_role("button", name="Save", exact=True).click()
    warning = grace.get_by_role("alert")
    expect(warning).to_contain_text("somebody else has changed this")
    expect(warning).to_contain_text("The road will be open by June 2020.")
    expect(grace.get_by_label("Statement:")).to_have_value("The road will be open to all in 2020.")
    assert Claim.objects.get().statement == "The road will be open by June 2020."

    warning.get_by_role("checkbox").check()
    grace.get_by_role("button", name="Save", exact=True).click()
    expect(grace.get_by_text("was changed successfully")).to_be_visible()
    assert Claim.objects.get().statement == "The road will be open to all in 2020."


def test_a_claim_is_drafted_with_autocompletes_and_an_added_row(browse):
    make_speaker(name="Ada Lovelace")
    make_topic(name="Peacekeeping")
    window = browse("ada")
    window.goto("/admin/claims/claim/add/")

    def choose(field: str, word: str, name: str) -> None:
        window.locator(f".field-{field} .select2-selection").first.click()
        window.locator(".select2-search__field").last.press_sequentially(word)
        window.get_by_role("option", name=name).click()

    choose("speaker", "love", "Ada Lovelace")
    choose("topics", "peace", "Peacekeeping")
    window.get_by_label("Statement:").fill("The engine will run in 2020.")
    window.get_by_label("Said on:").first.fill("2020-01~")
    window.locator("#id_kind").select_option("promise")
    window.locator("#evidence-group .add-row a").click()
    row = window.locator("#evidence-0")
    row.get_by_label("Kind:").select_option("search")
    row.get_by_label("Summary:").fill("No engine was found.")
    window.get_by_role("button", name="Save", exact=True).click()

    expect(window.get_by_text("was added successfully")).to_be_visible()
    claim = Claim.objects.get()
    assert claim.speaker.name == "Ada Lovelace"
    assert [topic.name for topic in claim.topics.all()] == ["Peacekeeping"]
    assert claim.evidence.get().summary == "No engine was found."


def test_a_verdict_is_recorded_from_a_button_on_the_claim(browse):
    claim = make_claim()
    add_evidence(claim, summary="The ribbon was cut.")
    window = browse("ada")
    window.goto(page_of(claim))

    window.get_by_role("link", name="Record a verdict").click()
    window.get_by_label("Kept late").check()
    window.get_by_label("Rationale:").fill("It was cut in 2021.")
    window.get_by_label(re.compile("The ribbon was cut")).check()
    window.get_by_role("button", name="Record a verdict").click()

    expect(window.locator("#beside")).to_contain_text("Kept late")
    assert Claim.objects.get().status == "borne_out_late"


def test_a_stale_verdict_is_reaffirmed_with_one_click_on_the_claim(browse):
    claim = make_claim()
    assess(claim, "borne_out", rationale="The ribbon was cut.")
    edit(claim, values={"statement": "The road will be open to all in 2020."})
    window = browse("ada")
    window.goto(page_of(claim))

    window.locator("#beside").get_by_role("button", name="Reaffirm").click()

    expect(window.get_by_text("Reaffirmed: Kept.")).to_be_visible()
    expect(window.locator(".reaffirm")).to_have_count(0)
    assert claim.assessments.latest("pk").rationale == "The ribbon was cut."


def test_reaffirming_asks_before_unsaved_words_are_lost(browse):
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open to all in 2020."})
    window = browse("ada")
    window.goto(page_of(claim))
    asked = []
    window.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))

    window.get_by_label("Measure:").fill("Cars a day")
    window.locator("#beside").get_by_role("button", name="Reaffirm").click()

    expect(window.get_by_label("Measure:")).to_have_value("Cars a day")
    assert "is not saved" in asked[0]
    assert claim.assessments.count() == 1


def test_no_page_asks_for_what_the_policy_refuses(browse):
    claim = make_claim()
    assess(claim, "borne_out")
    window = browse("ada")

    for address in (
        "/admin/",
        "/admin/claims/claim/",
        "/admin/claims/claim/?due=overdue",
        page_of(claim, "verdict"),
        page_of(claim, "merge"),
        page_of(claim, "history"),
        page_of(claim.speaker),
        "/admin/claims/task/add/",
        "/admin/claims/upload/add/",
    ):
        assert window.goto(address).ok
        window.wait_for_load_state("networkidle")

    window.goto("/admin/claims/topic/add/")
    window.get_by_label("Name:").press_sequentially("Roads and bridges")
    expect(window.get_by_label("Slug:")).to_have_value("roads-and-bridges")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("was added successfully")).to_be_visible()
    assert Topic.objects.get().slug == "roads-and-bridges"


def test_a_file_is_imported_and_the_bar_follows_it(browse, monkeypatch):
    monkeypatch.setattr(run, "BLOCK", 1)
    window = browse("ada")
    window.goto("/admin/claims/claim/")
    rows = "".join(f"topic-{number},Topic {number}\n" for number in range(20))
    told = []
    window.expose_function("tell", lambda text: told.append(text))
    window.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
            const status = document.querySelector("#enter [role=status]");
            if (status) {
                new MutationObserver(() => { window.tell(status.textContent); })
                    .observe(status, { childList: true });
            }
        });"""
    )

    window.get_by_role("link", name="Import a file").click()
    window.get_by_label("File:").set_input_files(
        {"name": "topics.csv", "mimeType": "text/csv", "buffer": f"slug,name\n{rows}".encode()}
    )
    window.get_by_role("button", name="Check it").click()
    expect(window.get_by_text("It would add 20 topics.")).to_be_visible()
    assert Topic.objects.count() == 0
    button = window.get_by_role("button", name="Enter all 20 rows")
    button.press("Enter")
    expect(button).to_be_hidden()

    expect(window.get_by_text("It added 20 topics.")).to_be_visible()
    assert Topic.objects.count() == 20
    assert "Checking: 20 / 20" in told
    assert "Entering: 20 / 20" in told
