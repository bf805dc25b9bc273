from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from claims import curation
from claims.models import (
    Appearance,
    Assessment,
    Change,
    Evidence,
    Ledger,
    Link,
    Speaker,
)
from tests.factories import ACTOR, add_evidence, assess, edit, make_claim, make_source

pytestmark = pytest.mark.django_db


def claim_with_rows():
    claim = make_claim()
    assess(claim, "borne_out", happened_on="2020-05")
    add_evidence(claim, dated="2020-05")
    edit(
        claim,
        appearances=[curation.RowWrite(values={"said_on": "2020-02", "source": make_source()})],
    )
    write = curation.LinkWrite(
        claim=claim, revision=claim.revision, type="repeats", target=make_claim()
    )
    curation.link([write], actor=ACTOR)
    return claim


@pytest.fixture(scope="module")
def claim(rows_for_all):
    """With a row in each of the tables that hang on it."""
    return rows_for_all(claim_with_rows)


def refuses(name, call, *args, **kwargs):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        call(*args, **kwargs)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "model", "write"),
    [
        ("speaker_kind_known", Speaker, {"kind": "robot"}),
        ("appearance_said_on_in_order", Appearance, {"said_on_last": date(2019, 1, 1)}),
        ("evidence_kind_known", Evidence, {"kind": "rumour"}),
        ("evidence_stance_known", Evidence, {"stance": "doubts"}),
        ("evidence_dated_in_order", Evidence, {"dated_last": date(2019, 1, 1)}),
        ("evidence_has_source", Evidence, {"source": None}),
        ("evidence_rating_of_fact_check", Evidence, {"original_rating": "False"}),
        ("link_type_known", Link, {"type": "resembles"}),
        ("link_to_another", Link, {"target": F("claim")}),
    ],
)
def test_an_update_is_refused(claim, name, model, write):
    refuses(name, model.objects.update, **write)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("assessment_outcome_known", {"outcome": "kept"}),
        ("assessment_progress_known", {"progress": "lost"}),
        ("assessment_cause_known", {"cause": "whim"}),
        ("assessment_reason_known", {"reason": "luck"}),
        ("assessment_says_something", {"outcome": ""}),
        ("assessment_reopens_with_progress", {"reopens": True}),
        ("assessment_correction_corrects", {"cause": "correction"}),
    ],
)
def test_an_assessment_is_refused(claim, name, values):
    row = Assessment.objects.values().get()
    row = {key: value for key, value in row.items() if key not in ("id", "uid")} | values

    refuses(name, Assessment.objects.bulk_create, [Assessment(**row)])


def test_the_chain_does_not_fork(claim):
    first = Change.objects.values().get(number=1)
    fork = first | {"number": 999, "hash": "f" * 64, "at": timezone.now()}

    refuses("change", Change.objects.create, **fork)


def test_the_ledger_is_one_row():
    refuses("ledger_is_one_row", Ledger.objects.create, pk=2)
