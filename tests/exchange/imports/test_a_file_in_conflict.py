"""What somebody changed since a file was shown is theirs; the rest goes in."""

from __future__ import annotations

import pytest

from claims.choices import UploadState
from claims.exchange.imports import run, uploads
from claims.models import Claim, Topic
from tests.exchange.desk import FILES, PROMISE
from tests.exchange.imports.uploading import bring, enter, stored, unzipped
from tests.factories import edit, make_topic, rename

pytestmark = pytest.mark.django_db

TOPICS = "slug,name\nun,UN\neu,EU\nau,AU\n"


@pytest.fixture
def one_row_a_block(monkeypatch):
    monkeypatch.setattr(run, "BLOCK", 1)


@pytest.mark.parametrize("text", [f"id,quote\n{PROMISE},Soon\n", f"id,quote\n{PROMISE},\n"])
def test_what_somebody_changed_since_it_was_shown_is_in_conflict_and_the_rest_goes_in(text):
    enter(bring(FILES))
    claim = Claim.objects.get(uid=PROMISE)
    upload = bring({"topics": TOPICS, "claims": text})
    assert not upload.report["faulty"]
    edit(claim, values={"quote": "They will be ready."})

    enter(upload)

    upload = stored(upload)
    assert upload.state == UploadState.CHECKED
    assert upload.report["conflicts"]["count"] == 1
    assert "after it was checked" in upload.report["conflicts"]["told"][0]["message"]
    assert not Topic.objects.filter(slug="un").exists()

    enter(upload, keep_going=True)

    claim.refresh_from_db()
    assert claim.quote == "They will be ready."
    assert Topic.objects.filter(slug="un").exists()
    assert list(unzipped(stored(upload).refused)) == ["claims.csv"]


def test_so_is_what_somebody_made_since():
    upload = bring(TOPICS, "topics.csv")
    make_topic(slug="un", name="United Nations")
    make_topic(slug="eu", name="EU")

    enter(upload)

    conflicts = stored(upload).report["conflicts"]
    assert [each["line"] for each in conflicts["told"]] == [2]  # the other is as it says


def test_so_is_what_somebody_changes_while_it_is_entered(one_row_a_block):
    un, eu = make_topic(slug="un"), make_topic(slug="eu")
    upload = bring("slug,name\nun,UN\neu,EU\n", "topics.csv")
    steps = uploads.enter_upload(upload)
    while next(steps).doing == "checking":
        pass

    rename(eu, name="Europe")
    list(steps)

    un.refresh_from_db()
    eu.refresh_from_db()
    assert (un.name, eu.name) == ("UN", "Europe")
    upload = stored(upload)
    assert upload.state == UploadState.ENTERED
    assert upload.report["conflicts"]["count"] == 1
    assert unzipped(upload.refused).keys() == {"topics.csv"}
