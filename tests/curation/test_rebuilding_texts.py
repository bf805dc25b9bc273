import pytest
from django.core import checks

from claims import curation
from claims.curation import reference, settlement
from claims.documents import texts
from claims.models import Change, ClaimDocument
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def warnings():
    return [each.id for each in checks.run_checks(databases=["default"])]


def test_texts_in_the_codes_own_format_need_nothing():
    make_claim()

    assert warnings() == []
    assert curation.rebuild_documents() == 0


def test_a_newer_format_is_noticed_and_texts_are_brought_up_in_blocks(monkeypatch):
    for _ in range(3):
        make_claim()
    entries = Change.objects.count()
    newer = texts.FORMAT + 1
    for module in (texts, reference, settlement):
        monkeypatch.setattr(module, "FORMAT", newer)

    assert warnings() == ["claims.W002"]
    assert [curation.rebuild_documents(limit=2) for _ in range(3)] == [2, 1, 0]

    assert warnings() == []
    assert set(ClaimDocument.objects.values_list("format", flat=True)) == {newer}
    assert Change.objects.count() == entries
