"""Every kind of bad input is refused at its line and column, with what would be right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.models import Change, Claim

from .desk import (
    FIGURE,
    LINK,
    NEW,
    PROMISE,
    SAID_AGAIN,
    SEARCHED,
    SIGNED,
    VERDICT,
    faults_of,
    put,
    put_desk,
    take_in,
)

CLAIM = "external_id,kind,statement,speaker,source,said_on,due,due_mode,due_basis"


@pytest.fixture(scope="module")
def desk_for_all(
    rows_for_all: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = put_desk(tmp_path_factory.mktemp("desk"))
    rows_for_all(lambda: take_in(folder))
    return folder


@pytest.fixture
def desk(desk_for_all: Path, db: None) -> Path:
    return desk_for_all


def promise(number: int = 3, **cells: str) -> str:
    """A row under CLAIM that has nothing wrong but what `cells` puts into it."""
    row = {
        "external_id": f"r/{number}",
        "kind": "promise",
        "statement": "It opens.",
        "speaker": "zas",
        "source": "belta",
        "said_on": "2020-10-16",
        "due": "2021",
        "due_mode": "by",
        "due_basis": "stated",
    } | cells
    return ",".join(row.values())


CORPUS = {
    "an empty file": ("claims", "", 1, "", "no header row"),
    "an unknown column": (
        "claims",
        "id,statment\n",
        1,
        "statment",
        "no such column in claims. Did you mean “statement”?",
    ),
    "a column twice": ("topics", "slug,name,name\nun,UN,UN\n", 1, "name", "there twice"),
    "no column of ids": ("topics", "name\nUN\n", 1, "slug", "missing. Its name in addresses"),
    "no column for the claim": ("evidence", f"id\n{NEW}\n", 1, "claim", "missing. The claim's id"),
    "too few cells": ("topics", "slug,name\nun,UN\nnato\n", 3, "", "1 cells, but the header has 2"),
    "too many cells": ("topics", "slug,name\nun,UN,x\n", 2, "", "3 cells, but the header has 2"),
    "a quote that never closes": ("topics", 'slug,name\nun,"UN\nnato,N\n', 2, "", "never closed"),
    "a quote within a quoted cell": (
        "topics",
        'slug,name\nun,"the "UN"\nnato,N\n',
        2,
        "",
        "a quote within a quoted cell is written twice",
    ),
    "a cell too long": (
        "topics",
        f"slug,name\nun,{'x' * 100_001}\n",
        2,
        "name",
        "100001 characters; at most 100000",
    ),
    "a cell that has no end": ("topics", f'slug,name\nun,"{"x" * 140_000}\n', 2, "", "longer than"),
    "a row without an id": ("topics", "slug,name\n,UN\n", 2, "slug", "enter it twice"),
    "a claim without an id": ("claims", f"{CLAIM}\n{promise(external_id='')}\n", 2, "id", "twice"),
    "evidence of no claim": ("evidence", f"id,claim\n{NEW},\n", 2, "claim", "This is missing."),
    "an id twice": (
        "topics",
        "slug,name\nun,UN\nnato,N\nun,U.N.\n",
        4,
        "slug",
        "Line 2 has the same",
    ),
    "an external id twice": (
        "claims",
        f"{CLAIM}\n{promise(3)}\n{promise(3)}\n",
        3,
        "external_id",
        "Line 2 has the same already",
    ),
    "an address twice": (
        "sources",
        "slug,url,publisher,title\na,https://a.example,A,A\nb,https://a.example,A,A\n",
        3,
        "url",
        "Line 2 has the same already",
    ),
    "an address that is there": (
        "sources",
        "slug,url,publisher,title\na,https://tass.example/1,A,A\n",
        2,
        "url",
        "There is one with this already",
    ),
    "an external id of another claim": (
        "claims",
        f"id,external_id\n{PROMISE},r/2\n",
        2,
        "external_id",
        "There is one with this already",
    ),
    "columns of their own that are no object": (
        "claims",
        f'id,extra\n{PROMISE},"[""page""]"\n',
        2,
        "extra",
        "Write a JSON object of texts",
    ),
    "a column of their own that is no text": (
        "claims",
        f'id,extra\n{PROMISE},"{{""page"":7}}"\n',
        2,
        "extra",
        "Write a JSON object of texts",
    ),
    "a column of their own twice": (
        "claims",
        f'id,extra\n{PROMISE},"{{""a"":""1"",""a"":""2""}}"\n',
        2,
        "extra",
        "twice in this object",
    ),
    "one claim under two names": (
        "claims",
        f"id,external_id,measure\n{PROMISE},,a\n,r/1,b\n",
        3,
        "id",
        "Line 2 is about the same one already",
    ),
    "no uid": ("claims", "id\n17\n", 2, "id", "“17” is no uid"),
    "no slug": ("topics", "slug,name\nthe UN,UN\n", 2, "slug", "is no slug"),
    "no whole number": ("topics", "slug,revision\nun,1.0\n", 2, "revision", "whole number"),
    "no list": ("speakers", "slug,aliases\nzas,Zas\n", 2, "aliases", "Write a JSON array"),
    "a list of numbers": ("speakers", "slug,aliases\nzas,[1]\n", 2, "aliases", "Write a JSON"),
    "a list without end": (
        "speakers",
        f"slug,aliases\nzas,{'[' * 90_000}\n",
        2,
        "aliases",
        "Write a JSON array",
    ),
    "half a character in a list": (
        "claims",
        f'id,topics\n{PROMISE},"[""\\ud800""]"\n',
        2,
        "topics",
        "half a character",
    ),
    "a topic twice": (
        "claims",
        f'id,topics\n{PROMISE},"[""peacekeeping"",""peacekeeping""]"\n',
        2,
        "topics",
        "“peacekeeping” is named twice",
    ),
    "neither true nor false": (
        "claims",
        f"id,quote_is_translation\n{PROMISE},yes\n",
        2,
        "quote_is_translation",
        "Write true or false, not “yes”",
    ),
    "a word outside the vocabulary": (
        "claims",
        f"{CLAIM}\n{promise(due_mode='untill')}\n",
        2,
        "due_mode",
        "“untill” is not one of: by, at, throughout.",
    ),
    "a word in another spelling": (
        "evidence",
        f"id,claim,kind\n{NEW},{PROMISE},fact-check\n",
        2,
        "kind",
        "Did you mean “fact_check”?",
    ),
    "a date a spreadsheet turned round": (
        "claims",
        f"{CLAIM}\n{promise(due='12/31/2020')}\n",
        2,
        "due",
        "there should be a year of four digits",
    ),
    "a date a spreadsheet counted": (
        "claims",
        f"{CLAIM}\n{promise(said_on='44120')}\n",
        2,
        "said_on",
        "there is “0”, where there should be nothing more",
    ),
    "a month a spreadsheet named": (
        "claims",
        f"{CLAIM}\n{promise(said_on='Oct-20')}\n",
        2,
        "said_on",
        "there should be a year of four digits",
    ),
    "a quantity without a unit": (
        "claims",
        f"id,quantity\n{FIGURE},approx 3600\n",
        2,
        "quantity",
        "unit is missing",
    ),
    "an unknown speaker": (
        "claims",
        f"{CLAIM}\n{promise(speaker='zaz')}\n",
        2,
        "speaker",
        "There is no speaker “zaz”. Did you mean “zas”?",
    ),
    "an unknown topic among others": (
        "claims",
        f'id,topics\n{PROMISE},"[""peacekeeping"",""peacekeepign""]"\n',
        2,
        "topics",
        "There is no topic “peacekeepign”. Did you mean “peacekeeping”?",
    ),
    "an unknown claim": (
        "evidence",
        f"id,claim\n{NEW},{PROMISE[:-1]}2\n",
        2,
        "claim",
        f"Did you mean “{PROMISE}”?",
    ),
    "unknown evidence": (
        "assessments",
        f'id,claim,evidence\n{NEW},{PROMISE},"[""{SIGNED[:-1]}5""]"\n',
        2,
        "evidence",
        "Only evidence of this claim can be cited",
    ),
    "an organisation that is a person": (
        "speakers",
        "slug,name,organisation\nbot,Bot,zas\n",
        2,
        "organisation",
        "Name an organisation",
    ),
    "a new claim without a speaker": (
        "claims",
        f"{CLAIM}\n{promise(speaker='')}\n",
        2,
        "speaker",
        "required",
    ),
    "a text too long": ("topics", f"slug,name\nun,{'x' * 201}\n", 2, "name", "at most 200"),
    "a control character": ("topics", "slug,name\nun,U\x07N\n", 2, "name", "U+0007"),
    "due before it was said": (
        "claims",
        f"{CLAIM}\n{promise(due='2019')}\n",
        2,
        "due",
        "due before it was said",
    ),
    "published without a source": (
        "claims",
        f"{CLAIM},editorial_state\n{promise(source='')},published\n",
        2,
        "source",
        "says where it was said",
    ),
    "a state that takes an editor": (
        "claims",
        f"id,editorial_state\n{PROMISE},retracted\n",
        2,
        "editorial_state",
        "from published to retracted; the admin does",
    ),
    "a state back": (
        "claims",
        f"id,editorial_state\n{PROMISE},draft\n",
        2,
        "editorial_state",
        "from published to draft; the admin does",
    ),
    "a revision that moved on": (
        "claims",
        f"id,revision,statement\n{PROMISE},1,Another.\n",
        2,
        "revision",
        "It has changed since revision 1",
    ),
    "a topic's revision that moved on": (
        "topics",
        "slug,revision,name\npeacekeeping,7,Peace\n",
        2,
        "revision",
        "It has changed since revision 7",
    ),
    "an appearance of another claim": (
        "appearances",
        f"id,claim\n{SAID_AGAIN},{FIGURE}\n",
        2,
        "claim",
        f"It belongs to claim {PROMISE}",
    ),
    "evidence without a source": (
        "evidence",
        f"id,claim,kind,summary\n{NEW},{PROMISE},report,Seen.\n",
        2,
        "source",
        "Evidence has a source",
    ),
    "evidence that is cited": (
        "evidence",
        f"id,claim,summary\n{SIGNED},{PROMISE},It was not.\n",
        2,
        "",
        "An assessment rests on this evidence",
    ),
    "an assessment rewritten": (
        "assessments",
        f"id,claim,rationale\n{VERDICT},{PROMISE},Other reasons.\n",
        2,
        "rationale",
        "never changed: record a new one",
    ),
    "an assessment on other evidence": (
        "assessments",
        f'id,claim,evidence\n{VERDICT},{PROMISE},"[""{SEARCHED}""]"\n',
        2,
        "evidence",
        "never changed: record a new one",
    ),
    "an assessment of older words": (
        "assessments",
        "id,claim,outcome,rationale,words_revision,evidence,cause\n"
        f'{NEW},{PROMISE},not_borne_out,No.,7,"[""{SIGNED}""]",development\n',
        2,
        "words_revision",
        "words were edited since",
    ),
    "an assessment of nobody knows which words": (
        "assessments",
        "id,claim,outcome,cause,rationale,evidence\n"
        f'{NEW},{PROMISE},not_borne_out,development,No.,"[""{SIGNED}""]"\n',
        2,
        "words_revision",
        "Say which revision of the claim's words was judged",
    ),
    "what happened before it was promised": (
        "assessments",
        "id,claim,outcome,cause,rationale,happened_on,words_revision,evidence\n"
        f'{NEW},{PROMISE},not_borne_out,development,No.,2019,1,"[""{SIGNED}""]"\n',
        2,
        "happened_before_said",
        "before it was said (2020-10-16)",
    ),
    "an outcome out of place": (
        "assessments",
        "id,claim,outcome,cause,rationale,words_revision,evidence\n"
        f'{NEW},{PROMISE},void,development,No.,1,"[""{SIGNED}""]"\n',
        2,
        "outcome",
        "a condition never arose; this claim states none",
    ),
    "a link rewritten": (
        "links",
        f"id,claim,type,target\n{LINK},{PROMISE},part_of,{FIGURE}\n",
        2,
        "type",
        "take it away in the admin",
    ),
    "a link to itself": (
        "links",
        f"id,claim,type,target\n{NEW},{FIGURE},part_of,{FIGURE}\n",
        2,
        "target",
        "not linked to itself",
    ),
    "a link that leads round": (
        "links",
        f"id,claim,type,target\n{NEW},{FIGURE},depends_on,{PROMISE}\n",
        2,
        "target",
        "That claim depends on this one, itself or through others",
    ),
    "a link that is there under another id": (
        "links",
        f"id,claim,type,target\n{NEW},{PROMISE},depends_on,{FIGURE}\n",
        2,
        "target",
        "This link is there already",
    ),
    "a file of no table": ("claim", "id\n", 1, "", "There is no table “claim”"),
}


@pytest.mark.parametrize(
    ("table", "content", "line", "column", "words"), CORPUS.values(), ids=CORPUS.keys()
)
def test_it_is_refused(
    desk: Path,
    tmp_path: Path,
    table: str,
    content: str | bytes,
    line: int,
    column: str,
    words: str,
):
    path = put(tmp_path, table, content)
    entries = Change.objects.count()

    (fault,) = faults_of(path)

    assert (fault.file, fault.line, fault.column) == (str(path), line, column)
    assert words in fault.message
    assert (Claim.objects.count(), Change.objects.count()) == (2, entries)


def test_a_fault_is_at_the_line_in_which_its_row_begins(desk: Path, tmp_path: Path):
    path = put(tmp_path, "topics", 'slug,name\nun,"The\nUnited\nNations"\n\nnato no,N\n')

    assert [str(fault) for fault in faults_of(path)] == [
        f"{path}:6: slug: “nato no” is no slug: that is made of letters, digits, - and _."
    ]


def test_all_faults_are_told_at_once(desk: Path, tmp_path: Path):
    topics = put(tmp_path, "topics", f"slug,name\nun un,UN\nnato,{'x' * 201}\nok,OK\nwho,\n")
    claims = put(
        tmp_path,
        "claims",
        f"{CLAIM}\n{promise(3, due='20')}\n{promise(4, kind='vow', said_on='x')}\n"
        f"{promise(5)}\n{promise(6, speaker='ada')}\n",
    )

    places = [(Path(each.file).stem, each.line, each.column) for each in faults_of(topics, claims)]

    assert sorted(places) == [
        ("claims", 2, "due"),
        ("claims", 3, "kind"),
        ("claims", 3, "said_on"),
        ("claims", 5, "speaker"),
        ("topics", 2, "slug"),
        ("topics", 3, "name"),
        ("topics", 5, "name"),
    ]


def test_a_refused_row_is_not_held_against_those_that_name_it(desk: Path, tmp_path: Path):
    put(tmp_path, "claims", f"id,{CLAIM}\n{NEW},{promise(due='soon')}\n")
    put(tmp_path, "evidence", f"id,claim,kind,summary,source\n{LINK},{NEW},report,Seen.,tass\n")
    put(tmp_path, "assessments", f'id,claim,evidence\n{SIGNED},{NEW},"[""{LINK}""]"\n')

    (fault,) = faults_of(tmp_path)

    assert (fault.line, fault.column) == (2, "due")


def test_rows_of_a_file_that_cannot_be_read_are_not_missed(desk: Path, tmp_path: Path):
    put(tmp_path, "speakers", 'slug,name\nada,"Ada\n')
    put(tmp_path, "claims", f"{CLAIM}\n{promise(speaker='ada')}\n")

    (fault,) = faults_of(tmp_path)

    assert "never closed" in fault.message


def test_of_several_rows_on_one_claim_the_faulty_one_is_found(desk: Path, tmp_path: Path):
    path = put(
        tmp_path,
        "evidence",
        "id,claim,kind,summary,source\n"
        f"{NEW},{PROMISE},report,Seen.,tass\n"
        f"{SIGNED},{PROMISE},report,Not signed.,tass\n"
        f"{VERDICT},{PROMISE},report,,tass\n",
    )

    assert [(each.line, each.column) for each in faults_of(path)] == [(3, ""), (4, "summary")]


def test_a_row_of_empty_cells_is_no_row(desk: Path, tmp_path: Path):
    path = put(tmp_path, "topics", "slug,name\n,,,\nun un,UN\n,\n")

    assert [each.line for each in faults_of(path)] == [3]


SAID = "id,external_id,kind,statement,speaker,source,said_on,editorial_state"


def put_sayings(folder: Path, *days: str) -> None:
    """Claims of Zas, said on these days: the first letter of each uid is its number."""
    rows = [
        f"{number}{NEW[1:]},s/{number},assertion,It is so.,zas,belta,{day},published"
        for number, day in enumerate(days)
    ]
    put(folder, "claims", "\n".join([SAID, *rows, ""]))


def test_a_claim_that_revises_a_later_one_or_two_is_refused_at_its_target(
    desk: Path, tmp_path: Path
):
    put_sayings(tmp_path, "2020-01", "2020-02", "2020-03")
    links = put(
        tmp_path,
        "links",
        "id,claim,type,target\n"
        f"a{LINK[1:]},2{NEW[1:]},revises,1{NEW[1:]}\n"
        f"b{LINK[1:]},0{NEW[1:]},revises,1{NEW[1:]}\n"
        f"c{LINK[1:]},2{NEW[1:]},revises,0{NEW[1:]}\n"
        f"d{LINK[1:]},1{NEW[1:]},repeats,0{NEW[1:]}\n",
    )

    faults = sorted(faults_of(tmp_path), key=lambda fault: fault.line)

    assert [(each.file, each.line, each.column) for each in faults] == [
        (str(links), 3, "target"),
        (str(links), 4, "target"),
        (str(links), 5, "target"),
    ]
    for fault, words in zip(faults, ("said on 2020-02", "revises one", "said again"), strict=True):
        assert words in fault.message


def test_a_date_before_that_of_what_is_revised_is_refused_at_its_column(desk: Path, tmp_path: Path):
    put_sayings(tmp_path, "2020-01", "2020-02")
    link = f"{LINK[:-1]}9,1{NEW[1:]},revises,0{NEW[1:]}\n"
    put(tmp_path, "links", f"id,claim,type,target\n{link}")
    take_in(tmp_path)

    path = put(tmp_path, "claims", f"id,said_on\n1{NEW[1:]},2019\n")
    (fault,) = faults_of(path)

    assert (fault.line, fault.column) == (2, "said_on")
    assert "It revises a claim that was said on 2020-01" in fault.message
