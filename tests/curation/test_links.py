import json

import pytest

from claims import curation
from claims.models import Change, Claim, Link
from tests.factories import ACTOR, link, make_claim, make_draft, make_speaker, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two claims of one speaker."""
    speaker = make_speaker()
    return make_claim(speaker=speaker), make_claim(speaker=speaker)


def faults(claim, target, link_type="revises"):
    with pytest.raises(curation.BatchRefused) as refused:
        link(claim, target, link_type)
    assert not Link.objects.filter(claim=claim, target=target, type=link_type).count() > 1
    return sorted(refused.value.error_dict)


def test_a_link_is_an_entry_of_the_claim_that_makes_it(pair):
    claim, target = pair
    revision = claim.revision

    made = link(claim, target)

    entry = Change.objects.latest("number")
    assert (entry.operation, entry.key, entry.fields_changed) == (
        "link",
        str(claim.uid),
        ["links"],
    )
    assert json.loads(entry.record)["links"] == [
        {"uid": str(made.uid), "type": "revises", "claim": str(target.uid)}
    ]
    assert (claim.revision, claim.words_revision) == (revision + 1, 1)
    assert Claim.objects.get(pk=target.pk).revision == target.revision


def test_a_link_is_taken_away_again(pair):
    claim, target = pair
    made = link(claim, target)

    curation.unlink([made], [claim.revision], actor=ACTOR)

    assert not Link.objects.exists()
    assert json.loads(Change.objects.latest("number").record)["links"] == []
    assert json.loads(Claim.objects.get(pk=claim.pk).document.summary)["links"] == []


def test_two_claims_may_be_linked_in_two_ways():
    claim, target = make_claim(), make_claim()

    link(claim, target, "repeats")
    link(claim, target, "contradicts")

    assert claim.links.count() == 2


def test_a_link_is_made_once(pair):
    claim, target = pair
    link(claim, target)

    assert faults(claim, target) == ["target"]


def test_a_claim_is_not_linked_to_itself():
    claim = make_claim()

    assert faults(claim, claim) == ["target"]


def test_nobody_learns_of_a_draft_through_a_link():
    assert faults(make_claim(), make_draft()) == ["target"]


def test_a_link_has_a_type_of_ours():
    assert faults(make_claim(), make_claim(), "resembles") == ["type"]


def test_a_claim_that_left_the_public_makes_no_link(pair):
    claim, target = pair
    move(curation.retract, claim, "It was another person.")

    assert faults(claim, target) == ["claim"]


def test_a_claim_that_left_the_public_keeps_its_links(pair):
    claim, target = pair
    made = link(claim, target)
    move(curation.retract, claim, "It was another person.")

    with pytest.raises(curation.BatchRefused) as refused:
        curation.unlink([made], [claim.revision], actor=ACTOR)

    assert list(refused.value.error_dict) == ["claim"]
    assert Link.objects.get() == made


def test_the_target_of_a_link_may_be_gone():
    claim, draft = make_claim(), make_draft()
    curation.delete_drafts([Claim.objects.get(pk=draft.pk)])

    assert faults(claim, draft) == ["target"]


def test_a_link_of_a_draft_is_public_when_the_draft_is():
    draft, target = make_draft(), make_claim()
    link(draft, target, "depends_on")

    claim = move(curation.publish, draft)

    (shown,) = json.loads(claim.document.summary)["links"]
    assert shown == {"type": "depends_on", "claim": str(target.uid)}
