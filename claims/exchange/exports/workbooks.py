"""A workbook with one sheet, all of it text: a spreadsheet makes no date of 2020-10 in it.

SpreadsheetML (ECMA-376, part 1, section 18) with inline strings, which needs to know nothing of a
later row: so it is sent from the first one on, where a library writes a file first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, cast
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from .extracts import Block, Extract, blocks_of
from .zip_streams import Sent, member

MOST_ROWS = 1_048_576  # of a sheet, its header among them
LONGEST = 32_767  # characters of a cell
# A sheet of more may have 2 GiB of XML, which only a zip of the larger kind holds; some readers
# do not know that kind.
FEW_ROWS = 400_000

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    # The second format of cells is number 49: text.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    ),
}
# What XML does not hold is written by its code (ECMA-376, part 1, 22.9.2.19, ST_Xstring), and so is
# what would be read as such a code.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class TooManyRows(Exception):
    """A sheet does not hold as many."""

    def __str__(self) -> str:
        return _(
            "A sheet holds %(most)s rows at most, and these are more: narrow the filters, or take "
            "CSV or NDJSON."
        ) % {"most": f"{MOST_ROWS - 1:,}"}


def workbook_blocks(extract: Extract, *, of: datetime | None = None) -> Iterator[Block]:
    """A workbook that says it was made at the instant `of`. Raises `TooManyRows`."""
    rows = extract.rows.count()
    if rows >= MOST_ROWS:
        raise TooManyRows
    return _blocks(extract, of, large=rows > FEW_ROWS)


def _blocks(extract: Extract, of: datetime | None, *, large: bool) -> Iterator[Block]:
    sent = Sent()
    with zipfile.ZipFile(cast(BinaryIO, sent), "w") as made:
        for name, part in (*_PARTS.items(), ("xl/workbook.xml", _workbook(extract.table.name))):
            made.writestr(member(name, of), _XML + part)
        sheet = member("xl/worksheets/sheet1.xml", of)
        with made.open(sheet, "w", force_zip64=large) as file:
            letters = [_letters(place) for place in range(1, len(extract.columns) + 1)]
            file.write(_beginning(len(letters)).encode())
            names = [column.name for column in extract.columns]
            file.write(_row(1, letters, names).encode())
            yield Block(0, sent.taken())
            number = 1
            for block in blocks_of(extract.cells()):
                if number + len(block) > MOST_ROWS:  # some came in since they were counted
                    raise TooManyRows
                rows = (_row(number + at, letters, row) for at, row in enumerate(block, start=1))
                file.write("".join(rows).encode())
                number += len(block)
                yield Block(len(block), sent.taken())
            file.write(b"</sheetData></worksheet>")
    yield Block(0, sent.taken())


def _workbook(name: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _beginning(width: int) -> str:
    """The header row stays in sight, and what is typed into a column is text too."""
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols><col min="1" max="{width}" width="16" style="1"/></cols>'
        "<sheetData>"
    )


def _row(number: int, letters: Sequence[str], cells: Sequence[str | None]) -> str:
    written = [
        f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t xml:space="preserve">'
        f"{_text(cell)}</t></is></c>"
        for letter, cell in zip(letters, cells, strict=True)
        if cell
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _text(cell: str) -> str:
    if len(cell) > LONGEST:  # which a spreadsheet would cut short, or call the file broken
        raise ValueError(f"A cell holds {LONGEST} characters at most, and this has {len(cell)}.")
    return escape(_UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", cell))


def _letters(place: int) -> str:
    """A column's name, from 1: A to Z, AA to ZZ."""
    before, at = divmod(place - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + at)
