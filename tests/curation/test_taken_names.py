"""What is found once in the database is refused by name before the database has to."""

from uuid import uuid4

import pytest

from claims import curation
from claims.models import Claim, Source, Speaker
from tests.factories import (
    ACTOR,
    add_evidence,
    edit,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


def drafted(uid=None, **values):
    return curation.ClaimWrite(
        uid=uid,
        values={
            "statement": "It will rain.",
            "kind": "prediction",
            "speaker": make_speaker(),
            "said_on": "2020",
        }
        | values,
    )


def faults(call, *writes):
    """Field names by position in the batch."""
    with pytest.raises(curation.BatchRefused) as refused:
        call(writes, actor=ACTOR)
    return {position: sorted(error.error_dict) for position, error in refused.value.by_item.items()}


def test_an_external_id_that_another_claim_has():
    make_draft(external_id="A-1")

    assert faults(curation.write_claims, drafted(), drafted(external_id="A-1")) == {
        1: ["external_id"]
    }


def test_an_external_id_that_another_claim_has_on_an_edit():
    make_draft(external_id="A-1")
    claim = make_claim()
    write = curation.ClaimWrite(claim=claim, revision=claim.revision, values={"external_id": "A-1"})

    assert faults(curation.write_claims, write) == {0: ["external_id"]}


def test_an_external_id_twice_in_one_batch():
    assert faults(
        curation.write_claims, drafted(external_id="A-1"), drafted(external_id="A-1")
    ) == {1: ["external_id"]}


def test_claims_without_external_id_are_many():
    written = curation.write_claims([drafted(), drafted(external_id="")], actor=ACTOR)

    assert len(written) == 2


def test_a_claim_keeps_its_external_id():
    claim = make_claim(external_id="A-1")

    edit(claim, values={"external_id": "A-1", "quote": "Open."})

    assert Claim.objects.get().quote == "Open."


def test_a_uid_that_another_claim_has():
    assert faults(curation.write_claims, drafted(uid=make_draft().uid)) == {0: ["uid"]}


def test_a_uid_twice_in_one_batch():
    uid = uuid4()

    assert faults(curation.write_claims, drafted(uid=uid), drafted(uid=uid)) == {1: ["uid"]}


def test_a_uid_that_another_piece_of_evidence_has():
    taken = add_evidence(make_claim())
    claim = make_claim()
    row = curation.RowWrite(uid=taken.uid, values={"kind": "search", "summary": "Nothing found."})
    write = curation.ClaimWrite(claim=claim, revision=claim.revision, evidence=[row])

    assert faults(curation.write_claims, write) == {0: ["uid"]}


def test_a_uid_twice_among_the_appearances_of_a_batch():
    row = curation.RowWrite(uid=uuid4(), values={"said_on": "2020", "source": make_source()})
    writes = [
        curation.ClaimWrite(claim=claim, revision=claim.revision, appearances=[row])
        for claim in (make_claim(), make_claim())
    ]

    assert faults(curation.write_claims, *writes) == {1: ["uid"]}


def test_a_uid_that_another_assessment_has():
    uid = uuid4()

    def verdict():
        claim = make_claim()
        evidence = add_evidence(claim)
        return curation.AssessmentWrite(
            claim=claim,
            revision=claim.revision,
            words_revision=1,
            uid=uid,
            values={"outcome": "borne_out", "rationale": "It says so."},
            evidence=[evidence],
        )

    curation.assess([verdict()], actor=ACTOR)

    assert faults(curation.assess, verdict()) == {0: ["uid"]}


def test_a_uid_that_another_link_has():
    target, uid = make_claim(), uuid4()

    def link():
        claim = make_claim()
        return curation.LinkWrite(
            claim=claim, revision=claim.revision, type="repeats", target=target, uid=uid
        )

    curation.link([link()], actor=ACTOR)

    assert faults(curation.link, link()) == {0: ["uid"]}


def test_a_slug_that_another_speaker_has():
    taken = make_speaker()
    write = curation.ReferenceWrite(model=Speaker, values={"slug": taken.slug, "name": "Another"})

    assert faults(curation.write_reference, write) == {0: ["slug"]}


def test_a_slug_twice_in_one_batch():
    write = curation.ReferenceWrite(model=Speaker, values={"slug": "one", "name": "One"})

    assert faults(curation.write_reference, write, write) == {1: ["slug"]}


def test_an_address_that_another_source_has():
    taken, other = make_source(), make_source()
    write = curation.ReferenceWrite(model=Source, row=other, revision=1, values={"url": taken.url})

    assert faults(curation.write_reference, write) == {0: ["url"]}


def test_an_address_twice_in_one_batch():
    def source(slug):
        return curation.ReferenceWrite(
            model=Source,
            values={"slug": slug, "publisher": "P", "title": "T", "url": "https://a.example/"},
        )

    assert faults(curation.write_reference, source("one"), source("two")) == {1: ["url"]}


def test_sources_without_an_address_are_many():
    make_source(url="")
    make_source(url="")

    assert Source.objects.filter(url="").count() == 2


def test_a_topic_named_twice_is_named_once():
    topic = make_topic()
    claim = make_draft(topics=[topic, topic])

    assert list(claim.topics.all()) == [topic]
