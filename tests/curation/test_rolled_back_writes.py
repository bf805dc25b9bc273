import pytest
from django.db import transaction

from claims import curation
from claims.models import Change, Claim, Ledger
from tests.factories import edit, make_claim, make_topic

pytestmark = pytest.mark.django_db


class Abandoned(Exception):
    pass


@transaction.atomic
def fail_after(call):
    call()
    raise Abandoned


def abandon(call):
    with pytest.raises(Abandoned):
        fail_after(call)


def test_numbers_of_rolled_back_entries_are_given_again():
    make_topic(slug="kept")
    abandon(lambda: make_topic(slug="lost"))
    make_topic(slug="kept-too")

    assert list(Change.objects.values_list("number", "key")) == [(1, "kept"), (2, "kept-too")]
    assert Ledger.objects.get().number == 2


def test_a_nested_call_that_is_refused_leaves_the_outer_one_whole():
    with curation.locked_ledger():
        make_topic(slug="first")
        with pytest.raises(curation.BatchRefused):
            make_topic(slug="not a slug")
        make_topic(slug="second")

    entries = list(Change.objects.all())
    assert [entry.key for entry in entries] == ["first", "second"]
    assert entries[1].previous_hash == entries[0].hash


def test_a_claim_can_be_edited_after_a_rolled_back_edit():
    claim = make_claim()
    abandon(lambda: edit(claim, values={"quote": "Lost."}))

    edit(claim, values={"quote": "Kept."})

    assert Claim.objects.get().quote == "Kept."
    assert Claim.objects.get().document.summary.count("Kept.") == 1
