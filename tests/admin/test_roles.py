"""Contributors write drafts; editors publish and judge."""

import pytest

from claims.models import Claim
from tests.admin.pages import filled, page_of, stored
from tests.admin.test_writing_claims import ADD, new_claim
from tests.factories import add_evidence, assess, make_claim, make_draft, make_topic


def test_a_contributor_drafts_and_submits(contributor):
    assert contributor.post(ADD, filled(contributor.get(ADD), **new_claim())).status_code == 302
    draft = Claim.objects.get()

    page = page_of(draft, "submit")
    assert contributor.post(page, filled(contributor.get(page))).status_code == 302

    assert stored(draft).editorial_state == "in_review"


@pytest.mark.parametrize("act", ["publish", "set-aside", "link"])
def test_a_contributor_is_refused_what_is_an_editors(contributor, act):
    draft = make_draft()

    assert page_of(draft, act) not in contributor.get(page_of(draft)).content.decode()
    assert contributor.get(page_of(draft, act)).status_code == 403
    assert contributor.post(page_of(draft, act), {}).status_code == 403
    assert stored(draft).editorial_state == "draft"


@pytest.mark.parametrize("act", ["reaffirm", "verdict", "progress", "retract", "merge", "link"])
def test_a_contributor_leaves_published_claims_alone(contributor, act):
    claim = make_claim()

    assert contributor.get(page_of(claim, act)).status_code == 403
    assert contributor.post(page_of(claim, act), {"outcome": "borne_out"}).status_code == 403
    assert not claim.assessments.exists()


def test_a_contributor_sees_a_published_claim_and_cannot_edit_it(contributor):
    claim = make_claim()
    assess(claim, "borne_out", evidence=[add_evidence(claim, summary="The ribbon was cut.")])

    page = contributor.get(page_of(claim))

    assert page.status_code == 200
    assert "The ribbon was cut." in page.content.decode()
    assert b"_save" not in page.content
    assert contributor.post(page_of(claim), {"statement": "Mine."}).status_code == 403


def test_a_contributor_is_not_offered_to_publish_from_the_list(contributor):
    draft = make_draft()

    assert b"publish_selected" not in contributor.get("/admin/claims/claim/").content
    contributor.post(
        "/admin/claims/claim/", {"action": "publish_selected", "_selected_action": [draft.pk]}
    )
    assert stored(draft).editorial_state == "draft"


def test_a_contributor_finds_names_by_typing(contributor):
    topic = make_topic(name="Peacekeeping")

    response = contributor.get(
        "/admin/autocomplete/",
        {"app_label": "claims", "model_name": "claim", "field_name": "topics", "term": "peace"},
    )

    assert response.json()["results"] == [{"id": str(topic.pk), "text": "Peacekeeping"}]
