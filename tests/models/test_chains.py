"""Which claims are a chain, and which of them revise a public one or move its deadline."""

from uuid import uuid4

import pytest

from claims import curation
from claims.goalposts import move as moved_deadline
from claims.models import Claim, links_to_public, moves_deadline
from tests.factories import link, make_claim, make_draft, make_revision, move

pytestmark = pytest.mark.django_db

CHAIN = 200


def chain_of(claim, most=CHAIN):
    return set(Claim.objects.chain_of(claim.uid, most))


def due(text):
    return (
        {"due": text, "due_mode": "by", "due_basis": "stated"}
        if text
        else {"due": None, "due_mode": "", "due_basis": ""}
    )


def test_all_that_revise_each_other_are_one_chain_from_wherever_one_looks():
    first = make_claim()
    second = make_revision(first)
    chain = {first, second, make_revision(second), make_revision(first)}
    make_revision(make_claim())

    for claim in chain:
        assert chain_of(claim) == chain


def test_a_claim_by_itself_is_a_chain_of_one():
    claim = make_claim()
    link(claim, make_claim(), "repeats")

    (alone,) = chain_of(claim)

    assert (alone, alone.revises_id) == (claim, None)


def test_each_names_the_one_it_revises():
    first = make_claim()
    second = make_revision(first)

    assert {each.pk: each.revises_id for each in chain_of(second)} == {
        first.pk: None,
        second.pk: first.pk,
    }


def test_only_public_claims_are_of_a_chain():
    first = make_claim()
    second = make_revision(first)
    third = make_revision(second)
    draft = make_draft(speaker=first.speaker)
    link(draft, third)
    move(curation.retract, second, "It was another person.")

    assert (chain_of(first), chain_of(third)) == ({first}, {third})
    assert chain_of(draft) == chain_of(second) == set()
    assert not Claim.objects.chain_of(uuid4(), CHAIN).exists()


def test_of_a_chain_that_is_too_long_what_came_before_a_claim_goes_first():
    first = make_claim()
    second = make_revision(first)
    for _number in range(3):
        make_revision(second)
    third = make_revision(second)

    assert chain_of(third, 3) == {first, second, third}
    assert len(chain_of(third, 5)) == 5


def test_a_claim_revises_a_public_one():
    first = make_claim()
    second = make_revision(first)
    link(first, make_claim(), "depends_on")

    assert set(Claim.objects.filter(links_to_public("revises"))) == {second}
    assert second not in Claim.objects.filter(~links_to_public("revises"))
    move(curation.retract, first, "It was another person.")
    assert not Claim.objects.filter(links_to_public("revises")).exists()


DUES = ["", "2020", "2020-01/2020-12", "2020~", "2021", "2020/..", "../2020", "2020-12-31"]


@pytest.mark.parametrize("old", DUES)
@pytest.mark.parametrize("new", DUES)
def test_a_moved_deadline_is_one_that_goalposts_find_moved(old, new):
    first = make_claim(said_on="2019", **due(old))
    second = make_revision(first, said_on="2019", **due(new))

    found = Claim.objects.filter(moves_deadline())

    assert list(found) == ([second] if moved_deadline(first.due, second.due).moved else [])


def test_a_deadline_that_a_retracted_claim_had_did_not_move():
    first = make_claim(**due("2020"))
    make_revision(first, **due("2021"))
    assert Claim.objects.filter(moves_deadline()).exists()

    move(curation.retract, first, "It was another person.")

    assert not Claim.objects.filter(moves_deadline()).exists()
