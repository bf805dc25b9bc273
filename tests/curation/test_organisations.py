import json

import pytest

from claims import curation
from claims.models import Change
from tests.factories import make_speaker, rename

pytestmark = pytest.mark.django_db


def refused_fields(call):
    with pytest.raises(curation.BatchRefused) as refused:
        call()
    return sorted(refused.value.error_dict)


def test_a_speaker_belongs_to_an_organisation():
    party = make_speaker(kind="organisation")

    speaker = rename(make_speaker(), organisation=party)

    entry = Change.objects.latest("number")
    assert (entry.key, entry.fields_changed) == (speaker.slug, ["organisation"])
    assert json.loads(entry.record)["organisation"] == party.slug


def test_a_speaker_does_not_belong_to_a_person():
    person = make_speaker()

    assert refused_fields(lambda: make_speaker(organisation=person)) == ["organisation"]


def test_an_organisation_does_not_belong_to_itself():
    party = make_speaker(kind="organisation")

    assert refused_fields(lambda: rename(party, organisation=party)) == ["organisation"]


def test_an_organisation_with_members_does_not_become_a_person():
    party = make_speaker(kind="organisation")
    make_speaker(organisation=party)

    assert refused_fields(lambda: rename(party, kind="person")) == ["kind"]
