"""Files over HTTP: checked as they come, looked at, entered line by line, the rest given back."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from jsonschema import Draft202012Validator

from claims import curation
from claims.api import imports
from claims.choices import UploadState
from claims.exchange.imports import uploads
from claims.models import Topic, Upload
from tests.api.addresses import document
from tests.api.writing import refused
from tests.exchange.desk import FILES
from tests.exchange.imports.uploading import unzipped, zipped
from tests.factories import make_topic, rename

pytestmark = pytest.mark.django_db

IMPORTS = "/api/v1/imports/"
TOPICS = "slug,name\nun,UN\neu,EU\n"
ONE_IS_WRONG = "slug,name\nun,UN\nnato nato,N\neu,EU\n"


@pytest.fixture
def bring(editor):
    """Send a file: ``bring(TOPICS, name="topics.csv")`` is the answer."""

    def send(content, content_type="text/csv", client=None, headers=None, **params):
        return (client or editor).post(
            IMPORTS,
            content,
            content_type=content_type,
            query_params=params,
            headers=headers or {},
        )

    return send


def made(response):
    assert response.status_code == 201, response.content
    return response.json()


def lines(response):
    """Those of a stream, which has to be one."""
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


def described(component, value):
    schemas = document()["components"]
    Draft202012Validator(
        {"$ref": f"#/components/schemas/{component}", "components": schemas}
    ).validate(value)


def test_it_is_checked_at_once_and_nothing_is_written(bring, editor):
    answer = bring(TOPICS, name="topics.csv")

    told = made(answer)
    described("Import", told)
    assert answer["Location"] == f"http://testserver{IMPORTS}{told['uid']}/"
    assert (told["state"], told["report"]["good"], told["lacking"]) == ("checked", 2, [])
    assert not Topic.objects.exists()
    assert editor.get(answer["Location"]).json() == told
    assert answer["Cache-Control"] == "private, no-store"


def test_faults_are_told_by_line_and_column(bring):
    told = made(bring(ONE_IS_WRONG, name="topics.csv"))

    described("Import", told)
    assert told["report"]["faulty"]
    (fault,) = told["report"]["faults"]["told"]
    assert (fault["file"], fault["line"], fault["column"]) == ("topics.csv", 3, "slug")


def test_it_is_entered_and_tells_how_far_it_is(bring, editor):
    told = made(bring(TOPICS, name="topics.csv"))

    *steps, last = lines(editor.post(f"{IMPORTS}{told['uid']}/apply/"))

    assert steps == [
        {"doing": "checking", "done": 2, "of": 2},
        {"doing": "entering", "done": 2, "of": 2},
    ]
    described("Import", last)
    assert (last["state"], last["done"]) == ("entered", 2)
    assert Topic.objects.count() == 2
    assert editor.get(f"{IMPORTS}{told['uid']}/").json() == last


def test_what_is_at_fault_is_not_entered_unless_the_others_are_asked_for(bring, editor):
    address = f"{IMPORTS}{made(bring(ONE_IS_WRONG, name='topics.csv'))['uid']}/"

    answer = editor.post(f"{address}apply/")
    assert "keep_going=true" in answer.json()["detail"]
    refused(answer, 409)
    assert not Topic.objects.exists()

    last = lines(editor.post(f"{address}apply/?keep_going=true"))[-1]
    assert last["report"]["tables"] == [
        {
            "table": "topics",
            "created": 2,
            "changed": 0,
            "unchanged": 0,
            "refused": 1,
            "passed_over": 0,
        }
    ]


def test_the_rows_that_are_not_taken_are_given_back(bring, editor):
    address = f"{IMPORTS}{made(bring(ONE_IS_WRONG, name='topics.csv'))['uid']}/"

    packed = editor.get(f"{address}refused.zip")
    table = editor.get(f"{address}refused/topics.csv")

    assert packed["Content-Type"] == "application/zip"
    assert unzipped(packed.content) == {"topics.csv": table.content.decode()}
    assert table.content.decode().startswith('slug,name,reason\r\nnato nato,N,"slug: ')
    mended = table.content.replace(b"nato nato", b"nato")
    assert not made(bring(mended, name="topics.csv"))["report"]["faulty"]
    refused(editor.get(f"{address}refused/claims.csv"), 404)
    refused(editor.get(f"{address}refused/nonsense.csv"), 404)


def test_there_may_be_none_to_give_back(bring, editor):
    address = f"{IMPORTS}{made(bring(TOPICS, name='topics.csv'))['uid']}/"

    refused(editor.get(f"{address}refused.zip"), 404)


@pytest.mark.parametrize(
    ("content", "content_type", "headers", "params"),
    [
        (TOPICS, "text/csv", {}, {"name": "topics.csv"}),
        (TOPICS, "text/csv", {}, {"table": "topics"}),
        (TOPICS, "text/csv", {"Content-Disposition": 'attachment; filename="topics.csv"'}, {}),
        (TOPICS.replace(",", "\t"), "text/tab-separated-values", {}, {"table": "topics"}),
        (
            '{"slug":"un","name":"UN"}\n{"slug":"eu","name":"EU"}\n',
            "application/x-ndjson",
            {},
            {"table": "topics"},
        ),
        (zipped({"topics": TOPICS}), "application/zip", {}, {}),
        (
            TOPICS.replace("EU", "É").encode("cp1252"),
            "text/csv",
            {},
            {"table": "topics", "encoding": "cp1252"},
        ),
    ],
)
def test_it_comes_in_several_forms(bring, content, content_type, headers, params):
    told = made(bring(content, content_type, headers=headers, **params))

    assert told["report"]["good"] == 2
    assert not told["report"]["faulty"]


def test_its_media_type_may_name_its_encoding(editor):
    content = TOPICS.replace("EU", "É").encode("cp1252")
    address = f"{IMPORTS}?table=topics"

    told = made(editor.generic("POST", address, content, "text/csv; charset=windows-1252"))

    assert (told["encoding"], told["report"]["good"]) == ("windows-1252", 2)


def test_a_form_brings_it_too(editor):
    file = SimpleUploadedFile("topics.csv", TOPICS.encode())

    assert made(editor.post(IMPORTS, {"file": file}))["name"] == "topics.csv"
    assert "in the query" in refused(editor.post(IMPORTS, {"file": file, "table": "a"}))["table"][0]
    assert refused(editor.post(IMPORTS, {})) == {"file": ["Send one file."]}


@pytest.mark.parametrize("shown", ["field", "header"])
def test_a_page_brings_it_with_its_token_against_forgery(as_role, shown):
    browser = as_role("editor", enforce_csrf_checks=True)
    browser.get("/admin/login/")  # hands out the token
    token = browser.cookies["csrftoken"].value
    file = {"file": SimpleUploadedFile("topics.csv", TOPICS.encode())}

    if shown == "field":
        answer = browser.post(IMPORTS, file | {"csrfmiddlewaretoken": token})
    else:
        answer = browser.post(IMPORTS, file, headers={"X-CSRFToken": token})

    assert made(answer)["report"]["good"] == 2


def test_a_text_may_be_taken_as_it_stands(bring, editor):
    texts = "slug,name\nun,'=UN\n"
    guarded = made(bring(texts, table="topics"))
    plain = made(bring(texts, table="topics", safe="0"))

    assert (guarded["safe"], plain["safe"]) == (True, False)
    lines(editor.post(f"{IMPORTS}{plain['uid']}/apply/"))
    assert Topic.objects.get().name == "'=UN"


@pytest.mark.parametrize(
    ("params", "at_fault"),
    [
        ({"tabel": "topics"}, "tabel"),
        ({"table": "topic"}, "table"),
        ({"table": ""}, "table"),
        ({"safe": "perhaps", "table": "topics"}, "safe"),
        ({"encoding": "klingon", "table": "topics"}, "file"),
        ({"encoding": f"utf{'-' * 50}8", "table": "topics"}, "encoding"),
        ({"name": "subjects.csv"}, "file"),
    ],
)
def test_what_is_wrong_is_named(bring, params, at_fault):
    assert list(refused(bring(TOPICS, **params))) == [at_fault]
    assert not Upload.objects.exists()


def test_a_name_is_kept_as_text(bring):
    assert made(bring(TOPICS, name="un \0\ntopics.csv"))["name"] == "un topics.csv"


def test_nothing_at_all_is_no_file(bring):
    assert list(refused(bring("", table="topics"))) == ["file"]


def test_another_kind_of_file_is_refused(bring):
    answer = bring("{}", "application/json")

    refused(answer, 415)
    assert "text/csv" in answer.json()["detail"]


def test_a_file_that_is_too_large_goes_by_the_command(bring, editor, settings):
    settings.IMPORT_MAX_BYTES = 20
    too_much = TOPICS * 2
    answers = [
        bring(too_much, table="topics"),
        bring(too_much * 5_000, table="topics"),  # it is not even read
        editor.post(IMPORTS, {"file": SimpleUploadedFile("topics.csv", too_much.encode())}),
    ]

    for answer in answers:
        refused(answer, 413)
        assert "manage.py import_claims" in answer.json()["detail"]


def test_of_two_at_once_the_second_is_refused(bring, editor):
    told = made(bring(TOPICS, name="topics.csv"))
    curation.begin_upload(Upload.objects.get())

    answer = editor.post(f"{IMPORTS}{told['uid']}/apply/")

    refused(answer, 409)
    assert "at this moment" in answer.json()["detail"]


def test_what_was_entered_is_not_entered_again(bring, editor):
    told = made(bring(TOPICS, name="topics.csv"))
    lines(editor.post(f"{IMPORTS}{told['uid']}/apply/"))

    refused(editor.post(f"{IMPORTS}{told['uid']}/apply/"), 409)


def test_whoever_goes_away_half_way_finds_it_cut_off_and_goes_on(bring, editor):
    told, upload = made(bring(TOPICS, name="topics.csv")), Upload.objects.get()
    sent = imports.progress_lines(upload, uploads.enter_upload(upload))
    while json.loads(next(sent))["doing"] == "checking":
        pass

    sent.close()  # as the server does

    assert Upload.objects.get().state == UploadState.CUT_OFF
    assert lines(editor.post(f"{IMPORTS}{told['uid']}/apply/"))[-1]["state"] == "entered"


def test_thrown_away_while_it_is_entered_its_last_line_says_so(bring, editor):
    told = made(bring(TOPICS, name="topics.csv"))
    answer = editor.post(f"{IMPORTS}{told['uid']}/apply/")
    sent = iter(answer.streaming_content)
    next(sent)

    assert editor.delete(f"{IMPORTS}{told['uid']}/").status_code == 204

    last = json.loads(list(sent)[-1])
    assert (last["status"], last["title"]) == (409, "Conflict")
    assert not Topic.objects.exists()


def test_what_somebody_changed_since_it_was_shown_is_told_and_stays(bring, editor):
    topic = make_topic(slug="un", name="United Nations")
    told = made(bring(TOPICS, name="topics.csv"))
    (difference,) = told["report"]["differences"]
    assert difference["columns"] == [{"column": "name", "before": "United Nations", "after": "UN"}]
    rename(topic, name="The UN")

    last = lines(editor.post(f"{IMPORTS}{told['uid']}/apply/"))[-1]

    assert (last["state"], last["report"]["conflicts"]["count"]) == ("checked", 1)
    assert Topic.objects.get().name == "The UN"
    lines(editor.post(f"{IMPORTS}{told['uid']}/apply/?keep_going=true"))
    assert set(Topic.objects.values_list("name", flat=True)) == {"The UN", "EU"}


def test_nobody_else_sees_it(bring, as_role):
    address = f"{IMPORTS}{made(bring(ONE_IS_WRONG, name='topics.csv'))['uid']}/"
    other = as_role("administrator")

    assert other.get(IMPORTS).json() == {"results": []}
    for path in ("", "refused.zip", "refused/topics.csv"):
        refused(other.get(f"{address}{path}"), 404)
    refused(other.post(f"{address}apply/"), 404)
    refused(other.delete(address), 404)
    assert Client().get(address).status_code == 401


def test_ones_own_are_listed_newest_first_without_their_reports(bring, editor):
    first, second = made(bring(TOPICS, name="topics.csv")), made(bring(TOPICS, table="topics"))

    listed = editor.get(IMPORTS).json()

    described("Imports", listed)
    assert [each["uid"] for each in listed["results"]] == [second["uid"], first["uid"]]
    assert "report" not in listed["results"][0]


def test_a_contributor_is_told_what_it_takes_to_enter_it(bring, contributor):
    told = made(bring(zipped(FILES), "application/zip", client=contributor))

    assert "claims.publish_claim" in told["lacking"]
    answer = contributor.post(f"{IMPORTS}{told['uid']}/apply/")
    refused(answer, 403)
    assert "publish claim" in answer.json()["detail"]


def test_a_read_asks_for_no_file(bring, editor, django_assert_num_queries):
    told = made(bring(TOPICS, name="topics.csv"))

    with django_assert_num_queries(
        4
    ) as captured:  # session, account, it, its account's permissions
        editor.get(f"{IMPORTS}{told['uid']}/")

    assert not any('"content"' in query["sql"] for query in captured.captured_queries)


def test_no_file_is_read_to_list_them(editor, bring, django_assert_num_queries):
    for _each in range(3):
        made(bring(TOPICS, name="topics.csv"))

    with django_assert_num_queries(4) as captured:
        editor.get(IMPORTS)

    assert not any('"content"' in query["sql"] for query in captured.captured_queries)
