"""The workbook: text in every cell, so that a spreadsheet makes nothing else of it."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.validators import MaxLengthValidator

from claims.exchange.columns import TABLES
from claims.exchange.exports import TooManyRows, claims_extract, workbook_blocks, workbooks
from claims.models import Claim
from tests.exchange.exported import claims_csv, whole
from tests.exchange.test_round_trip import NASTY
from tests.factories import assess, make_claim, make_topic

pytestmark = pytest.mark.django_db


def sheet(**options: Any) -> Any:
    extract = claims_extract(Claim.objects.all(), site_url="https://a.b", **options)
    return openpyxl.load_workbook(io.BytesIO(whole(workbook_blocks(extract))))["claims"]


def test_it_has_the_cells_of_the_csv():
    for text in NASTY:
        make_claim(statement=text.strip(), quote=text, topics=[make_topic()], said_on="2020-10")
    assess(make_claim(quantity="eq 0 km"), "borne_out")

    for safe in (True, False):
        rows = [[cell or "" for cell in row] for row in sheet(safe=safe).values]

        text = claims_csv(site_url="https://a.b", safe=safe)
        assert rows == list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_every_cell_is_a_text_and_none_a_formula():
    make_claim(statement="=1+1", quote="https://a.b", external_id="007", measure="1e5")

    cells = [cell for row in sheet(safe=False) for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_what_xml_does_not_hold_is_written_by_its_code():
    make_claim(statement="_x0041_ & <b> ]]>", quote="a\n\tb")
    extract = claims_extract(Claim.objects.all(), site_url="", columns=["statement", "quote"])

    made = zipfile.ZipFile(io.BytesIO(whole(workbook_blocks(extract))))

    text = made.read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x0041_ &amp; &lt;b&gt; ]]&gt;<" in text
    assert ">a\n\tb<" in text
    assert workbooks._text("\x00\r\uffff") == "_x0000__x000D__xFFFF_"


def test_columns_are_named_as_a_spreadsheet_does():
    assert [workbooks._letters(place) for place in (1, 26, 27, 52, 53, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ")
    ]


def test_its_header_stays_in_sight():
    assert sheet().freeze_panes == "A2"


def test_it_holds_the_columns_that_were_chosen():
    claim = make_claim()

    rows = list(sheet(columns=["status", "id"]).values)

    assert rows == [("status", "id"), ("pending", str(claim.uid))]


def test_the_same_claims_make_the_same_bytes(time_machine: Any):
    make_claim()
    extract = claims_extract(Claim.objects.all(), site_url="")
    made = Claim.objects.get().published_at

    first = whole(workbook_blocks(extract, of=made))
    time_machine.move_to("2034-05-01T12:00:00Z")

    assert whole(workbook_blocks(extract, of=made)) == first


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    make_claim()
    make_claim()
    assert sheet().max_row == 3

    make_claim()

    with pytest.raises(TooManyRows, match="A sheet holds 2 rows at most"):
        sheet()


def test_no_text_of_ours_is_too_long_for_a_cell():
    longest = max(
        rule.limit_value
        for table in TABLES.values()
        for field in table.model._meta.fields
        for rule in field.validators
        if isinstance(rule, MaxLengthValidator)
    )

    assert 2_000 <= longest < 32_767


def test_what_a_cell_would_cut_short_is_an_error():
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(criteria="x" * 32_768)

    with pytest.raises(ValueError, match="A cell holds 32767 characters at most"):
        sheet()
