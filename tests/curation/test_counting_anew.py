"""Kept counts that are not those of the claims are put right, and validators hear of it."""

import pytest

from claims import curation
from claims.models import Claim, ClaimCount, Ledger
from tests.factories import assess, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    assess(make_claim(), "borne_out")
    make_claim(kind="assertion")


def test_what_was_moved_past_curation_is_counted(claims):
    right = ClaimCount.objects.kept()
    ClaimCount.objects.filter(kind="promise").update(number=7)
    ClaimCount.objects.filter(kind="assertion").delete()

    assert curation.count_claims_anew() == 3  # the promise's pending was down to none
    assert ClaimCount.objects.kept() == right


def test_what_is_right_stays_as_it_is(claims):
    rows, state = list(ClaimCount.objects.values()), Ledger.objects.get().state

    assert curation.count_claims_anew() == 0
    assert list(ClaimCount.objects.values()) == rows
    assert Ledger.objects.get().state == state


def test_validators_of_what_was_counted_before_are_old(claims, client):
    address = "/api/v1/stats/?group_by=status"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    Claim.objects.filter(kind="assertion").update(kind="promise")

    assert curation.count_claims_anew() == 2
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
