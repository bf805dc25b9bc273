"""`manage.py refresh_documents`: texts that show an older name, to the last block."""

from functools import partial

import pytest
from django.core.management import call_command

from claims import curation
from claims.models import ClaimDocument
from tests.factories import make_claim, make_speaker

pytestmark = pytest.mark.django_db


def test_every_block_of_texts_with_older_names_is_rendered_anew(monkeypatch, capsys):
    speaker = make_speaker(name="Jane Doe")
    for _ in range(3):
        make_claim(speaker=speaker)
    ClaimDocument.objects.update(summary="as it was", ledger_number=0)
    monkeypatch.setattr(curation, "refresh_documents", partial(curation.refresh_documents, limit=1))

    call_command("refresh_documents")

    texts = ClaimDocument.objects.values_list("summary", flat=True)
    assert len(texts) == 3
    assert all("Jane Doe" in text for text in texts)
    assert capsys.readouterr().out.startswith("3 claims' texts had older names")


def test_texts_that_show_the_names_of_today_are_left_alone(capsys):
    make_claim()
    ClaimDocument.objects.update(summary="of today")

    call_command("refresh_documents")

    assert ClaimDocument.objects.get().summary == "of today"
    assert capsys.readouterr().out.startswith("0 claims' texts")
