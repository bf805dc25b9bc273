"""The plans that are looked at are those of real answers, and a table read whole is noticed."""

import pytest
from django.db import connection

from .made_claims import make_claims
from .plans import addresses, scanned, whole_tables
from .report import plans

pytestmark = pytest.mark.django_db


def test_every_question_is_answered():
    make_claims(120)

    for name, address in addresses().items():
        assert isinstance(whole_tables(address), list), name


def test_a_table_that_is_read_whole_is_noticed():
    make_claims(20)

    assert set(scanned("SELECT id FROM claims_claim WHERE statement = '50 %'")) == {"claims_claim"}


def test_a_table_that_is_read_whole_to_be_sorted_is_noticed_and_a_walk_along_its_key_is_not():
    make_claims(20)
    listed = "SELECT id FROM claims_claim WHERE statement = 'x' ORDER BY {} LIMIT 5"

    assert set(scanned(listed.format("measure"))) == {"claims_claim"}
    if connection.vendor == "sqlite":
        assert set(scanned(listed.format("id"))) == set()


def test_the_report_names_what_reads_a_table_whole():
    named, verdict = plans({"list": [], "detail": ["claims_claim"]})

    assert named == "WHOLE TABLE  detail: claims_claim"
    assert verdict.startswith("NOT MET ")
    assert plans({"list": [], "detail": []})[0].startswith("met ")
