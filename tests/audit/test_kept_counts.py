"""The kept counts are the numbers of claims, or the first that is not is told."""

import pytest
from django.core.management import call_command

from claims import audit
from claims.models import ClaimCount
from tests.factories import assess, make_claim

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda counts: counts.filter(status="borne_out").update(number=3), "3 are kept"),
        (lambda counts: counts.filter(status="borne_out").delete(), "0 are kept"),
    ],
)
def test_a_count_that_is_not_so_is_named_with_what_puts_it_right(tamper, said):
    assess(make_claim(), "borne_out")
    audit.verify()
    tamper(ClaimCount.objects.all())

    with pytest.raises(audit.LedgerFault) as found:
        audit.verify()

    assert str(found.value).startswith(
        f"claims of kind promise, status borne_out, outcome borne_out: {said} as their number, "
        "which is 1"
    )
    call_command("rebuild_documents", verbosity=0)
    audit.verify()
