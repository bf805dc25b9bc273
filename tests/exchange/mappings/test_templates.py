"""A template is filled from what stands at its paths, and its filters change that."""

from pathlib import Path

import pytest

from claims.exchange.mappings.templates import FILTERS

from .sheets import TOPICS, mapper_of, names_of, rows_of

RECORD = {
    "id": "un",
    "who": " Ann ",
    "none": None,
    "blank": " ",
    "yes": True,
    "figure": 1.50,
    "a.b": "dotted",
    "deep": {"er": {"est": "here"}},
    "tags": ["x", "y", "x"],
    "quotes": [{"text": "one", "page": 1}, {"text": "two"}],
    "when": "2017-05-03T23:11:12-04:00",
    "day": "3.5.2017",
    "page": "https://www.Daily.example/2017/the-road_is.html?a=1",
}

FILLED = {
    # paths
    "{who}": "Ann",
    "by {who}, {deep.er.est}": "by Ann, here",
    "{a.b}": "dotted",
    "{record.who}": "Ann",
    "{figure} {yes}": "1.5 true",
    "{{who}} and }}{who}": "{who} and }Ann",
    # what is empty
    "by {none}": "",
    "{who}{blank}": "",
    "{nowhere}": "",
    "only text": "only text",
    # filters
    "{page|after:.example/}": "2017/the-road_is.html?a=1",
    "{who|cut:2}": "An",
    "{day|date:%d.%m.%Y}": "2017-05-03",
    "{day|date:%Y or %d.%m.%Y}": "2017-05-03",
    "{when|day}": "2017-05-03",
    "{when|instant}": "2017-05-04T03:11:12Z",
    "{tags|first}": "x",
    "{tags|has:quotes.text}": "",
    "{id|has:id}": "un",
    "{page|host}": "daily.example",
    "{who|in:Bob,Ann}": "Ann",
    "{who|in:Bob}": "",
    "{tags|join}": "x; y; x",
    "{quotes.text|join: + }": "one + two",
    "{day|letters}": "352017",
    "{page|page}": "the-road_is",
    "{page|page|words}": "The road is",
    "{id|sentence}": "Un",
    "{who|then:somebody}": "somebody",
    "{none|then:somebody}": "",
    "{who|unless:none}": "Ann",
    "{who|unless:yes}": "",
    "{who|when:yes=true}": "Ann",
    "{who|when:tags=y}": "Ann",
    "{who|when:tags=z}": "",
    "{who|map:people}": "Anna",
    "{id|map:people}": "un",
    "{yes|map:people}": "",
}

MAPS = '[maps.people]\n"Ann" = "Anna"\n"true" = ""\n"*" = "*"\n'


def test_each_template_comes_to_what_it_should(tmp_path: Path, subtests):
    for template, text in FILLED.items():
        with subtests.test(template):
            assert names_of(tmp_path, f"name = '{template}'\n{MAPS}", RECORD) == [text]


def test_every_filter_is_among_them():
    used = {name for name in FILTERS for template in FILLED if f"|{name}" in template}

    assert used == FILTERS.keys()


def test_the_first_of_several_that_is_not_empty(tmp_path: Path):
    block = "name = ['{none}', '{who}', '{id}']"

    assert names_of(tmp_path, block, RECORD) == ["Ann"]


def test_a_name_stands_for_a_template(tmp_path: Path):
    block = (
        "name = '{said} {none|then:x}'\ndescription = '{said}'\n[names]\nsaid = ['{none}', '{who}']"
    )

    (row,) = rows_of(mapper_of(tmp_path, TOPICS + block, RECORD))["topics"]

    assert (row.cells["name"], row.cells["description"]) == ("", "Ann")


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{tags}", "“name” has 3 values, and takes one: end it with |first or |join."),
        ("{tags}{tags}", "has 3 values"),
        ("{who|date:%Y}", "“Ann” is no date of the form %Y."),
        ("{who|instant}", "“Ann” is no instant"),
        ("{who|day}", "“Ann” is no instant"),
        ("{day|date:%d.%m.%Y|instant}", "“2017-05-03” does not say its time zone."),
    ],
)
def test_what_cannot_be_filled_is_a_fault_of_the_row_at_its_column(tmp_path, template, words):
    mapper = mapper_of(tmp_path, TOPICS + f"name = '{template}'", RECORD)

    (row,) = rows_of(mapper)["topics"]

    assert (row.line, row.column) == (1, "name")
    assert words in row.fault
