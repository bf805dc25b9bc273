"""The last line: what curation would refuse, the database refuses too, whoever writes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, QuerySet
from django.utils import timezone

from claims.models import Claim
from tests.factories import assess, make_claim, make_draft

pytestmark = pytest.mark.django_db

PROMISE = {"kind": "promise", "due": "2020", "due_mode": "by", "due_basis": "stated"}
ASSERTION = {"kind": "assertion"}

# Constraint: the claim that it is tried on, and the writes that it refuses.
REFUSED: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "claim_kind_known": (ASSERTION, [{"kind": "hope"}, {"kind": ""}]),
    "claim_attribution_known": (PROMISE, [{"attribution": "hearsay"}, {"attribution": ""}]),
    "claim_editorial_state_known": (PROMISE, [{"editorial_state": "deleted"}]),
    "claim_due_mode_known": (PROMISE, [{"due_mode": "until"}]),
    "claim_due_basis_known": (PROMISE, [{"due_basis": "guess"}]),
    "claim_progress_known": (PROMISE, [{"progress": "lost", "status": "lost"}]),
    "claim_said_on_in_order": (PROMISE, [{"said_on_first": date(2020, 1, 16)}]),
    "claim_due_in_order": (PROMISE, [{"due_last": date(2019, 12, 31)}]),
    "claim_refers_to_in_order": (
        ASSERTION | {"refers_to": "2019"},
        [{"refers_to_first": date(2020, 1, 1)}],
    ),
    "claim_due_is_explained": (
        PROMISE,
        [{"due_mode": ""}, {"due_basis": ""}, {"due": None}],
    ),
    "claim_due_or_refers_to": (PROMISE, [{"kind": "assertion"}, {"refers_to": "2019"}]),
    "claim_outcome_fits_kind": (
        ASSERTION,
        [
            {"outcome": outcome, "status": outcome, "condition": "If it rains", "verdict": 1}
            for outcome in ("void", "kept")
        ],
    ),
    "claim_void_has_condition": (PROMISE, [{"outcome": "void", "status": "void", "verdict": 1}]),
    "claim_late_was_due_by": (
        PROMISE | {"due_mode": "at"},
        [{"outcome": "borne_out_late", "status": "borne_out_late", "verdict": 1}],
    ),
    "claim_progress_of_a_promise": (
        ASSERTION,
        [{"progress": "stalled", "status": "stalled"}],
    ),
    "claim_status_is_derived": (
        PROMISE,
        [
            {"status": "borne_out"},
            {"outcome": "borne_out", "verdict": 1},
            {"progress": "stalled"},
            {"outcome": "borne_out", "progress": "stalled", "status": "stalled", "verdict": 1},
        ],
    ),
    "claim_outcome_has_verdict": (
        PROMISE,
        [{"outcome": "borne_out", "status": "borne_out"}, {"stale": True}],
    ),
    "claim_merged_into_another": (
        PROMISE,
        [{"editorial_state": "merged"}, {"merged_into": F("pk")}],
    ),
    "claim_published_has_source": (PROMISE, [{"source": None}, {"published_at": None}]),
}
CASES = [
    pytest.param(name, values, write, id=f"{name}: {', '.join(write)}")
    for name, (values, writes) in REFUSED.items()
    for write in writes
]


def refused_by(claims: QuerySet[Claim], **write: Any) -> str:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        claims.update(**write)
    return str(refused.value)


@pytest.mark.parametrize(("name", "values", "write"), CASES)
def test_the_database_refuses(name, values, write):
    claim = make_claim(**values)

    assert name in refused_by(Claim.objects.filter(pk=claim.pk), **write)


def test_every_constraint_is_tried():
    declared = {each.name for each in Claim._meta.constraints if isinstance(each, CheckConstraint)}

    assert declared == set(REFUSED)


def test_an_external_id_is_one_claims():
    make_draft(external_id="A-1")
    other = make_draft()

    assert "external_id" in refused_by(Claim.objects.filter(pk=other.pk), external_id="A-1")


def test_a_judged_claim_is_not_deleted():
    claim = make_claim()
    assess(claim, "borne_out")

    with pytest.raises(IntegrityError), transaction.atomic():
        claim.delete()


def test_a_draft_may_lack_what_a_published_claim_has():
    draft = make_draft(source=None)

    refused = refused_by(
        Claim.objects.filter(pk=draft.pk),
        editorial_state="published",
        published_at=timezone.now(),
    )

    assert "claim_published_has_source" in refused
