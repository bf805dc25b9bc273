import pytest

from claims import curation
from claims.models import Appearance, Change, Claim, ClaimDocument, Evidence
from tests.factories import (
    ACTOR,
    add_evidence,
    edit,
    make_claim,
    make_collection,
    make_source,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Claim, Appearance, Evidence, Change, ClaimDocument)
    ]


def test_a_claim_written_as_it_is_writes_nothing():
    topic, collection, source = make_topic(), make_collection(), make_source()
    claim = make_claim(
        topics=[topic], collections=[collection], quantity="approx 3600 people", source=source
    )
    evidence = add_evidence(claim, dated="2020-05", observed="eq 3500 people")
    edit(claim, appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": source})])
    appearance = claim.appearances.get()
    before = everything()

    written = edit(
        claim,
        values={
            "statement": claim.statement,
            "said_on": "2020-01-15",
            "due": "2020",
            "quantity": "approx 3600 people",
            "source": source,
            "on_behalf_of": None,
            "quote": "",
        },
        topics=[topic],
        collections=[collection],
        appearances=[curation.RowWrite(row=appearance, values={"said_on": "2020-02"})],
        evidence=[curation.RowWrite(row=evidence, values={"dated": "2020-05", "kind": "report"})],
    )

    assert written.fate == curation.Fate.UNCHANGED
    assert written.claim == claim
    assert everything() == before


def test_a_speaker_written_as_it_is_writes_nothing():
    party = make_speaker(kind="organisation")
    speaker = make_speaker(aliases=["S. One"], organisation=party)
    number = Change.objects.latest("number").number

    ((row, fate),) = curation.write_reference(
        [
            curation.ReferenceWrite(
                model=type(speaker),
                row=speaker,
                revision=1,
                values={"slug": speaker.slug, "aliases": ["S. One"], "organisation": party},
            )
        ],
        actor=ACTOR,
    )

    assert fate == curation.Fate.UNCHANGED
    assert row.revision == 1
    assert Change.objects.latest("number").number == number


def test_rows_are_compared_as_they_stand_and_not_as_the_caller_holds_them():
    """A form has put the new values on its row before it asks for them to be written."""
    claim = make_claim()
    evidence = add_evidence(claim)
    evidence.summary = "It was opened in May."

    edit(
        claim,
        evidence=[curation.RowWrite(row=evidence, values={"summary": "It was opened in May."})],
    )

    assert Evidence.objects.get().summary == "It was opened in May."
    assert Change.objects.latest("number").operation == "evidence"
