"""The API's page in a real browser: one gives it a token, or is signed in, and tries a request."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from claims.models import ApiToken
from tests.factories import make_account, make_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCS = "/api/v1/docs/"


def try_it(window, operation):
    block = window.locator(f"#operations-tokens-{operation}")
    block.get_by_role("button").first.click()
    block.get_by_role("button", name="Try it out").click()
    return block


def test_a_token_is_given_to_the_page_and_goes_with_its_requests(browse):
    secret = make_token(make_account("editor"), name="From the docs")
    window = browse("ada")
    window.context.clear_cookies()
    window.goto(DOCS)

    window.get_by_role("button", name="Authorize").first.click()
    dialog = window.locator(".modal-ux")
    for scheme in ("tokenAuth (http, Bearer)", "cookieAuth (apiKey)", "basicAuth (http, Basic)"):
        expect(dialog).to_contain_text(scheme)
    box = dialog.locator(".auth-container", has_text="tokenAuth")
    box.locator("input").fill(secret)
    box.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").last.click()
    block = try_it(window, "tokens_list")
    block.get_by_role("button", name="Execute").click()

    expect(block.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(block.locator(".live-responses-table")).to_contain_text("From the docs")


def test_whoever_is_signed_in_writes_with_the_session(browse):
    window = browse("ada")
    window.goto(DOCS)

    block = try_it(window, "tokens_create")
    block.locator("textarea").fill(json.dumps({"name": "Made in the docs"}))
    block.get_by_role("button", name="Execute").click()

    expect(block.locator(".live-responses-table")).to_contain_text(re.compile("bo_[0-9a-f]{64}"))
    token = ApiToken.objects.get()
    assert (token.name, token.user.username) == ("Made in the docs", "ada")
