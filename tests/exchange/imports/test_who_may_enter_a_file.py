"""A file needs what the desk asks for the same acts."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims.exchange.imports import uploads
from claims.models import Speaker
from tests.exchange.desk import FILES
from tests.exchange.imports.uploading import bring, enter, stored
from tests.factories import make_claim, make_topic

pytestmark = pytest.mark.django_db

TOPICS = "slug,name\nun,UN\neu,EU\nau,AU\n"


def needs(files, **options):
    return bring(files, **options).report["needs"]


def test_it_needs_what_the_desk_asks_for_the_same_acts():
    drafts = {**FILES, "claims": FILES["claims"].replace("published", "draft")}
    del drafts["assessments"]

    assert needs({"topics": TOPICS}) == ["claims.add_topic"]
    assert "claims.publish_claim" not in needs(drafts)
    assert {"claims.publish_claim", "claims.assess_claim"} <= set(needs(FILES))


def test_what_is_public_already_is_an_editors_to_change():
    claim = make_claim()

    assert needs(f"id,quote\n{claim.uid},Soon\n", name="claims.csv") == [
        "claims.change_claim",
        "claims.publish_claim",
    ]
    assert needs(f"id,quote\n{claim.uid},\n", name="claims.csv") == []


def test_what_is_left_as_it_is_needs_nothing():
    topic = make_topic()

    assert needs(f"slug,name\n{topic.slug},{topic.name}\n", name="topics.csv") == []


def test_a_contributor_sees_what_an_editor_would_have_to_enter():
    upload = bring(FILES, role="contributor")

    assert set(uploads.lacking_permissions(upload)) == {
        *("claims.add_collection", "claims.add_link"),
        *("claims.assess_claim", "claims.publish_claim"),
    }
    with pytest.raises(PermissionDenied, match="publish claim"):
        enter(upload, keep_going=True)
    assert not Speaker.objects.exists()


def test_a_role_that_was_taken_away_meanwhile_does_not_count():
    upload = bring(FILES)
    upload.account.groups.clear()

    with pytest.raises(PermissionDenied):
        enter(stored(upload))
