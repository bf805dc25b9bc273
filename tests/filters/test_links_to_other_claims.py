"""Each type of link is a filter: whether there is one, or to which claims."""

import pytest

from claims import curation
from tests.factories import link, make_claim, make_revision, move

from .asking import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "link_type", ["repeats", "contradicts", "depends_on", "part_of", "withdraws"]
)
def test_each_type_finds_what_has_such_a_link(link_type):
    first, second, third = (make_claim(statement=name) for name in ("first", "second", "third"))
    link(second, first, link_type)
    link(third, first, "repeats" if link_type != "repeats" else "contradicts")

    assert found(**{link_type: "true"}) == {"second"}
    assert found(**{link_type: "false"}) == {"first", "third"}
    assert found(**{link_type: str(first.uid)}) == {"second"}
    assert found(**{link_type: str(third.uid)}) == set()


def test_several_claims_may_be_named():
    first, other = make_claim(statement="first"), make_claim(statement="other")
    make_revision(first, statement="of first")
    make_revision(other, statement="of other")

    assert found(revises=f"{first.uid},{other.uid}") == {"of first", "of other"}


def test_a_link_to_what_left_the_public_does_not_count():
    first = make_claim(statement="first")
    make_revision(first, statement="second")
    move(curation.retract, first, "It was another person.")

    assert found(revises="true") == found(revises=str(first.uid)) == set()
    assert found(revises="false") == {"second"}
