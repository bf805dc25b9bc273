import pytest
from django.core.exceptions import ValidationError

from claims import curation
from claims.models import Change, Claim, Source
from tests.factories import (
    ACTOR,
    add_evidence,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
)

pytestmark = pytest.mark.django_db


def drafted(**values):
    return curation.ClaimWrite(
        values={
            "statement": "It will rain.",
            "kind": "prediction",
            "speaker": make_speaker(),
            "said_on": "2020",
        }
        | values
    )


def faults(refused):
    """Field names by position in the batch."""
    return {position: sorted(error.error_dict) for position, error in refused.value.by_item.items()}


def test_a_batch_is_written_whole_or_not_at_all_and_says_what_is_wrong_with_each():
    good, bad, worse = drafted(), drafted(kind="hope"), drafted(statement="", due="2020-13")

    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_claims([good, bad, worse], actor=ACTOR)

    assert faults(refused) == {1: ["kind"], 2: ["due", "statement"]}
    assert not Claim.objects.exists()


def test_the_error_of_a_batch_of_one_is_by_field():
    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_claims([drafted(kind="hope")], actor=ACTOR)

    assert list(refused.value.message_dict) == ["kind"]


def test_publishing_is_whole_or_not_at_all():
    ready, lacking = make_draft(), make_draft(source=None)

    with pytest.raises(curation.BatchRefused) as refused:
        curation.publish(
            [curation.StateChange(claim=each, revision=1) for each in (ready, lacking)],
            actor=ACTOR,
        )

    assert faults(refused) == {1: ["source"]}
    assert not Claim.objects.published().exists()


def test_verdicts_are_whole_or_not_at_all():
    first, second = make_claim(), make_claim()
    evidence = [add_evidence(first), add_evidence(second)]
    number = Change.objects.latest("number").number

    with pytest.raises(curation.BatchRefused) as refused:
        curation.assess(
            [
                curation.AssessmentWrite(
                    claim=claim,
                    revision=claim.revision,
                    words_revision=1,
                    values={"outcome": outcome, "rationale": "It says so."},
                    evidence=[each],
                )
                for claim, outcome, each in zip(
                    (first, second), ("borne_out", "void"), evidence, strict=True
                )
            ],
            actor=ACTOR,
        )

    assert faults(refused) == {1: ["outcome"]}
    assert Change.objects.latest("number").number == number


def test_sources_are_whole_or_not_at_all():
    values = {"slug": "good", "publisher": "The Daily", "title": "Report"}

    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_reference(
            [
                curation.ReferenceWrite(model=Source, values=values),
                curation.ReferenceWrite(model=Source, values=values | {"slug": "not a slug"}),
            ],
            actor=ACTOR,
        )

    assert faults(refused) == {1: ["slug"]}
    assert not Source.objects.exists()


def test_one_stale_claim_refuses_the_batch():
    fresh, stale = make_claim(), make_claim()
    writes = [
        curation.ClaimWrite(claim=fresh, revision=fresh.revision, values={"quote": "Yes."}),
        curation.ClaimWrite(claim=stale, revision=1, values={"quote": "No."}),
    ]

    with pytest.raises(curation.BatchRefused) as refused:
        curation.write_claims(writes, actor=ACTOR)

    assert list(refused.value.by_item) == [1]
    assert not Claim.objects.exclude(quote="").exists()


def test_a_batch_names_each_claim_once():
    claim = make_claim()
    write = curation.ClaimWrite(claim=claim, revision=claim.revision, values={"quote": "Twice."})

    with pytest.raises(ValidationError, match="once"):
        curation.write_claims([write, write], actor=ACTOR)


def test_entries_of_a_batch_come_in_its_order():
    older, newer = make_claim(said_on="2019", source=make_source()), make_claim(said_on="2020")
    for batch in ([older, newer], [newer, older]):
        for claim in batch:
            claim.refresh_from_db()

        curation.retract(
            [
                curation.StateChange(claim=each, revision=each.revision, reason="Both wrong")
                for each in batch
            ],
            actor=ACTOR,
        )

        last_two = Change.objects.order_by("-number")[:2]
        assert [entry.key for entry in last_two] == [str(each.uid) for each in reversed(batch)]
        for claim in batch:
            claim.refresh_from_db()
        curation.publish(
            [
                curation.StateChange(claim=each, revision=each.revision, reason="Both right")
                for each in batch
            ],
            actor=ACTOR,
        )
