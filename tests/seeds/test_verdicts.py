"""The seeds' verdicts rest on what they cite, and hide nothing."""

from claims.models import Assessment, Claim, Evidence
from claims.quantities import Met


def verdicts():
    return Assessment.objects.exclude(outcome="").select_related("claim")


def test_every_verdict_has_a_headline_a_rationale_and_a_page_to_show(seeds):
    assert verdicts().count() == Claim.objects.closed().count() == 8
    for verdict in verdicts():
        assert verdict.headline
        assert len(verdict.rationale) > 50
        assert verdict.evidence.exclude(source=None).exists(), verdict.headline


def test_evidence_belongs_to_the_claim_it_is_cited_for(seeds):
    for assessment in Assessment.objects.all():
        assert {each.claim for each in assessment.evidence.all()} == {assessment.claim}


def test_what_speaks_against_a_claim_is_cited_by_its_verdict(seeds):
    against = Evidence.objects.filter(stance="contradicts").exclude(claim__outcome="")
    assert len(against) > 0
    for evidence in against:
        assert evidence in evidence.claim.verdict.evidence.all(), evidence.summary


def test_no_figure_that_supports_an_accurate_claim_falls_short_of_it(seeds):
    figures = [
        (verdict.claim.quantity, evidence.observed)
        for verdict in verdicts().filter(outcome="borne_out", claim__quantity__isnull=False)
        for evidence in verdict.evidence.filter(stance="supports", observed__isnull=False)
    ]
    answers = [said.compare(observed) for said, observed in figures]
    assert Met.MET in answers
    assert Met.NOT_MET not in answers


def test_a_claim_without_a_verdict_has_nothing_that_contradicts_it(seeds):
    """Such evidence would ask for one."""
    assert not Evidence.objects.filter(stance="contradicts", claim__outcome="").exists()
