"""Plain DRF is a fair contender: it says the same as the product, in the same order."""

import pytest
from django.test import override_settings

from claims.documents import FORMAT
from claims.models import Claim

from .made_claims import make_claims

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claims():
    make_claims(60)


@pytest.fixture
def both(client):
    """The same address asked of the product and of plain DRF."""

    def ask(path):
        product = client.get(f"/api/v1/claims/{path}")
        with override_settings(ROOT_URLCONF="tests.benchmarks.plain_drf"):
            plain = client.get(f"/claims/{path}")
        assert (product.status_code, plain.status_code) == (200, 200)
        return product.json(), plain.json()

    return ask


@pytest.mark.parametrize(
    "query",
    ["", "?speaker=speaker-0", "?status=borne_out", "?due_overlaps=2015/2020", "?closed=false"],
)
def test_lists_the_same_claims_word_for_word(both, query):
    product, plain = both(query)

    assert product["results"]
    assert [{"format": FORMAT, **each} for each in plain["results"]] == product["results"]


def test_shows_the_same_claim_and_the_same_timeline(both):
    judged = Claim.objects.exclude(outcome="").first()

    product, plain = both(f"{judged.uid}/")
    assert {"format": FORMAT, **plain} == product
    product, plain = both(f"{judged.uid}/timeline/")
    assert plain == product
