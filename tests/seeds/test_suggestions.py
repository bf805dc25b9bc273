"""What the adviser makes of the seeds, beside what was recorded."""

import pytest

from claims.adviser import ClaimFacts, advise, observations_of
from claims.models import Claim, today


@pytest.fixture
def suggestions(seeds):
    return {
        claim.external_id.rpartition("/")[2]: (
            claim,
            advise(ClaimFacts.of(claim), observations_of(claim.evidence.all()), today()),
        )
        for claim in Claim.objects.prefetch_related("evidence")
    }


def test_none_is_certain_of_another_outcome_than_the_editors(suggestions):
    for name, (claim, suggestion) in suggestions.items():
        assert suggestion.certainty != "certain" or suggestion.outcome == claim.outcome, name


def test_of_the_legal_work_it_sees_just_what_the_editors_had_to_settle(suggestions):
    """Was adopting the text in December enough, or was it signing it in September?"""
    claim, suggestion = suggestions["s01"]

    dates = {
        str(each.dated) for each in claim.evidence.all() if str(each.uid) in suggestion.conflicting
    }

    assert suggestion.outcome is None
    assert suggestion.ask_first == "Which of these shows that it was met?"
    assert dates == {"2020-12-01", "2020-12-02", "2021-09-16"}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("s02", "not_borne_out"),
        ("s10", "borne_out"),
        ("s11", "borne_out"),
        ("s13", "not_borne_out"),
    ],
)
def test_where_something_is_for_the_time_it_proposes(suggestions, name, outcome):
    _claim, suggestion = suggestions[name]

    assert (suggestion.outcome, suggestion.certainty) == (outcome, "likely")


def test_evidence_of_other_times_leaves_the_rest_open(suggestions):
    for name in suggestions.keys() - {"s02", "s10", "s11", "s13"}:
        assert suggestions[name][1].certainty == "cannot_tell", name
