"""Rows that are made without asking each column are those that their constructor makes."""

from __future__ import annotations

from claims.curation.bulk import blank
from claims.models import Change, Claim, ClaimDocument, SearchText


def test_a_blank_row_has_in_every_column_what_its_constructor_puts_there():
    for model in (Claim, ClaimDocument, SearchText, Change):
        made, constructed = blank(model), model()
        for field in model._meta.concrete_fields:
            if field.name != "uid":
                assert getattr(made, field.attname) == getattr(constructed, field.attname)
        assert made._state.adding
        assert made._state.db is None
        assert made.__dict__.keys() == constructed.__dict__.keys()
