"""The claims that an import is measured with are all new, and all go in."""

import pytest

from claims import audit
from claims.models import Claim

from .imports import make

pytestmark = pytest.mark.django_db


def test_as_many_claims_as_asked_for_are_entered_and_published():
    measured = make(30)

    assert measured["claims"] == 30
    assert Claim.objects.published().count() == 30
    assert audit.verify().texts == 30
