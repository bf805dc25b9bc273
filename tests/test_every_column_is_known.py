"""A column added to a claim and forgotten somewhere is named here."""

import pytest

from claims.documents import CLAIM, record
from claims.exchange.columns import TABLES
from claims.models import Claim
from tests.factories import make_claim

# What an editor fills in, columns and sets.
FILLED = {
    field.name
    for field in (*Claim._meta.fields, *Claim._meta.many_to_many)
    if field.editable and not field.primary_key
}


@pytest.mark.django_db
def test_the_ledger_records_it():
    facts = record(Claim.objects.with_everything().get(pk=make_claim().pk))

    assert FILLED - facts.keys() == set()


def test_the_public_text_has_it():
    assert FILLED - CLAIM.fields.keys() == set()


def test_the_csv_has_it_in_both_directions():
    written = {column.name for column in TABLES["claims"].columns if column.parse}

    assert FILLED - written == set()
