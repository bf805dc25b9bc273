"""Context, other desks, the speaker's own words, and a condition that stands unanswered."""

import pytest

from claims.adviser import observations_of
from claims.models import Evidence
from tests.adviser.claims import CANNOT_TELL, answer, ask, assertion, figure, promise, seen

VOICES = ["fact_check", "response", "retraction"]


@pytest.mark.parametrize("kind", VOICES)
def test_what_others_say_of_it_neither_decides_nor_is_silence(kind):
    voice = seen("supports", "2020-06-01", kind=kind)

    suggestion = ask(promise(), voice)

    assert (suggestion.outcome, suggestion.certainty) == CANNOT_TELL
    assert "does not decide" in " ".join(suggestion.reasons)
    assert answer(assertion(), voice) == CANNOT_TELL


@pytest.mark.parametrize("kind", VOICES)
def test_where_they_say_what_silence_says_it_is_still_only_silence(kind):
    suggestion = ask(promise(), seen("contradicts", "2020-06-01", kind=kind))

    assert (suggestion.outcome, suggestion.certainty) == ("not_borne_out", "likely")
    assert suggestion.rests_on == ()


def test_where_they_differ_from_what_decides_it_is_said():
    voice = seen("contradicts", "2020-07-01", kind="fact_check", summary="We rate it false.")

    suggestion = ask(promise(), seen(), voice)

    assert (suggestion.outcome, suggestion.certainty) == ("borne_out", "certain")
    assert "We rate it false." in " ".join(suggestion.reasons)


def test_context_is_counted_and_no_more():
    suggestion = ask(promise(), seen("context"), seen("context"), seen())

    assert (suggestion.outcome, suggestion.certainty) == ("borne_out", "certain")
    assert suggestion.reasons[-1] == "2 pieces of context do not decide."


def test_a_figure_filed_as_context_does_not_decide_but_stands_against_silence():
    homes = promise(quantity="gte 120 homes")

    assert answer(homes, figure("eq 130 homes", "2020-06-01", "context")) == CANNOT_TELL
    assert answer(homes, figure("eq 80 homes", "2020-06-01", "context")) == (
        "not_borne_out",
        "likely",
    )


def test_nothing_is_certain_while_a_condition_stands_unanswered():
    facts = promise(condition="If the money comes.")

    suggestion = ask(facts, seen())

    assert (suggestion.outcome, suggestion.certainty) == ("borne_out", "likely")
    assert "If the money comes." in suggestion.ask_first
    assert "Condition never arose" in suggestion.ask_first


def test_a_condition_that_arose_is_no_matter_and_one_that_never_did_makes_it_void():
    facts = promise(condition="If the money comes.")

    assert answer(facts, seen(), condition_arose=True) == ("borne_out", "certain")
    assert answer(facts, seen(), condition_arose=False) == ("void", "certain")
    assert answer(promise(), seen(), condition_arose=False) == ("borne_out", "certain")


def test_an_assertion_cannot_be_void():
    facts = assertion(condition="If the count is right.")

    assert answer(facts, seen(), condition_arose=False) == CANNOT_TELL
    assert "verdict" not in ask(facts, seen()).ask_first


def test_evidence_that_has_been_replaced_is_left_out():
    old = Evidence(pk=1, kind="report", stance="supports", summary="With a wrong date.")
    new = Evidence(pk=2, kind="report", stance="supports", summary="Right.", replaces_id=1)

    assert [each.summary for each in observations_of([old, new])] == ["Right."]
