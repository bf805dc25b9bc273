"""What an assessment may not be: each fault by the field that shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.models import Assessment
from tests.factories import ACTOR, add_evidence, assess, edit, make_claim, make_draft, move

pytestmark = pytest.mark.django_db

VERDICT = {"outcome": "borne_out", "rationale": "The report says so."}
UPDATE = {"progress": "in_progress", "rationale": "The report says so."}
BY_2020 = {"due": "2020", "due_mode": "by", "due_basis": "stated"}


def faults(claim, values: dict[str, Any], **write: Any) -> list[str]:
    """The fields at fault; that nothing was written is a matter of course."""
    if "evidence" not in write:
        write["evidence"] = [add_evidence(claim)]
    claim.refresh_from_db()
    before = Assessment.objects.count()
    seen = {"revision": claim.revision, "words_revision": claim.words_revision} | write
    with pytest.raises(curation.BatchRefused) as refused:
        curation.assess([curation.AssessmentWrite(claim=claim, values=values, **seen)], actor=ACTOR)
    assert Assessment.objects.count() == before
    return sorted(refused.value.error_dict)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rationale": "Nothing is said."}, "outcome"),
        (VERDICT | {"rationale": ""}, "rationale"),
        (VERDICT | {"rationale": " \n"}, "rationale"),
        (UPDATE | {"rationale": ""}, "rationale"),
        (VERDICT | {"outcome": "kept"}, "outcome"),
        (VERDICT | {"progress": "lost"}, "progress"),
        (VERDICT | {"outcome": "void"}, "outcome"),
        (VERDICT | {"reason": "delayed"}, "reason"),
        (VERDICT | {"outcome": "not_borne_out", "reason": "vague"}, "reason"),
        (VERDICT | {"outcome": "unverifiable", "reason": "delayed"}, "reason"),
        (UPDATE | {"progress": "dropped"}, "outcome"),
        (UPDATE | {"reopens": True}, "reopens"),
        (VERDICT | {"cause": "development"}, "cause"),
        (VERDICT | {"cause": "reaffirmation"}, "cause"),
        (VERDICT | {"headline": "x" * 81}, "headline"),
        (VERDICT | {"happened_on": "2020-02-30"}, "happened_on"),
        (VERDICT | {"status": "borne_out"}, "status"),
        (VERDICT | {"decided_by": "somebody else"}, "decided_by"),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(map(str, value.values())),
)
def test_a_first_assessment(values, field):
    assert faults(make_claim(), values) == [field]


@pytest.mark.parametrize("mode", ["at", "throughout"])
def test_only_what_was_due_by_a_date_is_late(mode):
    claim = make_claim(due="2020", due_mode=mode, due_basis="stated")

    assert faults(claim, VERDICT | {"outcome": "borne_out_late"}) == ["outcome"]


def test_what_has_no_date_is_not_late():
    claim = make_claim(kind="promise")

    assert faults(claim, VERDICT | {"outcome": "borne_out_late"}) == ["outcome"]


@pytest.mark.parametrize("outcome", ["borne_out_late", "void"])
def test_an_assertion_is_neither_late_nor_void(outcome):
    claim = make_claim(kind="assertion", condition="If it rains")

    assert faults(claim, VERDICT | {"outcome": outcome}) == ["outcome"]


@pytest.mark.parametrize("kind", ["prediction", "assertion"])
def test_only_a_promise_has_progress(kind):
    assert faults(make_claim(kind=kind), UPDATE) == ["progress"]


def test_a_condition_that_never_arose_is_void():
    claim = make_claim(condition="If the money comes")

    assert assess(claim, "void").outcome == "void"


def test_it_rests_on_evidence():
    assert faults(make_claim(), VERDICT, evidence=[]) == ["evidence"]


def test_it_rests_on_evidence_of_the_claim_itself():
    assert faults(make_claim(), VERDICT, evidence=[add_evidence(make_claim())]) == ["evidence"]


def test_it_does_not_rest_on_evidence_that_is_gone():
    claim = make_claim()
    evidence = add_evidence(claim)
    edit(claim, evidence=[curation.RowWrite(row=evidence, remove=True)])

    assert faults(claim, VERDICT, evidence=[evidence]) == ["evidence"]


def test_evidence_named_twice_is_cited_once():
    claim = make_claim()
    evidence = add_evidence(claim)

    assessment = assess(claim, "borne_out", evidence=[evidence, evidence])

    assert list(assessment.evidence.all()) == [evidence]


def test_a_verdict_may_rest_on_a_search_that_found_nothing_but_an_update_may_not():
    claim = make_claim()
    search = add_evidence(claim, kind="search", summary="The gazette of 2020: nothing.")

    assert faults(claim, UPDATE, evidence=[search]) == ["evidence"]
    assert assess(claim, "not_borne_out", evidence=[search]).outcome == "not_borne_out"


@pytest.mark.parametrize("state", ["draft", "in_review", "retracted"])
def test_only_a_published_claim_is_assessed(state):
    claim = make_claim() if state == "retracted" else make_draft()
    evidence = [add_evidence(claim)]
    if state == "in_review":
        move(curation.submit_for_review, claim)
    if state == "retracted":
        move(curation.retract, claim, "It was another person.")

    assert faults(claim, VERDICT, evidence=evidence) == ["claim"]


def test_it_says_which_words_it_judges():
    assert faults(make_claim(), VERDICT, words_revision=None) == ["words_revision"]


def test_it_judges_the_words_as_they_are():
    claim = make_claim()
    edit(claim, values={"statement": "The road will be open in 2021."})

    assert faults(claim, VERDICT, words_revision=1) == ["words_revision"]


def test_the_cause_of_the_first_is_that_it_is_the_first():
    assert assess(make_claim(), "borne_out").cause == "first"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (VERDICT | {"outcome": "not_borne_out"}, "cause"),
        (VERDICT | {"outcome": "not_borne_out", "cause": "first"}, "cause"),
        (VERDICT | {"outcome": "not_borne_out", "cause": "correction"}, "corrects"),
        (VERDICT | {"cause": "development"}, "outcome"),
        (VERDICT | {"cause": "method"}, "outcome"),
        (VERDICT | {"outcome": "not_borne_out", "cause": "reaffirmation"}, "cause"),
        (UPDATE | {"cause": "reaffirmation"}, "cause"),
        (VERDICT | {"cause": "development", "reopens": True, **UPDATE}, "reopens"),
        (
            UPDATE | {"progress": "dropped", "cause": "development", "reopens": True},
            "outcome",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(map(str, value.values())),
)
def test_a_further_assessment(values, field):
    claim = make_claim()
    assess(claim, "borne_out")

    assert field in faults(claim, values)


def test_only_a_correction_corrects():
    claim = make_claim()
    first = assess(claim, "borne_out")
    values = VERDICT | {"outcome": "not_borne_out", "cause": "development", "corrects": first}

    assert faults(claim, values) == ["corrects"]


def test_an_assessment_of_another_claim_is_not_corrected():
    claim, other = make_claim(), make_claim()
    assess(claim, "borne_out")
    values = VERDICT | {"cause": "correction", "corrects": assess(other, "borne_out")}

    assert faults(claim, values) == ["corrects"]


def test_words_that_were_edited_since_are_judged_anew_with_the_same_outcome():
    claim = make_claim()
    assess(claim, "borne_out")
    edit(claim, values={"statement": "The road will be open in 2021."})

    assert assess(claim, "borne_out", cause="reaffirmation").words_revision == 2


def test_an_outcome_that_was_reopened_may_be_given_again():
    claim = make_claim()
    assess(claim, "borne_out")
    assess(claim, progress="in_progress", cause="development", reopens=True)

    assert assess(claim, "borne_out", cause="development").outcome == "borne_out"


def test_a_batch_assesses_each_claim_once():
    claim = make_claim()
    evidence = add_evidence(claim)
    write = curation.AssessmentWrite(
        claim=claim,
        revision=claim.revision,
        words_revision=1,
        values=VERDICT,
        evidence=[evidence],
    )

    with pytest.raises(ValidationError, match="once"):
        curation.assess([write, write], actor=ACTOR)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "assertion", "due": None, "due_mode": "", "due_basis": ""}, "kind"),
        ({"due_mode": "at"}, "due_mode"),
    ],
)
def test_an_edit_leaves_the_ground_under_a_late_outcome(values, field):
    claim = make_claim(**BY_2020)
    assess(claim, "borne_out_late")

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, values=values)

    assert list(refused.value.error_dict) == [field]


def test_an_edit_leaves_the_condition_that_never_arose():
    claim = make_claim(condition="If the money comes")
    assess(claim, "void")

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, values={"condition": ""})

    assert list(refused.value.error_dict) == ["condition"]


def test_what_has_progress_stays_a_promise():
    claim = make_claim()
    assess(claim, progress="in_progress")

    with pytest.raises(curation.BatchRefused) as refused:
        edit(claim, values={"kind": "prediction"})

    assert list(refused.value.error_dict) == ["kind"]
