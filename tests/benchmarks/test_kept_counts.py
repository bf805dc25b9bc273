"""Made claims, which go in past curation, are counted as if they had not."""

import pytest

from claims.models import ClaimCount

from .made_claims import make_claims


@pytest.mark.django_db
def test_the_counts_of_made_claims_are_their_numbers():
    make_claims(40)

    assert ClaimCount.objects.kept() == ClaimCount.objects.counted()
    assert sum(ClaimCount.objects.kept().values()) == 40
