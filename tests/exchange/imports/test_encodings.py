"""A file is read in the encoding that its mark names, or that somebody says; it is told which."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exchange.imports.encodings import ENCODINGS

from .reading import cells_of, faults_in, sheets_of, upload

TEXT = "slug,name\nun,Объединённые Нации 🕊\n"
CELLS = [{"slug": "un", "name": "Объединённые Нации 🕊"}]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "Its encoding is UTF-8."),
        ("utf-8-sig", "Its encoding is UTF-8: it begins with that byte order mark."),
        ("utf-16", "Its encoding is UTF-16-LE: it begins with that byte order mark."),
        ("utf-32", "Its encoding is UTF-32-LE: it begins with that byte order mark."),
    ],
)
def test_a_mark_says_which(encoding: str, note: str):
    data = TEXT.encode(encoding)

    assert cells_of(upload("topics.csv", data)) == CELLS
    assert sheets_of(upload("topics.csv", data))[0].notes[0] == note


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_a_mark_of_the_other_order_does_so_too(encoding: str):
    assert cells_of(upload("topics.csv", f"\ufeff{TEXT}".encode(encoding))) == CELLS


@pytest.mark.parametrize(
    ("asked", "codec"),
    [
        ("cp1251", "cp1251"),
        ("Windows-1251", "cp1251"),
        ("koi8_r", "koi8-r"),
        ("mac-cyrillic", "mac-cyrillic"),
        ("UTF-16LE", "utf-16-le"),
    ],
)
def test_one_that_is_asked_for_is_obeyed(asked: str, codec: str):
    data = "slug,name\nun,Объединённые Нации\n".encode(codec)
    (sheet,) = sheets_of(upload("topics.csv", data), encoding=asked)

    assert [row.cells["name"] for row in sheet.rows] == ["Объединённые Нации"]
    assert sheet.notes[0].endswith("as you say.")


def test_every_one_that_can_be_asked_for_is_there():
    text = "slug,name\nun,UN\n"
    for name in ENCODINGS:
        data = text.encode(name.removesuffix("-le") if name[:-3] in ("utf-16", "utf-32") else name)

        assert cells_of(upload("topics.csv", data), encoding=name) == [{"slug": "un", "name": "UN"}]


@pytest.mark.parametrize(
    ("data", "asked", "words"),
    [
        (b"slug\n", "cp1225", "There is no encoding “cp1225” here; such as utf-8, utf-16, cp1252,"),
        (b"slug\n", "cp1225", "Did you mean “cp125"),
        (b"slug\n", "utf-7", "no encoding “utf-7”"),
        (b"slug\n", "base64", "no encoding “base64”"),
        (b"slug\n", "../../etc/passwd", "no encoding “../../etc/passwd”"),
        (b"slug\n", "a\0b", "no encoding"),
        (b"slug\n", "ü" * 999, "no encoding"),
        (b"\xef\xbb\xbfslug\n", "cp1252", "mark of UTF-8, so it is not cp1252: leave the encoding"),
        (b"\xff\xfes\0", "utf-16-be", "mark of UTF-16-LE, so it is not utf-16-be"),
    ],
)
def test_one_that_is_not_there_or_not_so_is_refused(data: bytes, asked: str, words: str):
    (fault,) = faults_in(upload("topics.csv", data), encoding=asked)

    assert words in fault.message


def test_a_byte_that_means_nothing_in_what_was_asked_for_is_refused_at_its_cell():
    (fault,) = faults_in(upload("topics.csv", b"slug,name\nun,\x81\n"), encoding="cp1252")

    assert (fault.line, fault.column) == (2, "name")
    assert fault.message == "Byte 13 of the file (0x81) is not cp1252: save it as UTF-8."


def test_the_mark_is_counted_among_the_bytes():
    (fault,) = faults_in(upload("topics.csv", b"\xef\xbb\xbfslug,name\nun,\xe9\n"))

    assert fault.message == "Byte 16 of the file (0xE9) is not UTF-8: save it as UTF-8."


def test_what_could_be_read_of_a_row_is_told():
    (sheet,) = sheets_of(upload("topics.csv", b"slug,name\nun,U\xe9N\nnato,N\n"))
    bad, good = sheet.rows

    assert (bad.column, bad.cells) == ("name", {"slug": "un", "name": "U\ufffdN"})
    assert (good.fault, good.cells) == ("", {"slug": "nato", "name": "N"})


def test_a_replacement_character_is_text_where_nothing_was_replaced():
    assert cells_of(upload("topics.csv", "slug,name\nun,\ufffd\n"))[0]["name"] == "\ufffd"


# Without what is no text, and what is refused as such in a file.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=150)
def test_cells_come_back_from_every_dialect_in_every_encoding(
    rows: list[tuple[str, str]], separator: str, encoding: str, end: str, quoting: int
):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["slug", "name", "description"])
    writer.writerows(["un", *row] for row in rows)

    read = cells_of(upload("topics.csv", file.getvalue().encode(encoding)), safe=False)

    assert read == [{"slug": "un", "name": name, "description": about} for name, about in rows]
