"""An administrator makes accounts, and becomes no more than that."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

User = get_user_model()
pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password="the-root-of-it-all")  # noqa: S106


def account(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_an_administrator_does_not_make_itself_superuser(desk):
    client = desk("administrator")
    me = account(client)

    client.post(
        f"/admin/auth/user/{me.pk}/change/",
        {
            "username": me.username,
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
            "groups": [Group.objects.get(name="administrator").pk],
            "date_joined_0": "2026-01-01",
            "date_joined_1": "00:00:00",
        },
    )

    assert not User.objects.get(pk=me.pk).is_superuser


@pytest.mark.parametrize("page", ["change", "password"])
def test_superusers_are_out_of_an_administrators_reach(desk, root, page):
    response = desk("administrator").post(
        f"/admin/auth/user/{root.pk}/{page}/",
        {"password1": "another-one-altogether", "password2": "another-one-altogether"},
    )

    assert response.status_code in (302, 403, 404)
    assert User.objects.get(pk=root.pk).check_password("the-root-of-it-all")


def test_an_administrator_puts_an_account_into_a_role(desk):
    ann = User.objects.create_user("ann")
    editors = Group.objects.get(name="editor")

    response = desk("administrator").post(
        f"/admin/auth/user/{ann.pk}/change/",
        {
            "username": "ann",
            "is_active": "on",
            "is_staff": "on",
            "groups": [editors.pk],
            "date_joined_0": "2026-01-01",
            "date_joined_1": "00:00:00",
        },
    )

    assert response.status_code == 302
    ann.refresh_from_db()
    assert ann.is_staff
    assert list(ann.groups.all()) == [editors]
