"""Whatever JSON stands at a member of a row: it is taken, or refused as a problem."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.api.row_bodies import (
    REFERENCE_BODIES,
    AppearanceWriteSerializer,
    EvidenceWriteSerializer,
    LinkWriteSerializer,
    SpeakerWriteSerializer,
)
from claims.models import Change
from tests.api.writing import send
from tests.factories import add_evidence, make_claim, make_source, make_speaker

TAKEN = {f"{model._meta.model_name}s/": body for model, body in REFERENCE_BODIES.items()} | {
    "claims/{uid}/evidence/": EvidenceWriteSerializer,
    "claims/{uid}/evidence/{row}/": EvidenceWriteSerializer,
    "claims/{uid}/appearances/": AppearanceWriteSerializer,
    "claims/{uid}/links/": LinkWriteSerializer,
    "speakers/zas/": SpeakerWriteSerializer,
}
NAMES = {path: sorted(body().fields) for path, body in TAKEN.items()}

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(["2020", "../..", "eq 1 people", "daily", "zas", "report", "person", ""])
    | st.uuids().map(str)
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
bodies = st.sampled_from(sorted(TAKEN)).flatmap(
    lambda path: st.tuples(
        st.just(path), st.dictionaries(st.sampled_from(NAMES[path]), anything, max_size=8)
    )
)


@pytest.fixture
def desk(editor):
    make_source(slug="daily")
    make_speaker(slug="zas")
    claim = make_claim()
    row = add_evidence(claim)

    def write(path, body):
        method = "patch" if path.endswith(("{row}/", "zas/")) else "post"
        address = path.format(uid=claim.uid, row=row.uid)
        return send(editor, method, f"{address}?dry_run=true", body, seen="*")

    return write


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bodies)
@example(("speakers/", {"name": "\ud7ff\ue000", "slug": "a"}))
@example(("claims/{uid}/evidence/", {"observed": "eq 1e999999 people", "dated": "-0001"}))
@example(("claims/{uid}/evidence/", {"replaces": 2**128, "source": "\x00"}))
@example(("claims/{uid}/links/", {"claim": -1, "type": "revises"}))
def test_it_is_taken_or_refused_at_members_that_were_sent_or_are_needed(desk, sent):
    path, body = sent
    entries = Change.objects.count()

    response = desk(path, body)

    assert Change.objects.count() == entries
    if response.status_code != 200:
        assert response.status_code == 400, response.content
        assert response["Content-Type"] == "application/problem+json"
        assert set(response.json()["errors"]) <= {*NAMES[path], "non_field_errors"}
