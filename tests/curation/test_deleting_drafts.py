import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.models import Claim, Evidence
from tests.factories import add_evidence, make_claim, make_draft, move

pytestmark = pytest.mark.django_db


def test_a_draft_is_thrown_away_with_all_that_hangs_on_it():
    draft, other = make_draft(), make_draft()
    first = add_evidence(draft)
    add_evidence(draft, replaces=first)

    curation.delete_drafts([draft])

    assert list(Claim.objects.all()) == [other]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("retracted", [False, True])
def test_what_was_once_public_is_never_deleted(retracted):
    draft, claim = make_draft(), make_claim()
    if retracted:
        move(curation.retract, claim, "It was another person.")

    with pytest.raises(ValidationError, match="not deleted"):
        curation.delete_drafts([draft, claim])

    assert Claim.objects.count() == 2
