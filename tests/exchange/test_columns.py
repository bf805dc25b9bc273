import pytest
from django.db import models

from claims.exchange.columns import TABLES, Table


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_column_that_an_editor_fills_is_in_the_file(table: Table):
    filled = {
        field.name
        for field in (*table.model._meta.fields, *table.model._meta.many_to_many)
        if field.editable and not isinstance(field, models.AutoField)
    }

    assert filled <= {column.name for column in table.columns}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_column_says_what_it_is(table: Table):
    assert all(column.about.endswith(".") for column in table.columns)


def test_a_file_comes_after_those_whose_rows_it_names():
    seen: list[type[models.Model]] = []
    for table in TABLES.values():
        seen.append(table.model)
        assert {column.names for column in table.columns if column.names} <= set(seen)


def test_a_column_of_codes_says_which_there_are():
    about = TABLES["claims"].by_name["due_mode"].about

    assert about == "What the due period means. One of: by, at, throughout."
