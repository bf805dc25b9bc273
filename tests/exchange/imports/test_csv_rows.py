"""Rows of CSV keep their lines and cells, whatever divides them and whatever a spreadsheet adds."""

import pytest

from .reading import cells_of, faults_in, rows_of, sheets_of, upload

UN = [{"slug": "un", "name": "UN"}]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("slug,name\nun,UN\n", "Its cells are separated by commas."),
        ("slug;name\nun;UN\n", "Its cells are separated by semicolons."),
        ("slug\tname\nun\tUN\n", "Its cells are separated by tabs."),
        ('"slug";"name"\n"un";"UN"\n', "Its cells are separated by semicolons."),
        ("sep=;\r\nslug;name\r\nun;UN\r\n", "Its cells are separated by semicolons."),
        ('"sep=\t"\nslug\tname\nun\tUN\n', "Its cells are separated by tabs."),
        ("\n\nslug,name\nun,UN\n", "Its cells are separated by commas."),
    ],
)
def test_what_separates_the_cells_is_seen_and_said(text: str, note: str):
    assert cells_of(upload("topics.csv", text)) == UN
    assert sheets_of(upload("topics.csv", text))[0].notes[1:] == (note,)


def test_other_separators_are_text_in_a_cell():
    (row,) = cells_of(upload("topics.csv", 'slug;name\nun;"a;b,c\td"\n'))

    assert row["name"] == "a;b,c\td"


def test_what_separates_most_known_names_wins():
    (row,) = cells_of(upload("topics.tsv", "slug\tname\tdescription\nun\tUN;a,b,c\t\n"))

    assert row == {"slug": "un", "name": "UN;a,b,c", "description": ""}


def test_a_header_in_other_spellings_is_read_and_that_is_said():
    (sheet,) = sheets_of(upload("claims.csv", "External ID,said-on, Kind \nr/1,2020,promise\n"))
    (row,) = sheet.rows

    assert row.cells == {"external_id": "r/1", "said_on": "2020", "kind": "promise"}
    assert sheet.notes[2:] == (
        "Its column “External ID” is read as external_id.",
        "Its column “said-on” is read as said_on.",
        "Its column “ Kind ” is read as kind.",
    )


def test_a_row_is_at_the_line_in_which_it_begins():
    text = 'slug,name\nun,"The\nUnited\nNations"\n\n,\nnato,N\n'

    assert [row.line for row in rows_of(upload("topics.csv", text))] == [2, 7]
    assert [row.line for row in rows_of(upload("topics.csv", f"sep=,\n{text}"))] == [3, 8]


def test_the_faults_of_a_row_do_not_hide_those_of_the_next():
    faults = faults_in(upload("topics.csv", b"slug,name\nun\n\xff,a\nnato,N\nx,y,z\na,\0\n"))

    assert [(fault.line, fault.column) for fault in faults] == [
        (2, ""),
        (3, "slug"),
        (5, ""),
        (6, "name"),
    ]


def test_empty_columns_and_rows_at_the_end_are_left_out():
    assert cells_of(upload("topics.csv", "slug,name,,\nun,UN,,\n,,,\n,,,,,\n")) == UN


def test_a_last_line_without_an_end_is_a_row():
    assert cells_of(upload("topics.csv", "slug,name\r\nun,UN")) == UN


def test_an_apostrophe_that_guards_a_text_is_taken_away_unless_the_file_is_not_safe():
    text = "slug,revision,name\nun,'=1,'=1\nun,,'tis\n"

    assert [(row["revision"], row["name"]) for row in cells_of(upload("topics.csv", text))] == [
        ("'=1", "=1"),
        ("", "'tis"),
    ]
    assert [row["name"] for row in cells_of(upload("topics.csv", text), safe=False)] == [
        "'=1",
        "'tis",
    ]


def test_companions_are_cells_as_others_are():
    text = "id,status,speaker_name\n1,pending,'=Ada\n"

    assert cells_of(upload("claims.csv", text)) == [
        {"id": "1", "status": "pending", "speaker_name": "=Ada"}
    ]


def test_the_column_that_says_why_a_row_was_refused_is_read_over():
    text = "slug,reason,name,refused_because\nun,x,UN,y\n"

    assert cells_of(upload("topics.csv", text)) == UN


def test_the_reason_of_an_assessment_is_a_column_of_its_own():
    text = "id,claim,reason,refused_because\n1,2,delayed,y\n"

    assert cells_of(upload("assessments.csv", text)) == [
        {"id": "1", "claim": "2", "reason": "delayed"}
    ]


def test_a_separator_of_one_column_alone_is_none():
    assert cells_of(upload("topics.csv", "slug\na\nb\n")) == [{"slug": "a"}, {"slug": "b"}]
