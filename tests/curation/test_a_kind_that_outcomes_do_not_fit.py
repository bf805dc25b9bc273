"""A claim may become of another kind, if what stands fits it; what was before is still told."""

import pytest

from claims.models import Claim
from tests.factories import add_evidence, assess, edit, make_claim


@pytest.mark.django_db
def test_an_outcome_of_the_past_that_the_kind_does_not_have_is_told_in_plain_words(client):
    claim = make_claim(kind="promise", due="2020", due_mode="by", due_basis="stated")
    evidence = [add_evidence(claim)]
    late = assess(claim, "borne_out_late", evidence=evidence, happened_on="2021")
    assess(claim, "not_borne_out", cause="correction", corrects=late, evidence=evidence)

    none = {"due": None, "due_mode": "", "due_basis": ""}
    edit(Claim.objects.get(), values={"kind": "assertion", **none})

    timeline = client.get(f"/api/v1/claims/{claim.uid}/timeline/").json()
    assert Claim.objects.get().kind == "assertion"
    kinds = [each["type"] for each in timeline["events"]]
    assert [kind for kind in kinds if kind in ("verdict", "correction")] == [
        "verdict",
        "correction",
    ]
