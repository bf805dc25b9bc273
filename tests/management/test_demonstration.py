"""fixtures/demonstration.json: drafts to try the desk with, and nothing the public would see."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from claims.models import Change, Claim, Source, Speaker, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration():
    call_command("loaddata", "demonstration", verbosity=0)


def test_its_drafts_say_that_they_are_a_demonstration(demonstration):
    statements = Claim.objects.values_list("statement", flat=True)
    assert len(statements) == 4
    assert all(statement.startswith("Demonstration: ") for statement in statements)
    assert all("(demonstration)" in speaker.name for speaker in Speaker.objects.all())


def test_nothing_of_it_is_public_or_in_the_ledger(demonstration):
    assert set(Claim.objects.values_list("editorial_state", flat=True)) == {"draft", "in_review"}
    assert not Change.objects.exists()
    for model in (Speaker, Source):
        assert not model.objects.exclude(ledger_number=None).exists()


def test_every_draft_has_a_task(demonstration):
    assert Task.objects.count() == Claim.objects.count()
    assert Task.objects.filter(assignee__username="demo-contributor").exists()


def test_its_users_have_a_role_and_cannot_sign_in(demonstration):
    users = {user.username: user for user in get_user_model().objects.all()}
    assert {name: user.groups.get().name for name, user in users.items()} == {
        "demo-contributor": "contributor",
        "demo-editor": "editor",
    }
    assert not any(user.has_usable_password() for user in users.values())


def test_its_plain_columns_beside_dates_and_quantities_agree_with_them(demonstration):
    """loaddata writes rows raw: the companions come from the file, not from the value."""
    for row in (*Claim.objects.all(), *Source.objects.all()):
        for field in row._meta.fields:
            if hasattr(field, "companions"):
                for name, value in field.companions(getattr(row, field.name)).items():
                    assert getattr(row, name) == value, (row, name)


def test_loading_it_twice_makes_nothing_twice(demonstration):
    call_command("loaddata", "demonstration", verbosity=0)
    assert Claim.objects.count() == Task.objects.count() == 4
