"""Each model is registered, and each of its pages opens for an administrator."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User

from claims import curation
from claims.models import Change, Link, Redaction, Task
from tests.admin.pages import page_of
from tests.exchange.imports.uploading import bring
from tests.factories import ACTOR, assess, make_claim, make_collection, make_token, make_topic
from tests.factories import edit as edit_claim

WITHOUT_A_PAGE_OF_THEIR_OWN = {
    "appearance": "a row on its claim's page",
    "evidence": "a row on its claim's page",
    "assessmentevidence": "shown on the assessment's page",
    "claimdocument": "a cache",
    "idempotencykey": "the answers to an API client's retries, for a day",
    "claimcount": "how many claims there are, kept for quick answers",
    "searchtext": "a cache of the words that a claim is found by",
    "standing": "a reading of the ledger",
    "ledger": "one row: the head of the list of changes",
    "allowance": "counters, under digests, that last a minute",
}


def registered():
    return {model for model in admin.site._registry if model._meta.app_label == "claims"}


def test_every_model_is_registered_or_has_a_reason_not_to_be():
    missing = {model._meta.model_name for model in apps.get_app_config("claims").get_models()} - {
        model._meta.model_name for model in registered()
    }

    assert missing == WITHOUT_A_PAGE_OF_THEIR_OWN.keys()


def test_every_list_and_every_row_opens(desk):
    client = desk("administrator")
    claim = make_claim(topics=[make_topic()], collections=[make_collection()])
    other = make_claim()
    assessment = assess(claim, "borne_out_late", happened_on="2021-09")
    curation.link(
        [curation.LinkWrite(claim=other, revision=other.revision, type="depends_on", target=claim)],
        actor=ACTOR,
    )
    edit_claim(claim, values={"quote": "It will be open this year."})
    Task.objects.create(claim=claim, note="Ask the mayor.")
    Redaction.objects.create(
        table="claims_assessment",
        row=str(assessment.pk),
        column="headline",
        legal_basis="A court said so.",
        at=assessment.recorded_at,
        actor=ACTOR,
    )

    make_token(User.objects.get())
    bring("slug,name\nun,UN\n", "topics.csv", account=User.objects.get())

    assert Link.objects.exists()
    assert Change.objects.exists()
    for model in registered():
        name = model._meta.model_name
        assert client.get(f"/admin/claims/{name}/").status_code == 200, name
        row = model._default_manager.first()
        assert client.get(page_of(row)).status_code == 200, name
        assert client.get(page_of(row, "history")).status_code == 200, name


@pytest.mark.parametrize(
    "name", ["claim", "speaker", "source", "topic", "collection", "task", "apitoken", "upload"]
)
def test_every_form_for_a_new_row_opens(desk, name):
    page = desk("administrator").get(f"/admin/claims/{name}/add/")

    assert page.status_code == 200
    assert b"Borne Out" in page.content
