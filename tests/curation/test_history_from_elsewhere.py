"""Assessments keep when another desk recorded them, and the words that they judged there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims import audit, curation
from claims.models import Assessment, Claim, ClaimDocument
from tests.factories import ACTOR, judged, make_dossier, over, shown

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2021, 1, 5, tzinfo=UTC), datetime(2021, 9, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def evidence():
    return shown(recorded_at=EARLY)


def enter(dossier):
    curation.enter_dossiers([dossier], actor=ACTOR)
    audit.verify()
    return Claim.objects.get()


def fault_columns(dossier, at=0):
    (checked,) = curation.check_dossiers([dossier])
    return list(checked.faults[("assessments", at)].message_dict)


def test_they_stand_in_the_order_in_which_they_were_recorded(evidence):
    further = {"cause": "development"}
    enter(
        make_dossier(
            evidence=[evidence],
            assessments=[
                judged("not_borne_out", evidence, recorded_at=EARLY),
                judged("borne_out_late", evidence, recorded_at=LATE, values=further),
            ],
        )
    )

    assert [each.recorded_at for each in Assessment.objects.all()] == [EARLY, LATE]
    events = json.loads(ClaimDocument.objects.get().timeline)["events"]
    verdicts = [each["assessment"] for each in events if each["type"] == "verdict"]
    assert [each["standing"] for each in verdicts] == [
        "Stood from 2021-01-05 to 2021-09-20",
        "Stands since 2021-09-20",
    ]


def test_an_instant_of_another_zone_is_kept_as_that_of_ours():
    there = LATE.astimezone(timezone.get_fixed_timezone(120))
    evidence = shown(recorded_at=there)

    enter(
        make_dossier(
            evidence=[evidence],
            assessments=[judged("", evidence, recorded_at=there, values={"progress": "done"})],
        )
    )

    assert Assessment.objects.get().recorded_at == LATE
    events = json.loads(ClaimDocument.objects.get().timeline)["events"]
    recorded = {each["recorded_at"] for each in events if each["recorded_at"]}
    assert recorded == {"2021-09-20T08:30:00.000000Z"}


def test_one_that_judged_earlier_words_is_stale_until_a_later_one_judges_these(evidence):
    first = judged("borne_out", evidence, recorded_at=EARLY, words_revision=1)
    dossier = make_dossier(words_revision=3, evidence=[evidence], assessments=[first])
    claim = enter(dossier)
    assert (claim.words_revision, claim.stale) == (3, True)

    again = judged(
        "borne_out",
        evidence,
        recorded_at=LATE,
        words_revision=3,
        values={"cause": "reaffirmation"},
    )
    claim = enter(over(dossier, assessments=[first, again]))

    assert not claim.stale


def test_what_judged_earlier_words_is_not_held_against_these(evidence):
    """Then it was due by a later day, and stated a condition."""
    void = judged("void", evidence, recorded_at=EARLY, words_revision=1)
    late = judged(
        "borne_out",
        evidence,
        recorded_at=LATE,
        words_revision=2,
        values={"cause": "development", "happened_on": "2020-05"},
    )

    claim = enter(make_dossier(words_revision=2, evidence=[evidence], assessments=[void, late]))

    assert claim.outcome == "borne_out"


def test_what_stands_fits_the_words_all_the_same(evidence):
    void = judged("void", evidence, recorded_at=EARLY, words_revision=1)
    dossier = make_dossier(words_revision=2, evidence=[evidence], assessments=[void])

    (checked,) = curation.check_dossiers([dossier])

    assert list(checked.faults[("claim", 0)].message_dict) == ["condition"]


def test_the_words_are_among_those_that_there_were(evidence):
    for number in (0, 3):
        verdict = judged("borne_out", evidence, recorded_at=EARLY, words_revision=number)
        dossier = make_dossier(words_revision=2, evidence=[evidence], assessments=[verdict])
        assert fault_columns(dossier) == ["words_revision"]


def test_nothing_is_recorded_in_the_future_or_before_what_is_there(evidence):
    to_come = judged("borne_out", evidence, recorded_at=timezone.now() + timedelta(minutes=1))
    assert fault_columns(make_dossier(evidence=[evidence], assessments=[to_come])) == [
        "recorded_at"
    ]
    naive = judged("borne_out", evidence, recorded_at=datetime(2021, 1, 5))
    assert fault_columns(make_dossier(evidence=[evidence], assessments=[naive])) == ["recorded_at"]

    dossier = make_dossier(
        evidence=[evidence], assessments=[judged("not_borne_out", evidence, recorded_at=LATE)]
    )
    enter(dossier)
    earlier = judged(
        "borne_out_late",
        evidence,
        recorded_at=EARLY,
        words_revision=1,
        values={"cause": "development"},
    )
    assert fault_columns(over(dossier, assessments=[earlier])) == ["recorded_at"]


def test_an_assessment_of_now_judges_the_words_as_they_stand(evidence):
    dossier = make_dossier(evidence=[evidence])
    enter(dossier)

    assert fault_columns(over(dossier, assessments=[judged("borne_out", evidence)])) == [
        "words_revision"
    ]
    claim = enter(over(dossier, assessments=[judged("borne_out", evidence, words_revision=1)]))

    assert claim.outcome == "borne_out"
