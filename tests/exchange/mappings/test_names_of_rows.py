"""Slugs and ids are made of whatever stands there, the same for the same text."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.core.validators import slug_re
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange.imports.sheets import Faults
from claims.exchange.mappings.folder import write_folder
from claims.exchange.mappings.names import LENGTH, Namer

from .sheets import cells_of, mapper_of, rows_of

SLUGS = {
    "jane-doe": "jane-doe",
    "Jane Doe": "jane-doe",
    " Łódź ": "odz-",  # what has no letter of a slug is told apart by a digest
    "Стас": "",
    "https://daily.example/a": "dailyexamplea-",
    "x" * 121: "x" * 60 + "-",
}


@pytest.mark.parametrize("text", SLUGS)
def test_a_slug_is_made_of_a_text(text: str):
    slug = Namer("desk").slug("speakers", text)

    assert slug == Namer("another").slug("topics", text)
    assert slug.startswith(SLUGS[text])
    assert (slug == SLUGS[text]) == (text in ("jane-doe", "Jane Doe"))


@given(st.text(min_size=1))
def test_a_slug_is_always_one(text: str):
    slug = Namer("desk").slug("speakers", text)

    assert slug_re.match(slug)
    assert len(slug) <= LENGTH


@given(st.sets(st.from_regex(r"https://[a-z]\.example/[a-zA-Z0-9_/?=.-]{0,90}", fullmatch=True)))
def test_no_two_addresses_have_one_slug(addresses: set[str]):
    namer = Namer("desk")

    assert len({namer.slug("sources", each) for each in addresses}) == len(addresses)


def test_two_names_that_would_have_one_slug_are_a_fault(tmp_path: Path):
    mapping = 'name = "desk"\n[speakers]\nslug = "{who}"\n'
    mapper = mapper_of(
        tmp_path, mapping, {"who": "J. Smith"}, {"who": "j. smith"}, {"who": "J Smith"}
    )

    (first, last) = rows_of(mapper)["speakers"]

    assert first.cells["slug"] == "j-smith"
    assert (last.line, last.column) == (3, "slug")
    assert last.fault == "“J Smith” and “j. smith” would both be “j-smith” among the speakers."


def test_an_id_is_made_of_a_text_and_the_name_of_the_mapping():
    one, other = Namer("desk"), Namer("another")
    uid = one.uid("claims", "Promise 7")

    assert UUID(uid).version == 5
    assert uid == Namer("desk").uid("claims", "Promise 7")
    assert len({uid, other.uid("claims", "Promise 7"), one.uid("links", "Promise 7")}) == 3
    assert one.uid("claims", uid) == uid  # one that is there already
    assert one.uid("claims", uid.upper()) == uid


def test_columns_that_name_rows_name_them_by_the_same_text(tmp_path: Path):
    mapping = """
    name = "desk"
    [speakers]
    slug = "{who}"
    name = "{who}"
    [claims]
    id = "{no}"
    speaker = "{who}"
    topics = ["{tags}", "All of them"]
    [evidence]
    id = "e {no}"
    claim = "{no}"
    [assessments]
    id = "{no}"
    claim = "{no}"
    evidence = ["e {no}", "{seen}"]
    """
    record = {"no": 7, "who": "Jane Doe", "tags": ["Roads", "roads", "Un"], "seen": ["x", "y"]}

    cells = cells_of(tmp_path, mapping, record)

    ((speaker,), (claim,), (evidence,), (assessment,)) = cells.values()
    assert claim["speaker"] == speaker["slug"] == "jane-doe"
    assert json.loads(claim["topics"]) == ["roads", "un", "all-of-them"]
    assert evidence["claim"] == assessment["claim"] == claim["id"] != assessment["id"]
    assert json.loads(assessment["evidence"])[0] == evidence["id"]
    assert len(json.loads(assessment["evidence"])) == 3


def test_a_text_that_a_spreadsheet_might_run_is_guarded_only_in_a_file(tmp_path: Path):
    mapper = mapper_of(
        tmp_path,
        'name = "desk"\n[topics]\nslug = "{id}"\nname = "{name}"',
        {"id": "a", "name": "=1+1"},
    )
    (sheet,) = mapper.sheets()
    (row,) = sheet.rows
    assert row.cells == {"slug": "a", "name": "=1+1"}

    write_folder([replace(sheet, rows=[row])], tmp_path, Faults())

    assert (tmp_path / "topics.csv").read_text("utf-8").split() == ["slug,name", "a,'=1+1"]
