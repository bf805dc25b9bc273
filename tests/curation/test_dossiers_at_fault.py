"""What is wrong with a dossier is said of the part and the column; then nothing is entered."""

from __future__ import annotations

from uuid import uuid4

import pytest

from claims import curation
from claims.curation import Fate
from claims.models import Appearance, Assessment, Change, Claim, ClaimDocument, Evidence, Speaker
from tests.factories import ACTOR, edit, judged, make_dossier, over, said_again, shown

pytestmark = pytest.mark.django_db


def faults(dossier):
    """By place, the columns at fault: of a check, which is what an attempt to enter it says."""
    (checked,) = curation.check_dossiers([dossier])
    with pytest.raises(curation.DossiersRefused) as refused:
        curation.enter_dossiers([dossier], actor=ACTOR)
    (entered,) = refused.value.by_item.values()
    told = {place: columns(error) for place, error in checked.faults.items()}
    assert told == {place: columns(error) for place, error in entered.faults.items()}
    return told


def columns(error):
    return sorted(error.message_dict) if hasattr(error, "error_dict") else error.messages


def test_each_part_has_its_own_faults():
    evidence = shown(kind="rumour")
    dossier = make_dossier(
        values={"statement": "", "due_mode": ""},
        appearances=[said_again(), said_again(said_on="2020-13")],
        evidence=[evidence, shown(original_rating="True")],
        assessments=[judged("borne_out", evidence)],
    )

    assert faults(dossier) == {
        ("claim", 0): ["statement"],
        ("appearances", 1): ["said_on"],
        ("evidence", 0): ["kind"],
        ("evidence", 1): ["original_rating"],
    }
    assert not Claim.objects.exists()


def test_what_is_taken_is_taken_also_within_a_list():
    there = make_dossier(values={"external_id": "A1"}, evidence=[shown()])
    curation.enter_dossiers([there], actor=ACTOR)
    one = make_dossier(values={"external_id": "B2"})
    twin = make_dossier(uid=one.uid, values={"external_id": "B2"}, evidence=there.evidence)

    with pytest.raises(curation.DossiersRefused) as refused:
        curation.enter_dossiers(
            [one, twin, make_dossier(values={"external_id": "A1"})], actor=ACTOR
        )

    told = {
        at: {place: columns(error) for place, error in each.faults.items()}
        for at, each in refused.value.by_item.items()
    }
    assert told == {
        1: {("claim", 0): ["external_id", "uid"], ("evidence", 0): ["claim"]},
        2: {("claim", 0): ["external_id"]},
    }
    assert Claim.objects.count() == 1


def test_an_assessment_that_is_there_says_the_same_or_is_refused():
    evidence = shown()
    verdict = judged("borne_out", evidence)
    dossier = make_dossier(evidence=[evidence], assessments=[verdict])
    curation.enter_dossiers([dossier], actor=ACTOR)
    other = judged("not_borne_out", evidence, uid=verdict.uid, words_revision=2)

    assert faults(over(dossier, assessments=[other])) == {
        ("assessments", 0): ["outcome", "words_revision"]
    }


def test_evidence_that_a_verdict_rests_on_is_not_edited():
    evidence = shown()
    dossier = make_dossier(evidence=[evidence], assessments=[judged("borne_out", evidence)])
    curation.enter_dossiers([dossier], actor=ACTOR)
    other = curation.DossierRow(uid=evidence.uid, values={"summary": "It was not."})

    (told,) = faults(over(dossier, evidence=[other])).values()

    assert "rests on this evidence" in told[0]


def test_a_claim_that_moved_on_is_stale_unless_all_is_said_already():
    dossier = make_dossier()
    curation.enter_dossiers([dossier], actor=ACTOR)
    edit(Claim.objects.get(), values={"quote": "It will."})

    (checked,) = curation.check_dossiers([over(dossier, revision=1, values={"quote": "Yes."})])
    assert isinstance(checked.faults[("claim", 0)], curation.StaleRevision)
    (checked,) = curation.check_dossiers([over(dossier, revision=1, values={"quote": "It will."})])
    assert checked.fates == {("claim", 0): Fate.UNCHANGED}


def test_two_pieces_of_evidence_do_not_replace_the_same_one():
    old = shown()
    dossier = make_dossier(
        evidence=[old, shown(replaces=old.uid), shown(replaces=old.uid), shown(replaces=uuid4())]
    )

    assert faults(dossier) == {("evidence", 2): ["replaces"], ("evidence", 3): ["replaces"]}


def test_a_check_takes_rows_that_are_only_in_memory_and_writes_nothing():
    speaker = Speaker(slug="new", name="New")
    evidence = shown()
    dossier = make_dossier(
        values={"speaker": speaker},
        appearances=[said_again()],
        evidence=[evidence],
        assessments=[judged("borne_out", evidence)],
    )
    number = Change.objects.latest("number").number

    (checked,) = curation.check_dossiers([dossier])

    assert not checked.faults
    assert (checked.claim.speaker, checked.claim.status) == (speaker, "borne_out")
    for model in (Claim, Appearance, Evidence, Assessment, ClaimDocument):
        assert not model.objects.exists()
    assert Change.objects.latest("number").number == number
