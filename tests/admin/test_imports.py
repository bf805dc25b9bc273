"""“Import a file”: an editor chooses one, reads what it would do, enters it, and sees the rest."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims import curation
from claims.choices import UploadState
from claims.models import Claim, Topic, Upload
from tests.exchange.desk import FILES
from tests.exchange.imports.uploading import zipped
from tests.factories import add_evidence, make_claim, make_draft, make_topic, rename

pytestmark = pytest.mark.django_db

CHOOSE = "/admin/claims/upload/add/"
TOPICS = "slug,name\nun,UN\neu,EU\n"
ONE_IS_WRONG = "slug,name\nun,UN\nnato nato,N\neu,EU\n"


def choose(client, content, name="topics.csv", **options):
    content = content.encode() if isinstance(content, str) else content
    return client.post(CHOOSE, {"file": SimpleUploadedFile(name, content), **options})


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def chosen(client, content, name="topics.csv", **options):
    """The address of the page that tells what it would do."""
    response = choose(client, content, name, **options)
    assert response.status_code == 302, response.content.decode()
    return response.url


def enter(client, address, **options):
    return client.post(address.replace("change/", "enter/"), **options)


def test_the_list_of_claims_leads_to_it(editor, desk):
    assert CHOOSE in shown(editor, "/admin/claims/claim/")
    assert CHOOSE in shown(editor, "/admin/")
    assert CHOOSE not in desk("").get("/admin/").content.decode()


def test_a_file_is_checked_and_shown_before_anything_is_written(editor):
    page = shown(editor, chosen(editor, zipped(FILES), "desk.zip"))

    assert "It would add 1 topic, 1 collection, 2 speakers, 2 sources, 2 claims" in page
    assert "Enter all 14 rows" in page
    assert "All is well" in page
    assert not Claim.objects.exists()


def test_then_it_is_entered(editor):
    address = chosen(editor, TOPICS)

    response = enter(editor, address)

    assert (response.status_code, response.url) == (302, address)
    page = shown(editor, address)
    assert "It added 2 topics." in page
    assert "Enter" not in page.replace("Entered", "")
    assert Topic.objects.count() == 2


def test_a_script_that_watches_is_told_how_far_it_is_and_where_to_go(editor):
    address = chosen(editor, TOPICS)

    response = enter(editor, address, headers={"Accept": "application/x-ndjson"})

    assert [json.loads(line) for line in response.getvalue().splitlines()] == [
        {"doing": "checking", "done": 2, "of": 2},
        {"doing": "entering", "done": 2, "of": 2},
        {"address": address},
    ]
    assert Topic.objects.count() == 2


def test_faults_stand_at_their_lines_and_the_good_rows_can_be_taken(editor):
    address = chosen(editor, ONE_IS_WRONG)

    page = shown(editor, address)
    assert "Enter the 2 good rows" in page
    assert "Download the other one" in page
    assert "“nato nato” is no slug" in page
    assert '<td class="number">3</td><td><code>slug</code></td>' in page

    enter(editor, address, data={"keep_going": "1"})

    page = shown(editor, address)
    assert "It added 2 topics. 1 row was left out." in page
    refused = editor.get(address.replace("change/", "refused/topics.csv"))
    assert refused.content.startswith(b"slug,name,reason\r\nnato nato,N,")
    assert editor.get(address.replace("change/", "refused/claims.csv")).status_code == 404


def test_without_the_word_for_it_no_row_is_taken_while_one_is_wrong(editor):
    address = chosen(editor, ONE_IS_WRONG)

    response = enter(editor, address, follow=True)

    assert "Nothing was entered" in response.content.decode()
    assert not Topic.objects.exists()


def test_what_would_change_is_shown_word_by_word(editor):
    claim = make_claim(statement="The road will be open in 2020.")
    text = f"id,statement,due\n{claim.uid},The road will be open by 2020.,2021\n"

    page = shown(editor, chosen(editor, text, "claims.csv"))

    assert "It would change 1 claim." in page
    assert "<del>in</del><ins>by</ins> 2020." in page
    assert "<del>2020</del> → <ins>2021</ins>" in page
    assert f"/admin/claims/claim/{claim.pk}/change/" in page


@pytest.mark.parametrize(
    ("table", "columns", "cells", "seen"),
    [
        ("claims", "editorial_state", "in_review", "<del>Draft</del> → <ins>In review</ins>"),
        ("claims", "topics", '"[""roads""]"', "<ins>roads</ins>"),
    ],
)
def test_so_is_where_a_draft_is_moved_to(editor, table, columns, cells, seen):
    make_topic(slug="roads")
    text = f"id,{columns}\n{make_draft().uid},{cells}\n"

    assert seen in shown(editor, chosen(editor, text, f"{table}.csv"))


def test_so_is_what_hangs_on_a_claim(editor):
    evidence = add_evidence(make_claim(), summary="It was opened.")
    text = f"id,claim,summary\n{evidence.uid},{evidence.claim.uid},It was closed.\n"

    page = shown(editor, chosen(editor, text, "evidence.csv"))

    assert "<del>opened</del><ins>closed</ins>" in page


def test_a_file_that_says_what_is_here_has_nothing_to_enter(editor):
    topic = make_topic()

    page = shown(editor, chosen(editor, f"slug,name\n{topic.slug},{topic.name}\n"))

    assert "1 row says what is here already." in page
    assert 'id="enter"' not in page


def test_of_what_cannot_be_read_the_page_says_why(editor):
    response = choose(editor, "slug,nmae\nun,UN\n")

    page = response.content.decode()
    assert response.status_code == 200
    assert "It could not be checked" in page
    assert "Did you mean “name”?" in page
    assert not Upload.objects.exists()


def test_no_file_at_all_is_asked_for(editor):
    assert b"This field is required." in editor.post(CHOOSE, {}).content


def test_a_file_that_is_too_large_is_refused(editor, settings):
    settings.IMPORT_MAX_BYTES = 20

    assert b"It is larger than 20" in choose(editor, TOPICS * 2).content


def test_its_table_its_encoding_and_its_apostrophes_can_be_said(editor):
    content = "slug,name\nun,'=É\n".encode("cp1252")

    address = chosen(
        editor, content, "subjects.csv", table="topics", encoding="cp1252", unguarded="on"
    )
    enter(editor, address)

    assert Topic.objects.get().name == "'=É"


def test_letters_that_could_not_be_read_are_read_again_with_one_click(editor):
    address = chosen(editor, "slug,name\nun,Café\n".encode("cp1252"))
    page = shown(editor, address)
    assert "Café" in page
    assert (
        '<button class="button" name="encoding" value="cp1252">Read it as cp1252</button>' in page
    )
    again = address.replace("change/", "again/")
    assert editor.get(again).url == address

    wrong = editor.post(again, {"encoding": "klingon"})
    assert wrong.url == address
    response = editor.post(again, {"encoding": "cp1252"})

    upload = Upload.objects.get()
    assert (upload.encoding, str(upload.pk) in response.url) == (
        "cp1252",
        True,
    )
    page = shown(editor, response.url)
    assert "Enter the one row" in page
    assert "Read it as" not in page
    enter(editor, response.url)
    assert Topic.objects.get().name == "Café"
    assert editor.post(response.url.replace("change/", "again/"), follow=True).status_code == 200


def test_what_was_cut_off_says_how_far_it_came_and_goes_on(editor):
    address = chosen(editor, TOPICS)
    upload = Upload.objects.get()
    curation.begin_upload(upload)
    curation.move_upload(upload, done=1, of=2)
    assert "1 of 2 rows are entered." in shown(editor, address)
    curation.move_upload(upload, state=UploadState.CUT_OFF)

    page = shown(editor, address)
    assert "It stopped after 1 of 2 rows." in page
    assert 'value="Go on"' in page
    enter(editor, address)

    assert Upload.objects.get().state == UploadState.ENTERED


def test_so_does_one_whose_server_died(editor, time_machine):
    time_machine.move_to("2024-05-01T12:00:00Z", tick=False)
    address = chosen(editor, TOPICS)
    curation.begin_upload(Upload.objects.get())
    page = shown(editor, address)
    assert "It is being checked once more." in page
    assert 'value="Go on"' not in page

    time_machine.move_to("2024-05-01T12:05:00Z", tick=False)

    page = shown(editor, address)
    assert "It stopped before anything was entered." in page
    assert 'value="Go on"' in page


def test_what_was_changed_meanwhile_is_told_apart(editor):
    topic = make_topic(slug="un")
    address = chosen(editor, TOPICS)
    rename(topic, name="United Nations")

    enter(editor, address)

    page = shown(editor, address)
    assert "Changed by somebody else meanwhile" in page
    assert "Enter the one good row" in page


def test_a_contributor_is_told_that_an_editor_has_to_enter_it(contributor):
    address = chosen(contributor, zipped(FILES), "desk.zip")

    page = shown(contributor, address)
    assert "Your roles do not allow all that is in this file" in page
    assert 'id="enter"' not in page
    enter(contributor, address)

    assert not Claim.objects.exists()


def test_nobody_else_sees_it(editor, desk):
    address = chosen(editor, ONE_IS_WRONG)
    other = desk("administrator")

    assert "topics.csv" not in shown(other, "/admin/claims/upload/")
    assert other.get(address).status_code != 200
    assert enter(other, address).status_code == 404
    assert other.get(address.replace("change/", "refused/topics.csv")).status_code == 404
    assert enter(desk("", "nobody"), address).status_code == 403


def test_it_can_be_thrown_away(editor):
    address = chosen(editor, TOPICS).replace("change/", "delete/")

    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Upload.objects.exists()


def test_a_page_costs_the_same_however_much_would_change(editor, django_assert_max_num_queries):
    claims = [make_claim() for _each in range(4)]
    rows = "".join(f"{each.uid},Soon.\n" for each in claims)
    address = chosen(editor, f"id,quote\n{rows}", "claims.csv")

    with django_assert_max_num_queries(7):  # session, account, its permissions, it, its claims
        editor.get(address)
