"""Links of one type never lead round, however long the way; claims may contradict each other."""

from itertools import pairwise

import pytest

from claims import curation
from claims.curation import link_order
from claims.models import Link
from tests.curation.test_query_counts import queries
from tests.factories import ACTOR, link, make_claim, make_revision, make_speaker

pytestmark = pytest.mark.django_db

ONE_WAY = ["revises", "repeats", "depends_on", "part_of", "withdraws"]


def claims(number, link_type="revises"):
    """So many claims that may be linked so: one speaker's, or each another's."""
    one = make_speaker()
    return [
        make_claim(speaker=make_speaker() if link_type == "repeats" else one)
        for _each in range(number)
    ]


def writes(pairs, link_type="revises"):
    return [
        curation.LinkWrite(claim=claim, revision=claim.revision, type=link_type, target=target)
        for claim, target in pairs
    ]


def refused(pairs, link_type="revises"):
    """Positions in the batch that are refused at their target."""
    with pytest.raises(curation.BatchRefused) as refusal:
        curation.link(writes(pairs, link_type), actor=ACTOR)
    assert all(list(each.message_dict) == ["target"] for each in refusal.value.by_item.values())
    return sorted(refusal.value.by_item)


@pytest.mark.parametrize("link_type", ONE_WAY)
@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_way_round_is_refused(link_type, length):
    ring = claims(length, link_type)
    for claim, target in pairwise(ring):
        link(claim, target, link_type)
    ring[-1].refresh_from_db()

    assert refused([(ring[-1], ring[0])], link_type) == [0]


@pytest.mark.parametrize("link_type", ONE_WAY)
def test_a_way_round_through_links_of_the_same_call_is_refused(link_type):
    first, second, third, aside = claims(4, link_type)

    pairs = [(first, second), (second, third), (aside, first), (third, first)]

    assert refused(pairs, link_type) == [0, 1, 3]
    assert not Link.objects.exists()


def test_a_way_round_through_old_links_and_new_ones_is_refused():
    first, second, third, fourth = claims(4)
    link(first, second)
    link(third, fourth)
    for claim in (second, fourth):
        claim.refresh_from_db()

    assert refused([(second, third), (fourth, first)]) == [0, 1]


def test_two_claims_contradict_each_other():
    first, second = claims(2)

    curation.link(writes([(first, second), (second, first)], "contradicts"), actor=ACTOR)

    assert Link.objects.count() == 2


def test_links_of_two_types_may_lead_both_ways():
    whole, part = claims(2)

    link(part, whole, "part_of")
    link(whole, part, "depends_on")

    assert Link.objects.count() == 2


def test_two_ways_to_one_claim_are_no_way_round():
    top, left, right, bottom = claims(4)
    for claim, target in ((top, left), (top, right), (left, bottom), (right, bottom)):
        link(claim, target, "depends_on")

    assert Link.objects.count() == 4


def test_the_way_is_looked_along_level_by_level():
    ends = [make_revision(make_revision(make_claim())) for _number in range(5)]
    new = [make_claim(speaker=each.speaker) for each in ends]

    found = queries(lambda: curation.link(writes(list(zip(new, ends, strict=True))), actor=ACTOR))

    # Each with everything; and one for each of the three levels.
    assert found["select link"] == 1 + 3


def test_claims_that_contradict_each_other_are_not_looked_along():
    first, second = claims(2)

    found = queries(lambda: curation.link(writes([(first, second)], "contradicts"), actor=ACTOR))

    assert found["select link"] == 1 + 0


def test_a_way_that_is_too_long_to_look_along_is_refused(monkeypatch):
    monkeypatch.setattr(link_order, "MAX_STEPS", 2)
    first = make_claim()
    second = make_revision(first)
    third = make_revision(second)

    assert refused([(make_claim(speaker=first.speaker), third)]) == [0]
