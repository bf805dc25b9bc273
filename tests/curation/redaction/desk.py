"""A desk on which a word was planted in every place that takes words."""

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import Group, User
from django.test import Client

from claims import curation
from claims.documents import as_json
from claims.models import Claim, Collection, Evidence, Source, Speaker, Task, Topic
from tests.admin.pages import filled, page_of
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_collection,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
    move,
    rename,
)

# JSON escapes every kind of character in it; HTML and addresses some.
HARD = 'Żółta "Katze" & 道\\🛠\nO\'Brien'
GROUND = "Art. 17 GDPR, 4 O 12/26"


class Planted:
    """The rows that hold the word, or once did."""

    claim: Claim
    retracted: Claim
    draft: Claim
    corrected: Claim
    speaker: Speaker
    source: Source
    topic: Topic
    collection: Collection
    cited: Evidence
    browser: Client

    def refresh(self) -> None:
        for row in vars(self).values():
            if hasattr(row, "refresh_from_db"):
                row.refresh_from_db()


def plant(word: str) -> Planted:
    desk = Planted()
    desk.speaker = make_speaker(
        slug="person-1", name=f"Herr {word}", aliases=["H.", f"Der {word}", word]
    )
    desk.source = make_source(
        slug="page-1",
        title=f"All about {word}",
        publisher=f"{word} Post",
        url=_address(word),
        archive_url=_address(f"archive/{word}"),
    )
    desk.topic = make_topic(slug="topic-1", name=f"{word}s", description=f"What {word} said.")
    desk.collection = make_collection(
        slug="report-1", name=f"Report on {word}", selection_note=f"All of {word}.", owner=word
    )
    desk.claim = make_claim(
        statement=f"The road of {word} will be open.",
        quote=f"“{word}, {word}!”",
        quote_prefix=f"so {word}",
        quote_suffix=f"{word} then",
        speaker_role=f"{word}'s aide",
        condition=f"If {word} agrees.",
        criteria=f"When {word} drives on it.",
        measure=f"{word}s",
        external_id=f"desk/{word}",
        extra={"desk": f"{word}'s desk", f"{word} said": "so", "page": "7"},
        speaker=desk.speaker,
        source=desk.source,
        topics=[desk.topic],
        collections=[desk.collection],
    )
    said_again = {"said_on": "2020-02", "source": desk.source, "quote": f"Again: {word}"}
    edit(desk.claim, appearances=[curation.RowWrite(values=said_again)])
    add_evidence(
        desk.claim, kind="fact_check", summary=f"Not cited: {word}.", original_rating=f"{word}: no"
    )
    desk.cited = add_evidence(desk.claim, summary=f"Cited: {word}.")
    assess(
        desk.claim,
        "borne_out",
        headline=f"{word} opened it"[:80],
        rationale=f"The report says that {word} opened it.",
        evidence=[desk.cited],
    )
    # Words that are gone from the rows stay in the records of what was.
    desk.corrected = make_claim(statement=f"{word} was here.")
    edit(desk.corrected, values={"statement": "Somebody was here."})
    passing = make_topic(slug="topic-2", name=f"About {word}")
    rename(passing, name="About somebody")
    desk.retracted = move(curation.retract, make_claim(), f"It was {word} who said it.")
    desk.draft = make_draft(statement=f"{word} is still a draft.")
    Task.objects.create(claim=desk.claim, note=f"Ring up {word}.")
    desk.browser = _log_something(desk.draft, word)
    desk.refresh()
    return desk


def _address(word: str) -> str:
    """An address with the word in it, percent-encoded where it needs that."""
    return f"https://daily.example/{quote(word)}"


def _log_something(draft: Claim, word: str) -> Client:
    """The admin's log, through the admin: what a row is called, what was done, with a reason."""
    user, _made = User.objects.get_or_create(username="editor", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    browser = Client()
    browser.force_login(user)
    response: Any = browser.get(page_of(draft))
    saved = browser.post(page_of(draft), filled(response, quote=f"Draft of {word}"))
    assert saved.status_code == 302
    act = f"/admin/claims/claim/{draft.pk}/set-aside/"
    response = browser.get(act)
    done = browser.post(act, filled(response, reason=f"For the sake of {word}"))
    assert done.status_code == 302, done.content
    session = browser.session
    session["_messages"] = json.dumps([["__json_message", 0, 25, html.escape(f"Now {word}.")]])
    session.save()
    with curation.locked_ledger():
        answer = as_json({"quote": f"Draft of {word}"})
        curation.remember_answer(user, "retry-1", "0" * 64, status=201, headers={}, body=answer)
    return browser


def redact(word: str, **options: Any) -> curation.Redacted:
    return curation.redact(word, **({"legal_basis": GROUND, "actor": ACTOR} | options))
