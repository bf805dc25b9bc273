"""A claim with all that comes with it is checked and entered as one."""

from __future__ import annotations

import pytest

from claims import audit, curation
from claims.curation import Fate, bulk
from claims.models import Change, Claim, ClaimDocument, Evidence, SearchText, Standing
from tests.factories import (
    ACTOR,
    judged,
    make_claim,
    make_collection,
    make_dossier,
    make_source,
    make_topic,
    over,
    said_again,
    shown,
)

pytestmark = pytest.mark.django_db


def enter(*dossiers):
    return curation.enter_dossiers(dossiers, actor=ACTOR)


def entries_after(number):
    """Those about claims."""
    entries = Change.objects.filter(number__gt=number, subject="claim").order_by("number")
    return [(each.operation, each.cause) for each in entries]


@pytest.fixture
def whole():
    first, second = shown(dated="2020-05"), shown(dated="2020-03")
    return make_dossier(
        topics=[make_topic()],
        collections=[make_collection()],
        appearances=[said_again()],
        evidence=[first, second],
        assessments=[
            judged("", first, values={"progress": "in_progress"}),
            judged("borne_out", first, second, values={"cause": "development"}),
        ],
    )


def test_a_new_claim_is_public_in_one_step_and_each_assessment_is_one_more(whole):
    start = Change.objects.latest("number").number

    (entered,) = enter(whole)

    assert entries_after(start) == [
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
    enter(whole)
    number = Change.objects.latest("number").number

    for checked in (*curation.check_dossiers([over(whole)]), *enter(over(whole))):
        assert not checked.faults
        assert set(checked.fates.values()) == {Fate.UNCHANGED}
        assert not checked.changes

    assert Change.objects.latest("number").number == number


def test_what_is_changed_is_told_with_what_it_was(whole):
    enter(whole)
    number = Change.objects.latest("number").number
    topic = make_topic()
    again = over(
        whole,
        values={"quote": "It will."},
        topics=[topic],
        appearances=[said_again(said_on="2020-04")],
        evidence=[],
        assessments=[],
    )

    (entered,) = enter(again)

    assert entered.changes == {
        ("claim", 0): {
            "quote": ("", "It will."),
            "topics": ([whole.topics[0].slug], [topic.slug]),
        }
    }
    assert entered.fates == {("claim", 0): Fate.CHANGED, ("appearances", 0): Fate.CREATED}
    assert entries_after(number) == [("edit", "")]
    claim = Claim.objects.get()
    assert (claim.revision, claim.words_revision, claim.stale) == (4, 2, True)
    audit.verify()


def test_evidence_alone_is_an_entry_of_evidence_and_appearances_one_of_theirs(whole):
    enter(whole)
    number = Change.objects.latest("number").number

    enter(over(whole, evidence=[shown()], appearances=[], assessments=[]))
    enter(over(whole, evidence=[], appearances=[said_again()], assessments=[]))

    assert entries_after(number) == [("evidence", ""), ("appearance", "")]
    audit.verify()


def test_a_claim_is_brought_forward_and_never_back():
    dossier = make_dossier(state="")
    enter(dossier)
    assert Claim.objects.get().editorial_state == "draft"

    (entered,) = enter(over(dossier, state="published"))
    assert entered.changes == {("claim", 0): {"editorial_state": ("draft", "published")}}
    (checked,) = curation.check_dossiers([over(dossier, state="draft")])

    assert list(checked.faults[("claim", 0)].message_dict) == ["editorial_state"]
    audit.verify()


def test_a_draft_has_no_entries_and_is_found_all_the_same():
    enter(make_dossier(state="in_review"))

    assert entries_after(0) == []
    assert not ClaimDocument.objects.exists()
    assert SearchText.objects.get().claim == Claim.objects.get()


def test_evidence_may_replace_what_comes_after_it():
    old = shown()
    new = shown(replaces=old.uid)

    enter(make_dossier(evidence=[new, old]))

    assert Evidence.objects.get(uid=new.uid).replaces == Evidence.objects.get(uid=old.uid)
    audit.verify()


def test_many_go_in_by_copy_and_say_the_same(whole, monkeypatch):
    """As few as these are taken for many, so that PostgreSQL takes them by COPY."""
    source = make_source()
    dossiers = [whole, *(make_dossier(values={"source": source}) for _ in range(3))]

    with monkeypatch.context() as many:
        many.setattr(bulk, "FEW", 0)
        enter(*dossiers)

    found = audit.verify()
    assert (found.claims, found.texts) == (4, 4)
    later = make_claim()  # the keys that were drawn are not given again
    assert later.pk == max(Claim.objects.values_list("pk", flat=True))
