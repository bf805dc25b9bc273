"""What can be downloaded, at its addresses; what stands in it is tested with the exports."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from claims.api import exports
from claims.api.exports import Download
from claims.exchange.columns import CLAIMS, TABLES
from claims.exchange.exports import workbooks
from tests.factories import assess, make_claim, make_draft, make_speaker, say_again

pytestmark = pytest.mark.django_db

CHOOSING = [f"{name}.csv" for name in TABLES] + ["claims.ndjson", "claims.xlsx"]


@pytest.fixture
def download(client):
    def ask(path, **params):
        response = client.get(f"/api/v1/{path}", params)
        assert response.status_code == 200, response.content
        return response, response.getvalue()

    return ask


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def test_each_says_what_it_is(download):
    kinds = {".csv": "text/csv; charset=utf-8", "json": exports.NDJSON, "xlsx": exports.XLSX}
    for view in exports.VIEWS:
        response, _data = download(view.file)

        assert response["Content-Type"] == {**kinds, ".zip": exports.ZIP}[view.file[-4:]]
        assert response["Content-Disposition"] == f'attachment; filename="{view.file}"'
        assert response.streaming


def test_all_are_of_the_ledger_that_they_name(api, download):
    make_claim()

    heads = {download(view.file)[0]["Ledger-Head"] for view in exports.VIEWS}

    assert heads == {api("changes/")["head"]}


def test_claims_are_the_same_in_every_form(download):
    kept = make_claim(speaker=make_speaker(slug="ada"))
    make_claim()
    make_draft(speaker=kept.speaker)

    found = {"speaker": "ada"}
    (row,) = rows(download("claims.csv", **found)[1])
    (line,) = download("claims.ndjson", **found)[1].splitlines()
    book = openpyxl.load_workbook(io.BytesIO(download("claims.xlsx", **found)[1]))
    made = zipfile.ZipFile(io.BytesIO(download("claims.zip", **found)[1]))

    assert row["id"] == json.loads(line)["id"] == book["claims"]["A2"].value == str(kept.uid)
    assert rows(made.read("claims.csv")) == [row]
    assert json.loads(made.read("manifest.json"))["filters"] == found


def test_what_hangs_on_claims_is_under_their_filters(download):
    kept, pending = make_claim(), make_claim()
    assess(kept, "borne_out")
    say_again(pending)

    def claims_of(path):
        return [row["claim"] for row in rows(download(path, status="borne_out")[1])]

    assert claims_of("assessments.csv") == claims_of("evidence.csv") == [str(kept.uid)]
    assert claims_of("appearances.csv") == claims_of("links.csv") == []
    assert len(rows(download("appearances.csv")[1])) == 1


def test_columns_are_those_that_were_chosen_in_their_order(download):
    claim = make_claim()

    _response, data = download("claims.csv", columns="status,id")
    _response, lines = download("claims.ndjson", columns="status,id")

    assert data == b"status,id\r\npending,%b\r\n" % str(claim.uid).encode()
    assert lines == b'{"status":"pending","id":"%b"}\n' % str(claim.uid).encode()


def test_an_unknown_column_is_named_with_the_nearest(problem):
    for path in CHOOSING:
        (fault,) = problem(400, path, columns="idd")["errors"]["columns"]
        assert fault.startswith("There is no column “idd”."), path
    (fault,) = problem(400, "claims.csv", columns="id,speker")["errors"]["columns"]
    assert "Did you mean “speaker”?" in fault
    assert "columns" in problem(400, "claims.csv", columns="id,id")["errors"]
    assert "columns" in problem(400, "claims.csv", columns="")["errors"]
    # there only where the past, or a vocabulary, is asked for
    assert "columns" in problem(400, "claims.csv", columns="changed_since")["errors"]


def test_columns_of_the_past_and_of_vocabularies_may_be_chosen(api, download):
    make_claim()
    asked = {"as_of": api("changes/")["head"], "vocab": "metaculus"}

    _response, data = download("claims.csv", columns="metaculus,changed_since", **asked)

    assert data == b"metaculus,changed_since\r\nopen,false\r\n"


def test_texts_are_safe_unless_they_are_asked_for_raw(download):
    make_claim(statement="=1+1")

    for path in ("claims.csv", "claims.zip", "claims.xlsx"):
        for asked, cell in (({}, "'=1+1"), ({"safe": "1"}, "'=1+1"), ({"safe": "0"}, "=1+1")):
            _response, data = download(path, **asked)
            assert statement_in(path, data) == cell, (path, asked)


def statement_in(path, data):
    if path == "claims.xlsx":
        header, row = openpyxl.load_workbook(io.BytesIO(data))["claims"].values
        return row[header.index("statement")]
    if path == "claims.zip":
        data = zipfile.ZipFile(io.BytesIO(data)).read("claims.csv")
    return rows(data)[0]["statement"]


def test_a_byte_order_mark_comes_where_it_is_asked_for(download):
    for path in ("claims.csv", "topics.csv"):
        assert download(path, bom="1")[1] == b"\xef\xbb\xbf" + download(path)[1]


def test_what_an_export_does_not_take_is_refused(problem):
    for path, name in (
        ("claims.zip", "as_of"),
        ("claims.zip", "columns"),
        ("assessments.csv", "as_of"),
        ("evidence.csv", "ordering"),
        ("speakers.csv", "kind"),
        ("claims.ndjson", "safe"),
        ("claims.ndjson", "bom"),
        ("claims.xlsx", "bom"),
        ("claims.csv", "page_size"),
    ):
        assert list(problem(400, path, **{name: "1"})["errors"]) == [name], path


def test_a_slug_that_names_nobody_is_refused_everywhere(problem):
    make_speaker(slug="stanislav-zas")
    for path in ("claims.ndjson", "claims.xlsx", "claims.zip", "evidence.csv", "links.csv"):
        assert list(problem(400, path, speaker="stanislav-sas")["errors"]) == ["speaker"], path


def test_more_claims_than_a_sheet_holds_are_refused_before_it_begins(problem, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    make_claim()
    make_claim()

    assert "A sheet holds" in json.dumps(problem(400, "claims.xlsx"))


def test_head_reads_no_row(client, django_assert_max_num_queries):
    make_claim()
    for view in exports.VIEWS:
        with django_assert_max_num_queries(2):  # the ledger's head, for its tag too
            response = client.head(f"/api/v1/{view.file}")
        assert (response.status_code, response.getvalue()) == (200, b"")


def test_a_stream_that_fails_is_cut_and_gives_its_place_back(client, monkeypatch):
    make_claim()
    monkeypatch.setattr(
        exports, "ndjson_blocks", lambda extract: (1 / 0 for _row in extract.cells())
    )
    free = Download.places._value

    response = client.get("/api/v1/claims.ndjson")
    with pytest.raises(ZeroDivisionError):
        b"".join(response)
    response.close()

    assert Download.places._value == free


def test_every_column_is_in_the_schema(api):
    operation = api("schema/")["paths"]["/api/v1/claims.csv"]["get"]
    (columns,) = (each for each in operation["parameters"] if each["name"] == "columns")

    assert columns["schema"]["items"]["enum"] == [column.name for column in CLAIMS.columns]
