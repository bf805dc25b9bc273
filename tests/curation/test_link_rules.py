"""What a claim may revise, repeat and withdraw: what its speaker, or another, had said before."""

import pytest

from claims import curation
from tests.factories import link, make_claim, make_draft, make_revision, make_speaker


def fault(claim, target, link_type="revises"):
    with pytest.raises(curation.BatchRefused) as refused:
        link(claim, target, link_type)
    assert not claim.links.filter(target=target, type=link_type).exists()
    assert list(refused.value.message_dict) == ["target"]
    return refused.value.message_dict["target"][0]


pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker():
    return make_speaker()


@pytest.fixture
def said(speaker):
    """A claim of that speaker, said on the day given."""

    def make(said_on="2020-01-15", **values):
        return make_claim(
            **{"speaker": speaker, "said_on": said_on, "due": "2030"}
            | {"due_mode": "by", "due_basis": "stated"}
            | values
        )

    return make


def test_a_claim_revises_at_most_one_other(said):
    first, other, claim = said(), said(), said()
    link(claim, first)

    assert str(first.uid) in fault(claim, other)


def test_a_draft_revises_at_most_one_other_too(said, speaker):
    first, other, draft = said(), said(), make_draft(speaker=speaker)
    link(draft, first)

    assert str(first.uid) in fault(draft, other)


def test_a_claim_is_revised_by_as_many_as_like(said):
    first = said()

    link(said(), first)
    link(said(), first)

    assert first.linked_from.count() == 2


def test_a_claim_may_depend_on_several(said):
    claim = said()

    link(claim, said(), "depends_on")
    link(claim, said(), "depends_on")

    assert claim.links.count() == 2


@pytest.mark.parametrize("link_type", ["revises", "withdraws"])
def test_what_was_said_later_is_not_what_was_revised_or_withdrawn(said, link_type):
    message = fault(said("2020-01-15"), said("2020-01-16"), link_type)

    assert "2020-01-16" in message
    assert "2020-01-15" in message


def test_what_was_said_later_is_not_what_was_repeated(said):
    assert "2021" in fault(said("2020"), said("2021", speaker=make_speaker()), "repeats")


@pytest.mark.parametrize(
    ("said_on", "target_said_on"),
    [
        ("2020-01-15", "2020-01-15"),
        ("2020-01-15", "2020"),
        ("2020-01", "2020-02~"),
        ("2020?", "2021"),
        ("2020/2021", "2021-06"),
    ],
)
def test_what_may_have_been_said_before_may_be_revised(said, said_on, target_said_on):
    link(said(said_on), said(target_said_on))


@pytest.mark.parametrize("link_type", ["depends_on", "part_of", "contradicts"])
def test_the_others_may_be_of_what_was_said_later(said, link_type):
    link(said("2020"), said("2021"), link_type)


def test_a_claim_revises_what_the_same_speaker_said(said):
    assert "another speaker's" in fault(said(), said(speaker=make_speaker()))


def test_a_claim_revises_what_was_said_for_the_same_organisation(said):
    ministry = make_speaker(kind="organisation")
    first = said(on_behalf_of=ministry)

    link(said(speaker=make_speaker(), on_behalf_of=ministry), first)
    link(said(speaker=ministry), first)


def test_a_claim_revises_what_the_speakers_organisation_said(said):
    ministry = make_speaker(kind="organisation")
    minister = make_speaker(organisation=ministry)

    link(said(speaker=minister), said(speaker=ministry))


def test_nobody_repeats_themselves(said):
    assert "said again" in fault(said(), said(), "repeats")


def test_another_speaker_repeats_a_claim(said):
    link(said(speaker=make_speaker()), said(), "repeats")


def test_a_spokesman_may_repeat_for_one_what_they_said_for_another(said):
    link(said(on_behalf_of=make_speaker(kind="organisation")), said(), "repeats")


def test_a_chain_has_one_beginning():
    first = make_claim()
    last = make_revision(make_revision(first))

    assert "revises" in fault(first, last)
