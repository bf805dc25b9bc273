"""A file that is brought to be imported: who is at it, how far they came, how long it is kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.choices import UploadState
from claims.curation import uploads
from claims.models import Upload
from tests.factories import keep_upload, make_account, make_topic

pytestmark = pytest.mark.django_db


def stored(upload):
    return Upload.objects.get(pk=upload.pk)


def refusal(act, *args, **more):
    with pytest.raises(curation.WrongState) as refused:
        act(*args, **more)
    return refused.value.messages[0]


def test_of_two_runs_at_once_the_second_is_refused():
    upload = keep_upload()
    again = stored(upload)
    curation.begin_upload(upload)

    assert "at this moment" in refusal(curation.begin_upload, again)
    assert stored(upload).run == 1


def test_a_run_that_died_is_taken_over_and_cannot_go_on(time_machine):
    time_machine.move_to("2024-05-01T12:00:00Z", tick=False)
    dead = keep_upload()
    curation.begin_upload(dead)
    curation.move_upload(dead, done=250, of=1_000)
    assert not curation.is_stalled(stored(dead))

    time_machine.move_to("2024-05-01T12:03:00Z", tick=False)
    heir = stored(dead)
    assert curation.is_stalled(heir)
    curation.begin_upload(heir)

    assert (heir.run, heir.done, heir.of) == (2, 250, 1_000)
    assert "elsewhere" in refusal(curation.move_upload, dead, done=500)
    curation.move_upload(heir, done=750)
    assert stored(heir).done == 750


def test_what_was_entered_is_not_entered_again_and_its_file_goes():
    upload = keep_upload(refused=b"zip")
    curation.begin_upload(upload)
    curation.move_upload(upload, state=UploadState.ENTERED, report={"rows": 1})

    upload = stored(upload)
    assert (upload.content, upload.refused, upload.size) == (b"", b"zip", 10)
    assert "entered already" in refusal(curation.begin_upload, upload)


def test_what_was_cut_off_is_taken_up_again():
    upload = keep_upload()
    curation.begin_upload(upload)
    curation.move_upload(upload, done=250, of=1_000)
    curation.move_upload(upload, state=UploadState.CUT_OFF)

    curation.begin_upload(stored(upload))

    assert stored(upload).run == 2


def test_a_run_whose_file_was_thrown_away_stops():
    upload = keep_upload()
    curation.begin_upload(upload)
    curation.throw_upload_away(stored(upload))

    assert "thrown away" in refusal(curation.move_upload, upload, done=1)
    assert not Upload.objects.exists()


def test_a_file_is_kept_for_a_day_and_what_became_of_it_for_a_month(time_machine):
    time_machine.move_to("2024-05-01T12:00:00Z", tick=False)
    waiting = keep_upload(content=b"a", refused=b"b")
    entered = keep_upload(content=b"a", refused=b"b")
    curation.begin_upload(entered)
    curation.move_upload(entered, state=UploadState.ENTERED)

    time_machine.move_to("2024-05-02T13:00:00Z", tick=False)
    keep_upload()

    waiting, entered = stored(waiting), stored(entered)
    assert (waiting.state, waiting.content, waiting.refused) == ("expired", b"", b"")
    assert (entered.state, entered.refused) == ("entered", b"")
    assert "after a day" in refusal(curation.begin_upload, waiting)

    time_machine.move_to("2024-06-03T13:00:00Z", tick=False)
    newest = keep_upload()

    assert Upload.objects.get() == newest


def test_an_account_keeps_its_newest(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UPLOADS", 2)
    ada, other = make_account(), keep_upload()
    oldest, *kept = (keep_upload(ada) for _each in range(3))

    assert set(Upload.objects.all()) == {other, *kept}
    assert oldest not in Upload.objects.all()


def test_what_is_being_entered_is_kept_however_many_come(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UPLOADS", 1)
    ada = make_account()
    first = keep_upload(ada)
    curation.begin_upload(first)

    keep_upload(ada)
    keep_upload(ada)

    assert Upload.objects.filter(pk=first.pk).exists()
    assert Upload.objects.count() == 2


def test_a_redaction_throws_every_file_away():
    keep_upload(content="Kowalski".encode("utf-16"))
    waiting = keep_upload(report={"faults": "Kowalski is no number."})
    make_topic(name="Kowalski")

    with pytest.raises(ValidationError):
        curation.redact("Kowalski", legal_basis="", actor="ada")
    assert stored(waiting)
    curation.redact("Kowalski", legal_basis="Art. 17 GDPR", actor="ada")

    assert not Upload.objects.exists()
