import pytest

from claims.models import Change, Claim, Ledger
from tests.factories import assess, make_claim


@pytest.mark.django_db(transaction=True)
def test_entries_are_numbered_from_one_without_gaps():
    assess(make_claim(), "borne_out_late")

    numbers = list(Change.objects.values_list("number", flat=True))

    assert numbers == list(range(1, len(numbers) + 1))
    assert Ledger.objects.get().number == numbers[-1]


@pytest.mark.django_db
def test_a_claim_knows_its_latest_entry():
    claim = make_claim()

    assert Claim.objects.get().ledger_number == Change.objects.latest("number").number
    assert claim.ledger_number == Change.objects.latest("number").number
