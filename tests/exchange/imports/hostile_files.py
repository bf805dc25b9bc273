"""Files that are not to be entered, and where and in which words each is refused for its form."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from typing import NamedTuple

from tests.exchange.desk import NEW, PROMISE

TOPICS = "slug,name\nun,UN\n"


class Hostile(NamedTuple):
    file: str
    content: str | bytes
    line: int
    column: str
    words: str
    within: str = ""  # the member of an archive

    @property
    def data(self) -> bytes:
        return self.content.encode() if isinstance(self.content, str) else self.content


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def manifest(safe: bool = True, **files: str) -> str:
    """As the export writes it: of each file its SHA-256, among other things."""
    told = {
        f"{name}.csv": {
            "rows": text.count("\n") - 1,
            "bytes": len(text.encode()),
            "sha256": sha256(text.encode()).hexdigest(),
        }
        for name, text in files.items()
    }
    return json.dumps({"format": 1, "files": told, "safe": safe})


def encrypted(archive: bytes) -> bytes:
    """The same with the flag up that says its first member is: in both of its headers."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def too_many_members() -> bytes:
    """An archive that says it lists two million bytes of members; there is no need to have them."""
    data = bytearray(zipped({"topics.csv": TOPICS}))
    end = data.rindex(b"PK\5\6")
    data[end + 12 : end + 16] = (2_000_000).to_bytes(4, "little")
    return bytes(data)


def damaged(archive: bytes) -> bytes:
    """Another byte within the first member."""
    data = bytearray(archive)
    data[45] ^= 0xFF
    return bytes(data)


EVIDENCE = {"id": NEW, "claim": PROMISE}

