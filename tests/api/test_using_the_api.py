"""The page “Using the API”: what it shows works when it is pasted."""

from __future__ import annotations

import re
import shlex
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.core.management import call_command

from tests.api.copies import SCRIPT
from tests.seeds.conftest import SEEDS

pytestmark = pytest.mark.django_db

PAGE = "/api/v1/docs/using/"


class Examples(HTMLParser):
    """The texts of the <pre> elements, by their ids or places."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "pre":
            self.inside = dict(attributes).get("id") or str(len(self.texts))
            self.texts[self.inside] = ""

    def handle_endtag(self, tag):
        if tag == "pre":
            self.inside = ""

    def handle_data(self, data):
        if self.inside:
            self.texts[self.inside] += data


def examples(client):
    return Examples(client.get(PAGE).content.decode()).texts


def commands(text):
    """Each command, whose quoted text may go over several lines."""
    return re.findall(r"^curl (?:\\\n|'[^']*'|[^'\n])+", text, re.MULTILINE)


def reading(texts):
    """The address and the headers of each curl command that reads and needs no token."""
    for text in texts.values():
        for line in commands(text):
            if line.startswith("curl ") and " -d " not in line:
                words = shlex.split(line.partition(" | ")[0].replace("\\\n", " "))
                (address,) = (word for word in words if word.startswith("http"))
                given = [after for word, after in pairwise(words) if word == "-H"]
                yield address, dict(each.split(": ", 1) for each in given)


def test_every_line_that_reads_is_answered(client):
    call_command("import_claims", str(SEEDS), verbosity=0)
    tried = 0
    for address, headers in reading(examples(client)):
        answer = client.get(address.removeprefix("http://testserver"), headers=headers)
        assert answer.status_code == 200, address
        assert b"".join(answer)
        tried += 1
    assert tried > 15


def test_every_write_is_taken_from_an_editors_script(client, as_role):
    call_command("import_claims", str(SEEDS), verbosity=0)
    editor, tried = as_role("editor"), []
    for text in examples(client).values():
        for line in commands(text):
            if "?dry_run=true" in line:
                words = shlex.split(line.replace("\\\n", " "))
                (address,) = (word for word in words if word.startswith("http"))
                (body,) = (after for word, after in pairwise(words) if word == "-d")
                answer = editor.post(
                    address.removeprefix("http://testserver"),
                    body,
                    content_type="application/json",
                    headers={"If-Match": "*"},
                )
                assert answer.status_code == 200, answer.content
                tried.append(address)
    assert len(tried) == 2


def test_it_shows_the_very_text_of_the_client(client):
    assert examples(client)["sync_claims"] == SCRIPT.read_text(encoding="utf-8")


def test_its_python_is_python(client):
    compile(examples(client)["pandas-example"], "pandas", "exec")


def test_it_is_there_before_the_first_claim(client):
    page = client.get(PAGE).content.decode()

    assert "http://testserver/api/v1/claims/" in page
    assert "/claims/3b767982-3f20-4389-bd1e-b51526302961/timeline/" in page


def test_it_keeps_to_the_policy_of_the_site(client):
    answer = client.get(PAGE)

    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert not re.search(r"<script|<style|style=|\son\w+=", answer.content.decode())


def test_its_links_lead_somewhere(client):
    page = client.get(PAGE).content.decode()

    for target in re.findall(r'href="([^"]+)"', page):
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in page
        else:
            answer = client.get(target)
            assert answer.status_code == 200
            assert b"".join(answer)


def test_an_unknown_parameter_is_refused(client):
    assert client.get(PAGE, {"page": "2"}).status_code == 400
