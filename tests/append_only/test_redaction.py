"""The one exception: a text becomes NULL where a Redaction row names it."""

import pytest
from django.db import IntegrityError

from claims.models import Assessment, Change
from tests.append_only.rows import execute, insert_rows, warrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    insert_rows()
    return Change.objects.get(operation="assess")


@pytest.fixture
def assessment(entry):
    return Assessment.objects.get()  # its headline is named by a Redaction row


def refuse(sql):
    with pytest.raises(IntegrityError, match="append-only"):
        execute(sql)


def test_a_text_that_is_named_becomes_null(assessment):
    execute("UPDATE claims_assessment SET headline = NULL")

    assessment.refresh_from_db()
    assert assessment.headline is None
    assert assessment.rationale == "The report says so."


def test_a_text_that_is_named_becomes_nothing_else(assessment):
    refuse("UPDATE claims_assessment SET headline = 'x'")
    refuse("UPDATE claims_assessment SET headline = ''")


def test_no_other_text_goes_along(assessment):
    refuse("UPDATE claims_assessment SET rationale = NULL")
    refuse("UPDATE claims_assessment SET headline = NULL, rationale = NULL")


def test_nor_does_another_column(assessment):
    refuse("UPDATE claims_assessment SET headline = NULL, outcome = 'not_borne_out'")


def test_once_it_is_null_it_stays(assessment):
    execute("UPDATE claims_assessment SET headline = NULL")

    refuse("UPDATE claims_assessment SET headline = NULL")
    refuse("UPDATE claims_assessment SET headline = 'Opened in May'")


def test_a_warrant_for_one_row_is_for_no_other(entry):
    warrant(Change.objects.get(operation="publish"), "record")

    refuse(f"UPDATE claims_change SET record = NULL WHERE number = {entry.number}")


def test_a_warrant_for_one_table_is_for_no_other(entry):
    warrant(Assessment(pk=entry.number), "record")

    refuse(f"UPDATE claims_change SET record = NULL WHERE number = {entry.number}")


def test_columns_that_are_no_free_text_cannot_be_warranted(entry):
    for column in ("actor", "key", "hash", "record_digest"):
        warrant(entry, column)

    refuse(f"UPDATE claims_change SET actor = '' WHERE number = {entry.number}")
    refuse(f"UPDATE claims_change SET key = NULL WHERE number = {entry.number}")


def test_a_record_goes_with_its_salt_and_the_chain_still_verifies(entry):
    warrant(entry, "record")

    execute(f"UPDATE claims_change SET record = NULL, salt = NULL WHERE number = {entry.number}")

    entry.refresh_from_db()
    assert (entry.record, entry.salt) == (None, None)
    assert all(each.hash_of_entry() == each.hash for each in Change.objects.all())


def test_a_warrant_itself_is_not_taken_back(assessment):
    refuse("DELETE FROM claims_redaction")
    refuse("UPDATE claims_redaction SET legal_basis = ''")
