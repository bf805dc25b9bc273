"""`manage.py rebuild_documents`: texts in an older format, to the last block, and kept counts."""

from functools import partial

import pytest
from django.core.management import call_command

from claims import curation
from claims.documents import FORMAT
from claims.models import ClaimCount, ClaimDocument, Ledger
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def test_every_block_of_texts_in_an_older_format_is_rendered_anew(monkeypatch, capsys):
    claims = [make_claim() for _ in range(3)]
    made = dict(ClaimDocument.objects.values_list("claim", "timeline"))
    ClaimDocument.objects.update(timeline="as it was", format=FORMAT - 1)
    monkeypatch.setattr(curation, "rebuild_documents", partial(curation.rebuild_documents, limit=1))

    call_command("rebuild_documents")

    assert dict(ClaimDocument.objects.values_list("claim", "timeline")) == made
    assert made.keys() == {claim.pk for claim in claims}
    assert not ClaimDocument.objects.in_older_format(FORMAT).exists()
    assert capsys.readouterr().out.startswith("3 claims' texts were in an older format")


def test_the_ledger_hears_nothing_of_it():
    make_claim()
    ClaimDocument.objects.update(format=FORMAT - 1)
    before = Ledger.objects.get().hash

    call_command("rebuild_documents")

    assert Ledger.objects.get().hash == before


def test_at_a_start_it_says_something_only_where_there_was_something(capsys):
    make_claim()

    call_command("rebuild_documents", verbosity=0)
    assert capsys.readouterr().out == ""

    ClaimDocument.objects.update(format=FORMAT - 1)
    call_command("rebuild_documents", verbosity=0)
    assert capsys.readouterr().out.startswith("1 claims' texts")


def test_kept_counts_are_put_right(capsys):
    make_claim()
    ClaimCount.objects.update(number=5)

    call_command("rebuild_documents", verbosity=0)

    assert ClaimCount.objects.get().number == 1
    assert capsys.readouterr().out == "1 kept counts of claims were put right.\n"
