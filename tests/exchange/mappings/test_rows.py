"""Which rows a block makes of the records: of lists in them, of groups, of other rows."""

from pathlib import Path

from .sheets import cells_of, names_of, put_lines

MEETINGS = [
    {"id": "a", "day": "2", "status": "open", "said": [{"by": "Ann"}, {"by": "Bob"}]},
    {"id": "b", "day": "1", "status": "open", "said": []},
    {"id": "c", "day": "3", "status": "shut", "said": [{"by": "Ann", "on": ["x", "y"]}]},
]


def block(text: str) -> str:
    return f'name = "desk"\n[[topics]]\n{text}\n'


def slugs(folder: Path, text: str, *records: dict) -> list[str]:
    rows = cells_of(folder, block(text), *(records or MEETINGS))
    return [row["slug"] for row in rows["topics"]]


def test_each_record_makes_one(tmp_path: Path):
    assert slugs(tmp_path, 'slug = "{id}"') == ["a", "b", "c"]


def test_each_item_of_a_list_makes_one_and_each_item_within_it(tmp_path: Path):
    assert slugs(tmp_path, 'each = "said as it"\nslug = "{id}-{it.by}"') == [
        *("a-ann", "a-bob", "c-ann")
    ]
    inner = 'each = ["said as it", "it.on as where"]\nslug = "{id}-{it.by}-{where}"'
    assert slugs(tmp_path, inner) == ["c-ann-x", "c-ann-y"]


def test_the_first_of_a_list_or_the_others(tmp_path: Path):
    assert slugs(tmp_path, 'each = "first of said as it"\nslug = "{id}-{it.by}"') == [
        *("a-ann", "c-ann")
    ]
    assert slugs(tmp_path, 'each = "others of said as it"\nslug = "{id}-{it.by}"') == ["a-bob"]


def test_a_list_may_be_a_name_of_ours(tmp_path: Path):
    names = '[names]\nboth = "{said.by}"\nalways = "x"\n'

    assert slugs(tmp_path, f'each = "both as it"\nslug = "{{id}}-{{it}}"\n{names}') == [
        *("a-ann", "a-bob", "c-ann")
    ]
    assert slugs(tmp_path, f'each = "always as it"\nslug = "{{id}}-{{it}}"\n{names}') == [
        *("a-x", "b-x", "c-x")
    ]


def test_only_where_all_templates_are_filled(tmp_path: Path):
    assert slugs(tmp_path, 'slug = "{id}"\nwhere = "{said}"') == ["a", "c"]
    both = 'slug = "{id}"\nwhere = ["{status|in:open}", "{said}"]'
    assert slugs(tmp_path, both) == ["a"]
    either = 'slug = "{id}"\nwhere = [["{status|in:shut}", "{day|in:1}"]]'
    assert slugs(tmp_path, either) == ["b", "c"]


def test_the_first_of_a_group_and_the_others_that_know_it(tmp_path: Path):
    group = 'group = "{status}"\nby = "{day}"\n'
    assert slugs(tmp_path, f'{group}take = "first"\nslug = "{{id}}"') == ["b", "c"]
    assert slugs(tmp_path, f'{group}take = "others"\nslug = "{{id}}-{{first.id}}"') == ["a-b"]


def test_rows_of_a_group_know_those_beside_them(tmp_path: Path):
    beside = 'slug = "{id}"\ngroup = "all"\nby = "{day}"\n'
    name = 'name = ["{previous.id} {id} {next.id}", "{id} {next.id}", "{previous.id} {id}"]'
    rows = cells_of(tmp_path, block(beside + name), *MEETINGS)["topics"]

    assert [row["name"] for row in rows] == ["b a", "b a c", "a c"]


def test_without_by_a_group_keeps_the_order_of_the_file(tmp_path: Path):
    assert slugs(tmp_path, 'slug = "{id}"\ngroup = "{status}"\ntake = "first"') == ["a", "c"]


def test_only_where_a_text_changed(tmp_path: Path):
    changes = 'slug = "{id}"\ngroup = "all"\nby = "{day}"\nchanges = "{status}"\n'
    name = 'name = ["{previous.id}>{id}", "{id}"]'
    rows = cells_of(tmp_path, block(changes + name), *MEETINGS)["topics"]

    assert [row["name"] for row in rows] == ["b", "b>c"]


def test_rows_made_of_what_other_rows_were_made_of(tmp_path: Path):
    mapping = """
    name = "desk"
    [[topics]]
    each = "said as it"
    slug = "{it.by}"
    [[speakers]]
    of = "topics"
    slug = "{it.by}-{id}"
    """

    rows = cells_of(tmp_path, mapping, *MEETINGS)

    assert [row["slug"] for row in rows["topics"]] == ["ann", "bob"]
    assert [row["slug"] for row in rows["speakers"]] == ["ann-a", "bob-a"]  # Ann's first


def test_a_table_may_have_several_blocks_and_each_row_goes_once(tmp_path: Path):
    twice = (
        'slug = "{id}"\n[[topics]]\neach = "said as it"\nslug = "{it.by}"\n[[topics]]\nslug = "b"'
    )

    assert slugs(tmp_path, twice) == ["a", "b", "c", "ann", "bob"]


def test_a_second_file_is_joined_by_one_key_or_several(tmp_path: Path):
    put_lines(tmp_path / "people.jsonl", {"no": 1, "name": "Ann"}, {"no": "B", "name": "Bob"})
    mapping = """
    {says}
    [with.people]
    file = "people.jsonl"
    key = "{no}"
    on = ["{speaker}", "{deputy}"]
    """
    records = [
        {"id": "a", "speaker": 1, "deputy": "B"},
        {"id": "b", "speaker": "B"},
        {"id": "c", "speaker": "C"},
    ]

    first = mapping.replace("{says}", 'name = "{people.name|first}"')
    assert names_of(tmp_path, first, *records) == ["Ann", "Bob", ""]
    every = mapping.replace("{says}", 'name = "{people.name|join:+}"')
    assert names_of(tmp_path, every, *records) == ["Ann+Bob", "Bob", ""]
    each = block('each = "people as one"\nslug = "{id}-{one.name}"')
    rows = cells_of(tmp_path, each + mapping.replace("{says}", ""), *records)
    assert [row["slug"] for row in rows["topics"]] == ["a-ann", "a-bob", "b-bob"]
