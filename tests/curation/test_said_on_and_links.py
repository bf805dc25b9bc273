"""An edit of when it was said leaves what it revises before it, and what revises it after."""

import pytest

from claims import curation
from tests.curation.test_query_counts import queries
from tests.factories import ACTOR, edit, link, make_claim, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return make_claim(said_on="2020-03-01", due="2030", due_mode="by", due_basis="stated")


@pytest.fixture
def second(first):
    dated = {"due": "2031", "due_mode": "by", "due_basis": "stated"}
    return make_revision(first, said_on="2020-06-01", **dated)


def fault(claim, said_on):
    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, values={"said_on": said_on})
    claim.refresh_from_db()
    assert str(claim.said_on) != said_on
    assert list(refused.value.message_dict) == ["said_on"]
    return refused.value.message_dict["said_on"][0]


def test_a_revision_does_not_come_to_be_said_before_what_it_revises(second):
    assert "revises" in (message := fault(second, "2020-02-28"))
    assert "2020-03-01" in message


def test_a_claim_does_not_come_to_be_said_after_what_revises_it(first, second):
    assert "2020-06-01" in fault(first, "2020-06-02")


def test_a_date_that_may_still_be_before_is_taken(first, second):
    edit(first, values={"said_on": "2020-06"})
    edit(second, values={"said_on": "2020-05~"})


@pytest.mark.parametrize("link_type", ["repeats", "withdraws"])
def test_so_it_is_with_what_is_repeated_or_withdrawn(link_type):
    target = make_claim(said_on="2020-03-01")
    claim = make_claim(said_on="2020-06-01")
    link(claim, target, link_type)

    assert fault(claim, "2020-02-28")
    assert fault(target, "2020-06-02")


def test_other_links_take_any_date():
    claim = make_claim(said_on="2020-06-01")
    link(claim, make_claim(said_on="2020-03-01"), "depends_on")

    edit(claim, values={"said_on": "2020-01-01"})


def test_both_move_together_in_one_call(first, second):
    def writes(first_day, second_day):
        for claim in (first, second):
            claim.refresh_from_db()
        return [
            curation.ClaimWrite(claim=claim, revision=claim.revision, values={"said_on": day})
            for claim, day in ((first, first_day), (second, second_day))
        ]

    curation.write_claims(writes("2021-03-01", "2021-06-01"), actor=ACTOR)
    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_claims(writes("2022-06-01", "2022-03-01"), actor=ACTOR)

    assert sorted(refused.value.by_item) == [0, 1]
    first.refresh_from_db()
    assert str(first.said_on) == "2021-03-01"


def test_links_are_looked_at_only_where_the_date_moves(first, second):
    def reads_of_links(claim, **values):
        claim.refresh_from_db()
        write = curation.ClaimWrite(claim=claim, revision=claim.revision, values=values)
        return queries(lambda: curation.write_claims([write], actor=ACTOR))["select link"]

    assert reads_of_links(first, quote="Open.") == 1 + 0  # with everything
    assert reads_of_links(first, said_on="2020-03-02") == 1 + 1
