"""One instance of each serializer renders every text; a fresh one for each would say the same."""

import json

import pytest

from claims.documents import ClaimSerializer, Names, TimelineSerializer, record, render, texts
from claims.models import Claim
from tests.factories import assess, make_claim, make_collection, make_topic

pytestmark = pytest.mark.django_db


def test_shared_and_fresh_serializers_agree(monkeypatch):
    assess(make_claim(), "borne_out_late", headline="Late", happened_on="2021")
    make_claim(
        kind="assertion",
        refers_to="2019",
        quantity="between 10 20 percent decrease on 1990",
        topics=[make_topic()],
        collections=[make_collection()],
    )
    records = [record(claim) for claim in Claim.objects.with_everything()]
    names = Names.of(records)
    shared = [render(each, names) for each in records]

    fresh = []
    for each in records:
        monkeypatch.setattr(texts, "CLAIM", ClaimSerializer())
        monkeypatch.setattr(texts, "TIMELINE", TimelineSerializer())
        fresh.append(render(each, names))

    assert fresh == shared


def test_a_text_holds_every_field_of_its_serializer_and_no_other():
    document = make_claim().document

    assert list(json.loads(document.summary)) == list(ClaimSerializer().fields)
    assert list(json.loads(document.timeline)) == list(TimelineSerializer().fields)


def test_letters_of_every_script_stand_as_themselves():
    assert "道 ż 🛠" in make_claim(statement="道 ż 🛠").document.summary
