import json

import pytest

from claims.documents import record
from claims.models import Change, Claim
from tests.factories import add_evidence, assess, make_claim, make_draft, make_topic

pytestmark = pytest.mark.django_db


def test_the_rows_of_a_record_come_in_one_order_on_either_engine():
    claim = make_claim(topics=[make_topic(slug="zebras"), make_topic(slug="apples")])
    undated = add_evidence(claim, summary="Undated")
    later = add_evidence(claim, dated="2020-06")
    earlier = add_evidence(claim, dated="2020-03")
    open_start = add_evidence(claim, dated="../2020-02")
    assess(claim, "borne_out", evidence=[undated, later, earlier])

    facts = record(Claim.objects.with_everything().get())

    assert [each["uid"] for each in facts["evidence"]] == [
        str(each.uid) for each in (earlier, later, undated, open_start)
    ]
    assert facts["assessments"][0]["evidence"] == [
        str(each.uid) for each in (earlier, later, undated)
    ]
    assert facts["topics"] == ["apples", "zebras"]


def test_a_record_names_other_rows_by_slug_or_uid_alone():
    claim = make_claim()

    text = Change.objects.get(operation="publish").record

    facts = json.loads(text)
    assert (facts["speaker"], facts["source"]) == (claim.speaker.slug, claim.source.slug)
    assert claim.speaker.name not in text
    assert claim.source.title not in text


def test_making_a_record_takes_no_query(django_assert_num_queries):
    assess(make_claim(), "borne_out")
    make_draft(source=None)
    claims = list(Claim.objects.with_everything())

    with django_assert_num_queries(0):
        for claim in claims:
            record(claim)
