"""A file whose entering was cut off says how far it came, and goes on from there."""

from __future__ import annotations

import pytest

from claims import curation
from claims.choices import UploadState
from claims.exchange.imports import run, uploads
from claims.models import Change, Topic
from tests.exchange.imports.uploading import bring, counts, enter, stored

pytestmark = pytest.mark.django_db

TOPICS = "slug,name\nun,UN\neu,EU\nau,AU\n"


@pytest.fixture
def one_row_a_block(monkeypatch):
    monkeypatch.setattr(run, "BLOCK", 1)


def test_killed_half_way_it_says_how_far_it_came_and_goes_on_from_there(
    one_row_a_block, monkeypatch
):
    upload = bring(TOPICS, "topics.csv")
    write, calls = curation.write_reference, []

    def write_twice(*args, **options):
        calls.append(args)
        if len(calls) == 3:
            raise MemoryError
        return write(*args, **options)

    monkeypatch.setattr(curation, "write_reference", write_twice)
    with pytest.raises(MemoryError):
        enter(upload)
    upload = stored(upload)
    assert (upload.state, upload.done, upload.of) == (UploadState.CUT_OFF, 2, 3)
    assert Topic.objects.count() == 2

    enter(upload)

    upload = stored(upload)
    assert (upload.state, upload.done, upload.of) == (UploadState.ENTERED, 3, 3)
    assert counts(upload) == {"topics": {"created": 1, "unchanged": 2}}
    assert Change.objects.count() == Topic.objects.count() == 3


def test_so_does_one_whose_reader_went_away(one_row_a_block):
    upload = bring(TOPICS, "topics.csv")
    steps = uploads.enter_upload(upload)
    while next(steps).doing == "checking":
        pass

    steps.close()

    upload = stored(upload)
    assert (upload.state, upload.done) == (UploadState.CUT_OFF, 1)
    enter(upload)
    assert Topic.objects.count() == 3


def test_one_that_was_still_being_checked_is_as_it_was(one_row_a_block):
    upload = bring(TOPICS, "topics.csv")
    steps = uploads.enter_upload(upload)
    next(steps)

    steps.close()

    upload = stored(upload)
    assert (upload.state, upload.of) == (UploadState.CHECKED, 0)


def test_a_file_that_is_thrown_away_stops_being_entered(one_row_a_block):
    upload = bring(TOPICS, "topics.csv")
    steps = uploads.enter_upload(upload)
    while next(steps).doing == "checking":
        pass

    curation.throw_upload_away(stored(upload))

    with pytest.raises(curation.WrongState, match="thrown away"):
        list(steps)
    assert Topic.objects.count() == 2  # what was being entered at that moment