CORPUS = {
    # the file as a whole
    "an empty file": Hostile("topics.csv", "", 1, "", "no header row"),
    "nothing but empty lines": Hostile("topics.csv", "\n\r\n  \n", 1, "", "no header row"),
    "a hundred empty lines": Hostile("topics.csv", "\n" * 100 + TOPICS, 1, "", "no header row"),
    "nothing but a mark": Hostile("topics.csv", b"\xef\xbb\xbf", 1, "", "no header row"),
    "a file of no table": Hostile(
        "topic.csv", TOPICS, 1, "", "no table “topic”; a file is named after one of: topics, "
    ),
    "a file of almost a table": Hostile("claim.csv", "id\n", 1, "", "Did you mean “claims”?"),
    "an old workbook": Hostile(
        "topics.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        1,
        "",
        "Save it as CSV UTF-8",
    ),
    "a workbook": Hostile(
        "topics.xlsx",
        zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}),
        1,
        "",
        "a spreadsheet's own format. Save it as CSV UTF-8",
    ),
    "a workbook that goes by another name": Hostile(
        "topics.csv", zipped({"[Content_Types].xml": "<x/>"}), 1, "", "a spreadsheet's own format"
    ),
    "an open document": Hostile(
        "topics.ods",
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        1,
        "",
        "a spreadsheet's own format",
    ),
    "gzip": Hostile(
        "topics.csv.gz", b"\x1f\x8b\x08" + bytes(20), 1, "", "a gzip archive. Unpack it"
    ),
    "gzip that goes by another name": Hostile(
        "topics.csv", b"\x1f\x8b\x08" + bytes(20), 1, "", "a gzip archive. Unpack it"
    ),
    "xz": Hostile("topics.csv", b"\xfd7zXZ\0" + bytes(20), 1, "", "an xz archive. Unpack it"),
    "a PDF": Hostile("topics.pdf", b"%PDF-1.7\n", 1, "", "a PDF document. Copy its table"),
    "a database": Hostile(
        "topics.db", b"SQLite format 3\0" + bytes(90), 1, "", "a SQLite database"
    ),
    "a Parquet file": Hostile("topics.parquet", b"PAR1" + bytes(90), 1, "", "a Parquet file. Save"),
    "a web page": Hostile(
        "topics.csv", "<!DOCTYPE html>\n<title>Sign in</title>\n", 1, "", "a web page or XML"
    ),
    # encodings
    "Latin-1": Hostile(
        "topics.csv",
        b"slug,name\nun,UN\ncafe,Caf\xe9 noir\n",
        3,
        "name",
        "Byte 24 of the file (0xE9) is not UTF-8: save it as UTF-8. In Windows-1252 it would be "
        "“Café”, in Windows-1251 “Cafй”: if one of them is right, say encoding=cp1252",
    ),
    "Windows-1251": Hostile(
        "topics.csv", "slug,name\noon,ООН\n".encode("cp1251"), 2, "name", "in Windows-1251 “ООН”"
    ),
    "Latin-1 in the second line of a cell": Hostile(
        "topics.csv", b'slug,name\nun,UN\ncafe,"A\nCaf\xe9"\n', 3, "name", "Byte 27 of the file"
    ),
    "Latin-1 in the header": Hostile("topics.csv", b"slug,n\xe9\n", 1, "", "Byte 6 of the file"),
    "UTF-8 cut in the middle of a character": Hostile(
        "topics.csv", "slug,name\nun,Ж".encode()[:-1], 2, "name", "Byte 13 of the file (0xD0)"
    ),
    "a surrogate in UTF-8": Hostile(
        "topics.csv", b"slug,name\nun,\xed\xa0\x80\n", 2, "name", "Byte 13 of the file (0xED)"
    ),
    "a long form of UTF-8": Hostile(
        "topics.csv", b"slug,name\nun,\xc0\xaf\n", 2, "name", "Byte 13 of the file (0xC0)"
    ),
    "UTF-16 without a mark": Hostile(
        "topics.csv", TOPICS.encode("utf-16-le"), 1, "", "say encoding=utf-16-le"
    ),
    "UTF-16 the other way round, without a mark": Hostile(
        "topics.csv", TOPICS.encode("utf-16-be"), 1, "", "say encoding=utf-16-be"
    ),
    "UTF-16 with half a pair": Hostile(
        "topics.csv",
        "slug,name\nun,UN\nx,\ud800y\n".encode("utf-16", "surrogatepass"),
        3,
        "name",
        "no UTF-16-LE (byte 38 of the file)",
    ),
    "UTF-16 cut in the middle": Hostile(
        "topics.csv", "slug,name\nun,UN".encode("utf-16")[:-1], 2, "name", "(byte 30 of the file)"
    ),
    "UTF-32 beyond Unicode": Hostile(
        "topics.csv",
        "slug,name\nun,".encode("utf-32") + b"\xff\xff\xff\x7f",
        2,
        "name",
        "no UTF-32-LE (byte 56 of the file)",
    ),
    "a NUL": Hostile("topics.csv", "slug,name\nun,U\0N\n", 2, "name", "NUL character (byte 14 of"),
    "a disk that was not written": Hostile("topics.csv", bytes(4_000), 1, "", "NUL character"),
    "a file that ends in NULs": Hostile(
        "topics.csv", TOPICS.encode() + bytes(900), 3, "slug", "NUL"
    ),
    # lines and quotes
    "old Macintosh line ends": Hostile(
        "topics.csv", "slug,name\run,UN\r", 1, "", "carriage return without a line feed (byte 9"
    ),
    "a lone carriage return in a text": Hostile(
        "topics.csv", 'slug,name\nun,"U\rN"\n', 2, "name", "without a line feed (byte 15"
    ),
    "a lone carriage return after a quote": Hostile(
        "topics.csv", 'slug,name\nun,"UN"\rnato,N\n', 2, "", "without a line feed (byte 17"
    ),
    "a quote that never closes": Hostile(
        "topics.csv", 'slug,name\nun,"UN\nnato,N\n', 2, "", "never closed"
    ),
    "a quote that never closes in the header": Hostile(
        "topics.csv", 'slug,"name\nun,UN\n', 1, "", "never closed"
    ),
    "a quote within a quoted cell": Hostile(
        "topics.csv",
        'slug,name\nun,"the "UN"\nnato,N\n',
        2,
        "",
        "a quote within a quoted cell is written twice",
    ),
    "a cell too long": Hostile(
        "topics.csv",
        f"slug,name\nun,{'x' * 100_001}\n",
        2,
        "name",
        "100001 characters; at most 100000",
    ),
    "a cell that has no end": Hostile(
        "topics.csv",
        f'slug,name\nun,"{"x" * 140_000}\n',
        2,
        "",
        "longer than 100000 characters, or",
    ),
    "no line ends at all": Hostile(
        "topics.csv", "x" * 2_000_001, 1, "", "longer than 2000000 characters"
    ),
    "a row that has no end": Hostile(
        "topics.csv",
        "slug,name\nun," + '"\n",' * 600_000 + "\n",
        2,
        "",
        "longer than 2000000 characters, to line 500001: is a quote never closed?",
    ),
    "too few cells": Hostile(
        "topics.csv", "slug,name\nun,UN\nnato\n", 3, "", "1 cells, but the header has 2"
    ),
    "too many cells": Hostile(
        "topics.csv", "slug,name\nun,UN,x\n", 2, "", "3 cells, but the header has 2"
    ),
    "a comma that should have been quoted": Hostile(
        "topics.csv", "slug,name\nun,United Nations, the\n", 2, "", "3 cells, but the header has 2"
    ),
    "a row of a million cells": Hostile(
        "topics.csv", f"slug,name\nun,UN{',x' * 900_000}\n", 2, "", "900002 cells"
    ),
    # headers
    "a million columns": Hostile(
        "topics.csv", ",".join(["c"] * 900_000), 1, "", "900000 columns; topics has 4"
    ),
    "a column name of a million characters": Hostile(
        "topics.csv", f"slug,{'x' * 120_000}\n", 1, "x" * 60, "no such column in topics."
    ),
    "an unknown column": Hostile(
        "claims.csv", "id,statment\n", 1, "statment", "in claims. Did you mean “statement”?"
    ),
    "no header": Hostile("topics.csv", "un,slug\n", 1, "un", "no such column in topics."),
    "a column without a name": Hostile(
        "topics.csv", "slug,,name\nun,x,UN\n", 1, "column 2", "no such column"
    ),
    "a column without a name at the end": Hostile(
        "topics.csv", "slug,name,\nun,UN,x\n", 2, "", "3 cells, but the header has 2"
    ),
    "a column twice": Hostile("topics.csv", "slug,name,name\nun,UN,UN\n", 1, "name", "there twice"),
    "a column in two spellings": Hostile(
        "topics.csv", "slug,name,Name\nun,UN,UN\n", 1, "Name", "there twice"
    ),
    "no column of ids": Hostile(
        "topics.csv", "name\nUN\n", 1, "slug", "missing. Its name in addresses"
    ),
    "no column for the claim": Hostile(
        "evidence.csv", f"id\n{NEW}\n", 1, "claim", "missing. The claim's id"
    ),
    "bars between cells": Hostile("topics.csv", "slug|name\nun|UN\n", 1, "slug|name", "no such"),
    "bars, as it says itself": Hostile(
        "topics.csv", "sep=|\nslug|name\n", 1, "", "commas, semicolons or tabs, not “|”"
    ),
    "semicolons, but it says commas": Hostile(
        "topics.csv", "sep=,\nslug;name\n", 2, "slug;name", "no such column"
    ),
    # one object a line
    "a JSON array": Hostile(
        "topics.ndjson", '[{"slug": "un"}]\n', 1, "", 'Write an object a line, such as {"slug"'
    ),
    "JSON over several lines": Hostile(
        "topics.csv", "{\n", 1, "", "At character 3 this is no JSON: write one whole object a line"
    ),
    "two objects in a line": Hostile(
        "topics.jsonl", '{"slug": "un"} {"slug": "nato"}\n', 1, "", "At character 16"
    ),
    "CSV that goes by another name": Hostile("topics.ndjson", "slug\n", 1, "", "At character 1"),
    "an unknown key": Hostile(
        "topics.ndjson", '{"slug": "un"}\n{"slug": "x", "nam": 1}\n', 2, "nam", "mean “name”?"
    ),
    "a key twice": Hostile(
        "topics.ndjson", '{"slug": "a", "slug": "b"}', 1, "", "“slug” is there tw"
    ),
    "no key for the slug": Hostile(
        "topics.ndjson", '{"name": "UN"}', 1, "slug", "This is missing."
    ),
    "no key for the claim": Hostile("evidence.ndjson", f'{{"id": "{NEW}"}}', 1, "claim", "missing"),
    "not a number": Hostile("topics.ndjson", '{"slug": NaN}', 1, "", "NaN is no number of JSON"),
    "no end of brackets": Hostile("topics.ndjson", "[" * 100_000, 1, "", "nested too deeply"),
    "an array of numbers": Hostile(
        "speakers.ndjson", '{"slug": "zas", "aliases": [1]}', 1, "aliases", "only those of texts"
    ),
    "an array of arrays": Hostile(
        "speakers.ndjson",
        '{"slug": "zas", "aliases": [["a"]]}',
        1,
        "aliases",
        "only those of texts",
    ),
    "a NUL in JSON": Hostile(
        "topics.ndjson", '{"slug": "un", "name": "\\u0000"}', 1, "name", "There is a NUL character"
    ),
    "half a character in JSON": Hostile(
        "topics.ndjson", '{"slug": "un", "name": "\\ud800"}', 1, "name", "half of another"
    ),
    "half a character in a JSON array": Hostile(
        "speakers.ndjson",
        '{"slug": "zas", "aliases": ["\\udfff"]}',
        1,
        "aliases",
        "half of another",
    ),
    "Latin-1 in JSON": Hostile(
        "topics.ndjson", b'{"slug": "cafe", "name": "Caf\xe9"}', 1, "name", "Byte 29 of the file"
    ),
    "a text too long in JSON": Hostile(
        "topics.ndjson",
        f'{{"slug": "un", "name": "{"x" * 100_001}"}}',
        1,
        "name",
        "100001 characters",
    ),
    "JSON without line ends": Hostile(
        "topics.ndjson", '{"slug": "' + "x" * 2_000_000, 1, "", "longer than 2000000 characters"
    ),
    # archives
    "no zip": Hostile("topics.zip", TOPICS, 1, "", "This is no zip archive"),
    "the beginning of a zip": Hostile(
        "topics.zip", zipped({"topics.csv": TOPICS})[:60], 1, "", "damaged or was cut short"
    ),
    "a zip with another byte": Hostile(
        "all.zip", damaged(zipped({"topics.csv": TOPICS * 9})), 1, "", "damaged or was cut short"
    ),
    "a zip of nothing": Hostile("all.zip", zipped({}), 1, "", "holds no CSV or NDJSON file"),
    "a zip of pictures": Hostile(
        "all.zip", zipped({"a.png": b"x"}), 1, "", "holds no CSV or NDJSON"
    ),
    "a zip of a zip": Hostile(
        "all.zip", zipped({"x/a.zip": zipped({})}), 1, "", "archive within an archive", "a.zip"
    ),
    "a zip with a password": Hostile(
        "all.zip", encrypted(zipped({"topics.csv": TOPICS})), 1, "", "is encrypted", "topics.csv"
    ),
    "a zip in another way of packing": Hostile(
        "all.zip",
        zipped({"topics.csv": TOPICS}, zipfile.ZIP_LZMA),
        1,
        "",
        "use the usual one, Deflate",
        "topics.csv",
    ),
    "a zip that would grow": Hostile(
        "all.zip",
        zipped({"topics.csv": bytes(20_000_000)}),
        1,
        "",
        "this is no table",
        "topics.csv",
    ),
    "a zip with a file twice": Hostile(
        "all.zip",
        zipped({"a/topics.csv": TOPICS, "b/topics.csv": TOPICS}),
        1,
        "",
        "twice",
        "topics.csv",
    ),
    "a zip that lists millions": Hostile(
        "all.zip", too_many_members(), 1, "", "lists too many files"
    ),
    "a zip whose file was changed": Hostile(
        "all.zip",
        zipped({"topics.csv": TOPICS, "manifest.json": manifest(topics=f"{TOPICS}a,A\n")}),
        1,
        "",
        "not what the archive's manifest says",
        "topics.csv",
    ),
    "a zip whose file is missing": Hostile(
        "all.zip",
        zipped({"topics.csv": TOPICS, "manifest.json": manifest(topics=TOPICS, claims="id\n")}),
        1,
        "",
        "names claims.csv, which is missing",
        "manifest.json",
    ),
    "a zip with no manifest of ours": Hostile(
        "all.zip",
        zipped({"topics.csv": TOPICS, "manifest.json": '{"files": [1]}'}),
        1,
        "",
        "no manifest of an export; take it away",
        "manifest.json",
    ),
    "a zip of a hostile file": Hostile(
        "all.zip",
        zipped({"../../topics.csv": b"slug\nun\xff\n"}),
        2,
        "slug",
        "Byte 7",
        "topics.csv",
    ),
    "a zip of a file of no table": Hostile(
        "all.zip", zipped({"topic.csv": TOPICS}), 1, "", "There is no table “topic”", "topic.csv"
    ),
}
