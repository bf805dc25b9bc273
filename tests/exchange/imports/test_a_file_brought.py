"""A file that is brought is checked, shown, and entered as it was shown."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.choices import UploadState
from claims.exchange.imports import uploads
from claims.models import Assessment, Change, Claim, Topic, Upload
from tests.exchange.desk import FILES
from tests.exchange.imports.uploading import bring, counts, enter, stored, unzipped
from tests.factories import make_account, make_topic

pytestmark = pytest.mark.django_db

ONE_IS_WRONG = "slug,name\nun,UN\nnato nato,N\neu,EU\n"


def test_a_check_says_what_would_become_of_it_and_writes_nothing():
    upload = stored(bring(FILES))

    assert counts(upload)["claims"] == {"created": 2}
    assert counts(upload)["assessments"] == {"created": 2}
    assert (upload.report["rows"], upload.report["faulty"], upload.refused) == (14, False, b"")
    assert upload.state == UploadState.CHECKED
    assert not Claim.objects.exists()
    assert not Change.objects.exists()


def test_then_all_of_it_is_entered_by_whoever_brought_it():
    upload = bring(FILES)

    steps = enter(stored(upload))

    assert {step.doing for step in steps} == {"checking", "entering"}
    assert (steps[-1].done, steps[-1].of) == (14, 14)
    upload = stored(upload)
    assert (upload.state, upload.done, upload.of, upload.content) == ("entered", 14, 14, b"")
    assert Claim.objects.published().count() == 2
    assert Assessment.objects.count() == 2
    assert set(Change.objects.values_list("actor", flat=True)) == {upload.account.username}


def test_entered_anew_it_changes_nothing():
    account = make_account("editor")
    enter(bring(FILES, account=account))
    before = Change.objects.count()

    again = bring(FILES, account=account)
    enter(again)

    assert {name for each in counts(again).values() for name in each} == {"unchanged"}
    assert Change.objects.count() == before


def test_a_row_at_fault_keeps_all_out():
    upload = bring(ONE_IS_WRONG, "topics.csv")

    with pytest.raises(uploads.FileRefused):
        enter(upload)

    assert (upload.report["good"], upload.report["others"]) == (2, 1)
    (fault,) = upload.report["faults"]["told"]
    assert (fault["file"], fault["line"], fault["column"]) == ("topics.csv", 3, "slug")
    assert not Topic.objects.exists()
    assert stored(upload).state == UploadState.CHECKED


def test_or_the_good_rows_are_taken_and_the_others_given_back():
    upload = bring(ONE_IS_WRONG, "topics.csv")

    enter(upload, keep_going=True)

    upload = stored(upload)
    assert set(Topic.objects.values_list("slug", flat=True)) == {"un", "eu"}
    assert counts(upload) == {"topics": {"created": 2, "refused": 1}}
    (name, text), *others = unzipped(upload.refused).items()
    assert (name, others) == ("topics.csv", [])
    assert text.startswith("slug,name,reason\r\nnato nato,N,")
    assert uploads.refused_rows(upload, "topics") == text.encode()
    assert uploads.refused_rows(upload, "claims") is None


def test_a_change_is_shown_column_by_column():
    topic = make_topic(name="Peace keeping")
    upload = bring(f"slug,name\n{topic.slug},Peacekeeping\n", "topics.csv")

    (difference,) = upload.report["differences"]

    assert (difference["table"], difference["key"]) == ("topics", topic.slug)
    assert difference["columns"] == [
        {"column": "name", "before": "Peace keeping", "after": "Peacekeeping"}
    ]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "topics.csv", ""),
        ("slug,name\n", "topics.csv", "There are no rows in it."),
        ("slug,nmae\nun,UN\n", "topics.csv", "Did you mean “name”?"),
        ("slug,name\nun,UN\n", "subjects.csv", "There is no table “subjects”"),
        ("%PDF-1.4", "topics.csv", "a PDF document"),
        ("PK\3\4", "topics.zip", ""),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_not_kept(text, name, said):
    with pytest.raises(ValidationError) as refused:
        bring(text, name)

    (message, *_more) = refused.value.message_dict["file"]
    assert said in message
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("topics.csv", "topics"),
        ("Topics (2).csv", "topics"),
        ("2026-10-16_topics_from-minsk.CSV", "topics"),
        ("claims-and-topics.csv", ""),
        ("topical.csv", ""),
        ("topics.zip", ""),
    ],
)
def test_the_table_is_guessed_from_the_name(name, table):
    assert uploads._table_in(name) == table


def test_what_a_cell_held_is_repeated_as_text_that_a_column_can_keep():
    upload = bring(
        '{"slug":"a\\u0000b \\ud800","name":"N"}\n{"slug":"un","name":"UN"}', "topics.ndjson"
    )

    assert upload.report["faults"]["count"]
    assert "\0" not in str(stored(upload).report)
