"""What came into no table is told: fields, values, records, and rows that say otherwise."""

from pathlib import Path

from .sheets import TOPICS, mapper_of, put_lines, rows_of


def told(folder: Path, mapping: str, *records: dict) -> list[str]:
    mapper = mapper_of(folder, mapping, *records)
    rows_of(mapper)
    return list(mapper.report.lines())


def test_where_all_is_mapped_there_is_only_the_count(tmp_path: Path):
    assert told(tmp_path, TOPICS, {"id": "a"}, {"id": "b"}) == ["topics: 2 rows"]


def test_fields_that_no_template_names(tmp_path: Path):
    records = [
        {"id": "a", "note": "", "by": [{"name": "Ann"}, {"name": None}]},
        {"id": "b", "note": "long " * 20, "by": [{"name": "Bob"}], "c.d": {"e": 1}},
    ]

    assert told(tmp_path, TOPICS, *records)[1:] == [
        "Not mapped: ours.jsonl, “by.name”, 2 times, first at ours.jsonl:1: Ann",
        "Not mapped: ours.jsonl, “note”, 1 times, first at ours.jsonl:2: "
        "long long long long long long long long …",
        "Not mapped: ours.jsonl, “c.d.e”, 1 times, first at ours.jsonl:2: 1",
    ]


def test_but_not_what_is_left_out_or_kept_on_purpose(tmp_path: Path):
    mapping = """
    name = "desk"
    leave_out = ["note", "by"]
    [claims]
    id = "{id}"
    extra = ["where"]
    """
    record = {"id": "a", "note": "x", "by": {"name": "Ann"}, "where": [{"in": "Minsk"}]}

    assert told(tmp_path, mapping, record) == ["claims: 1 rows"]


def test_nor_what_a_list_of_a_join_is_asked_by(tmp_path: Path):
    put_lines(tmp_path / "people.jsonl", {"no": "1", "name": "Ann"})
    mapping = """
    name = "desk"
    [topics]
    each = "people as one"
    slug = "{one.name}"
    [with.people]
    file = "people.jsonl"
    key = "{no}"
    on = "{by}"
    """

    assert told(tmp_path, mapping, {"by": "1"}) == ["topics: 1 rows"]


def test_a_field_that_no_record_has(tmp_path: Path):
    mapping = f'{TOPICS}name = "{{nam}}"\nwhere = "{{id|unless:gone}}"'

    assert told(tmp_path, mapping, {"id": "a", "name": "A"})[2:] == [
        "ours.jsonl: no record has a field “gone”.",
        "ours.jsonl: no record has a field “nam”. Did you mean “name”?",
    ]


def test_a_value_that_a_map_does_not_have(tmp_path: Path):
    mapping = f'{TOPICS}name = "{{status|map:status}}"\n[maps.status]\n"Open" = ""\n'
    values = ["Open", "Shut", "shut", "Shut"]

    lines = told(tmp_path, mapping, *({"id": each, "status": each} for each in values))

    assert [line for line in lines if "map" in line] == [
        "In no map: maps.status, “Shut”, 2 times, first at ours.jsonl:2",
        "In no map: maps.status, “shut”, 1 times, first at ours.jsonl:3",
    ]


def test_rows_that_were_left_out_or_say_otherwise_than_an_earlier_one(tmp_path: Path):
    mapping = f'{TOPICS}name = "{{name}}"\nwhere = "{{name}}"'
    records = [("a", "A"), ("b", ""), ("a", "A"), ("a", "Other"), ("c", "")]

    assert told(tmp_path, mapping, *({"id": id, "name": name} for id, name in records)) == [
        "topics: 1 rows",
        "topics: 2 left out by “where”, first at ours.jsonl:2",
        "topics: 2 rows go by the name of an earlier one",
        "topics: 1 of them say otherwise, and were not taken, first at ours.jsonl:4: name Other",
    ]


def test_what_a_join_did_not_find_and_what_was_not_asked_of_it(tmp_path: Path):
    put_lines(
        tmp_path / "people.jsonl",
        *({"no": "1", "name": "Ann"}, {"no": "2", "name": "Bob", "born": 1}, {"no": "3"}),
    )
    mapping = """
    [with.people]
    file = "people.jsonl"
    key = "{no}"
    on = "{by}"
    """
    records = [{"id": "a", "by": "1"}, {"id": "b", "by": "9"}, {"id": "c", "by": "9"}, {"id": "d"}]

    assert told(tmp_path, f'{TOPICS}name = "{{people.name}}"{mapping}', *records) == [
        "topics: 4 rows",
        "Not mapped: people.jsonl, “born”, 1 times, first at people.jsonl:2: 1",
        "with.people: 1 times nothing was found, first at ours.jsonl:2: 9",
        "with.people: 2 records were asked for by none, first at people.jsonl:2: 2",
    ]
