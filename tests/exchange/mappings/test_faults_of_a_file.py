"""A file that cannot be read says where; one that can is read whatever its form."""

import json
from pathlib import Path

import pytest

from claims.exchange.imports.sheets import Unreadable
from claims.exchange.mappings.language import MappingFault, parse_mapping
from claims.exchange.mappings.mapper import Mapper

from .sheets import rows_of

MAPPING = 'name = "desk"\n[topics]\nslug = "{Kürzel}"\nname = "{n}"\n'
ROWS = [{"slug": "a", "name": "A"}, {"slug": "b", "name": "1.50"}]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "records", "lines"),
    [
        ("a.csv", 'Kürzel,n\na,A\n\nb,"1.50"\n', "", [2, 4]),
        ("a.csv", "\ufeffKürzel;n\r\na;A\r\nb;1.50\r\n", "", [2, 3]),
        ("a.tsv", "Kürzel\tn\na\tA\nb\t1.50\n", "", [2, 3]),
        ("a.jsonl", '{"Kürzel":"a","n":"A"}\n\n{"Kürzel":"b","n":1.50}', "", [1, 3]),
        ("a.NDJSON", '{"Kürzel":"a","n":"A"}\r\n{"Kürzel":"b","n":1.50}\r\n', "", [1, 2]),
        ("a.json", '[{"Kürzel":"a","n":"A"},\n{"Kürzel":"b","n":1.50}]', "", [1, 2]),
        ("a.json", '{"d":{"x":[{"Kürzel":"a","n":"A"},{"Kürzel":"b","n":1.50}]}}', "d.x", [1, 2]),
    ],
)
def test_rows_have_the_lines_or_numbers_of_their_records(tmp_path, name, content, records, lines):
    path = put(tmp_path, name, content)

    mapper = Mapper(parse_mapping(f'records = "{records}"\n{MAPPING}'), path)

    rows = rows_of(mapper)["topics"]
    assert [row.cells for row in rows] == ROWS
    assert [row.line for row in rows] == lines


def test_a_line_end_within_a_cell_does_not_shift_the_lines(tmp_path: Path):
    path = put(tmp_path, "a.csv", 'Kürzel,n\na,"one\ntwo"\nb,B\n')

    rows = rows_of(Mapper(parse_mapping(MAPPING), path))["topics"]

    assert [row.line for row in rows] == [2, 4]


FAULTS = {
    "no known ending": ("a.xml", "<a/>", 1, "ends in one of: .csv, .tsv, .json, .jsonl, .ndjson"),
    "no UTF-8": ("a.csv", b"n\ncaf\xe9\n", 1, "Byte 5 is not UTF-8"),
    "a column twice": ("a.csv", "n,m,n\n", 1, "The column “n” is there twice."),
    "a short row": ("a.csv", "n,m\n1,2\n3\n", 3, "The row has 1 cells, but the header has 2."),
    "an open quote": ("a.csv", 'n,m\n1,2\n3,"4\n', 3, "This is no CSV"),
    "no JSON": ("a.jsonl", '{"n":1}\n{"n":\n', 2, "This is not JSON"),
    "a record that is none": ("a.jsonl", "{}\n7\n", 2, "A record is a JSON object"),
    "an item that is none": ("a.json", "[{},7]", 2, "A record is a JSON object"),
    "no list": ("a.json", '{"n":1}', 1, "There is no list of records at “”: say `records`."),
    "deep JSON": ("a.json", "[" * 60 + "]" * 60, 1, "Too many brackets"),
    "very deep JSON": ("a.json", "[" * 99_999, 1, "Too many brackets"),
    "UTF-16": ("a.json", "[]".encode("utf-16"), 1, "Byte 0 is not UTF-8"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_by_file_and_line(tmp_path: Path, fault: str):
    name, content, line, words = FAULTS[fault]
    path = put(tmp_path, name, content)

    with pytest.raises(Unreadable) as refused:
        Mapper(parse_mapping(MAPPING), path)

    assert (refused.value.fault.file, refused.value.fault.line) == (str(path), line)
    assert words in refused.value.fault.message


def test_a_joined_file_is_where_it_is_said_to_be_or_beside_ours(tmp_path: Path):
    plan = parse_mapping(
        'name = "desk"\n[topics]\nslug = "{id}"\nname = "{more.n}"\n'
        '[with.more]\nfile = "more.jsonl"\nkey = "{id}"\non = "{id}"\n'
    )
    ours = put(tmp_path, "ours.json", '[{"id":"a"}]')
    with pytest.raises(FileNotFoundError):
        Mapper(plan, ours)

    put(tmp_path, "more.jsonl", json.dumps({"id": "a", "n": "beside"}))
    elsewhere = put(tmp_path, "else.csv", "id,n\na,elsewhere\n")

    ((beside,),) = rows_of(Mapper(plan, ours)).values()
    ((said,),) = rows_of(Mapper(plan, ours, {"more": elsewhere})).values()
    assert (beside.cells["name"], said.cells["name"]) == ("beside", "elsewhere")
    with pytest.raises(MappingFault, match=r"joins no “mor”\. Did you mean “more”\?"):
        Mapper(plan, ours, {"mor": elsewhere})
