"""The same seed makes the same claims, in one process or in several."""

import pytest
from django.db import transaction

from claims.models import Claim

from .made_claims import make_claims


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_claims_and_another_makes_others():
    first, again, other = texts(10, seed=1), texts(10, seed=1), texts(10, seed=2)

    assert first == again
    assert first != other


@pytest.mark.django_db
def test_processes_make_the_same_claims_as_one_does():
    assert texts(1_100, processes=2) == texts(1_100)


def texts(number, **how):
    """What so many claims say, found by, and how they stood; they are not kept."""
    with transaction.atomic():
        make_claims(number, **how)
        found = list(
            Claim.objects.order_by("pk").values_list(
                "document__summary", "document__timeline", "search_text__text", "ledger_number"
            )
        )
        transaction.set_rollback(True)
    return found
