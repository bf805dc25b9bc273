"""Two editors of one claim: the second is refused by the UPDATE itself, and nothing is written."""

import pytest

from claims import curation
from claims.models import (
    Appearance,
    Assessment,
    Change,
    Claim,
    ClaimDocument,
    Evidence,
    Link,
    Speaker,
)
from tests.factories import (
    ACTOR,
    add_evidence,
    edit,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
    rename,
)

pytestmark = pytest.mark.django_db


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            Claim,
            Claim.topics.through,
            Appearance,
            Assessment,
            Evidence,
            Link,
            Speaker,
            Change,
            ClaimDocument,
        )
    ]


def refuse(call, writes):
    before = everything()
    with pytest.raises(curation.BatchRefused) as refused:
        call(writes, actor=ACTOR)
    assert isinstance(refused.value.by_item[0], curation.StaleRevision)
    assert everything() == before


@pytest.fixture
def claim():
    """Edited since it was seen, at its revision before last."""
    claim = make_claim()
    add_evidence(claim)
    seen = claim.revision
    edit(claim, values={"quote": "Meanwhile."})
    claim.revision = seen
    return claim


@pytest.mark.parametrize("seen", [None, 0, 1, 99])
def test_no_other_revision_will_do(claim, seen):
    write = curation.ClaimWrite(claim=claim, revision=seen, values={"statement": "Late."})

    refuse(curation.write_claims, [write])


def test_an_edit_with_all_that_comes_along(claim):
    write = curation.ClaimWrite(
        claim=claim,
        revision=claim.revision,
        values={"statement": "Too late."},
        topics=[make_topic()],
        appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": make_source()})],
        evidence=[curation.RowWrite(row=claim.evidence.get(), remove=True)],
    )

    refuse(curation.write_claims, [write])


def test_an_edit_of_rows_alone(claim):
    row = curation.RowWrite(values={"said_on": "2020-02", "source": make_source()})

    refuse(
        curation.write_claims,
        [curation.ClaimWrite(claim=claim, revision=claim.revision, appearances=[row])],
    )


def test_a_verdict(claim):
    claim.refresh_from_db(fields=["words_revision"])
    write = curation.AssessmentWrite(
        claim=claim,
        revision=claim.revision,
        words_revision=claim.words_revision,
        values={"outcome": "borne_out", "rationale": "It says so."},
        evidence=list(claim.evidence.all()),
    )

    refuse(curation.assess, [write])


def test_a_retraction(claim):
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="Wrong person")

    refuse(curation.retract, [change])


def test_a_link(claim):
    write = curation.LinkWrite(
        claim=claim, revision=claim.revision, type="repeats", target=make_claim()
    )

    refuse(curation.link, [write])


def test_a_link_taken_away(claim):
    current = Claim.objects.get(pk=claim.pk).revision
    (link,) = curation.link(
        [curation.LinkWrite(claim=claim, revision=current, type="repeats", target=make_claim())],
        actor=ACTOR,
    )

    refuse(lambda links, actor: curation.unlink(links, [current], actor=actor), [link])


def test_a_speaker():
    speaker = make_speaker()
    rename(speaker, name="Meanwhile")
    write = curation.ReferenceWrite(
        model=Speaker, row=speaker, revision=1, values={"name": "Too late"}
    )

    refuse(curation.write_reference, [write])


def test_a_claim_that_somebody_threw_away():
    draft = make_draft()
    curation.delete_drafts([Claim.objects.get()])
    write = curation.ClaimWrite(claim=draft, revision=1, values={"statement": "Too late."})

    with pytest.raises(curation.StaleRevision):
        curation.write_claims([write], actor=ACTOR)
