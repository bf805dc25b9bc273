"""A claim with all that comes with it is checked and entered as one."""

from __future__ import annotations

from uuid import uuid4

import pytest

from claims import audit, curation
from claims.curation import Fate
from claims.models import Change, Claim, Standing
from tests.factories import ACTOR, make_collection, make_source, make_speaker, make_topic

pytestmark = pytest.mark.django_db


def dossier(**more):
    values = {
        "statement": "The road will be open in 2020.",
        "kind": "promise",
        "said_on": "2020-01-15",
        "due": "2020",
        "due_mode": "by",
        "due_basis": "stated",
        "speaker": make_speaker(),
        "source": make_source(),
    }
    return curation.Dossier(
        **{"claim": None, "uid": uuid4(), "values": values, "state": "published"} | more
    )


def shown(**values):
    values = {"kind": "report", "summary": "It was opened.", "source": make_source()} | values
    return curation.DossierRow(uid=uuid4(), values=values)


def judged(outcome, *evidence, **more):
    values = {"outcome": outcome, "rationale": "It says so."} | more.pop("values", {})
    cited = [each.uid for each in evidence]
    return curation.DossierAssessment(uid=uuid4(), values=values, evidence=cited, **more)


@pytest.fixture
def whole():
    first, second = shown(dated="2020-05"), shown(dated="2020-03")
    return dossier(
        topics=[make_topic()],
        collections=[make_collection()],
        appearances=[
            curation.DossierRow(uid=uuid4(), values={"said_on": "2020-02", "source": make_source()})
        ],
        evidence=[first, second],
        assessments=[
            judged("", first, values={"progress": "in_progress"}),
            judged("borne_out", first, second, values={"cause": "development"}),
        ],
    )


def test_a_new_claim_is_public_in_one_step_and_each_assessment_is_one_more(whole):
    start = Change.objects.latest("number").number

    (entered,) = curation.enter_dossiers([whole], actor=ACTOR)

    entries = list(Change.objects.filter(number__gt=start))
    assert [(each.operation, each.cause) for each in entries] == [
        ("publish", ""),
        ("assess", "first"),
        ("assess", "development"),
    ]
    claim = Claim.objects.get()
    assert set(entered.fates.values()) == {Fate.CREATED}
    assert (claim.status, claim.revision, claim.ledger_number) == ("borne_out", 3, start + 3)
    stood = Standing.objects.order_by("number").values_list("status", "number", "until")
    assert list(stood) == [
        ("pending", start + 1, start + 2),
        ("in_progress", start + 2, start + 3),
        ("borne_out", start + 3, None),
    ]
    audit.verify()


def test_a_dossier_that_was_entered_is_unchanged_the_second_time(whole):
    curation.enter_dossiers([whole], actor=ACTOR)
    number = Change.objects.latest("number").number
    again = curation.Dossier(**{**vars(whole), "claim": Claim.objects.get()})

    for checked in (
        *curation.check_dossiers([again]),
        *curation.enter_dossiers([again], actor=ACTOR),
    ):
        assert not checked.faults
        assert set(checked.fates.values()) == {Fate.UNCHANGED}
        assert not checked.changes

    assert Change.objects.latest("number").number == number
