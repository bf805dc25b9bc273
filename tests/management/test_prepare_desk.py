"""`manage.py prepare_desk`: an empty database becomes a desk, once; a desk in use is let be."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from claims.models import Change, Claim, Task
from tests.factories import make_draft

pytestmark = pytest.mark.django_db


def prepare(capsys):
    """Runs the command; what it said on either stream."""
    call_command("prepare_desk")
    return capsys.readouterr()


def password_in(text):
    (line,) = [line for line in text.splitlines() if line.strip().startswith("password ")]
    return line.split()[1]


def test_an_empty_database_is_filled_with_drafts_and_seeds(capsys):
    said = prepare(capsys).out
    assert Claim.objects.filter(editorial_state="draft").exists()
    assert Task.objects.exists()
    assert Claim.objects.published().filter(speaker__slug="stanislav-zas").exists()
    assert said.startswith("Loaded the demonstration, and ")


def test_its_drafts_are_found_by_their_words(capsys):
    prepare(capsys)

    assert not Claim.objects.filter(search_text=None).exists()


def test_the_editor_signs_in_with_the_password_shown(capsys):
    said = prepare(capsys).out
    editor = authenticate(username="editor", password=password_in(said))
    assert editor.is_staff
    assert not editor.is_superuser
    assert editor.has_perm("claims.publish_claim")


def test_a_second_run_says_nothing_and_changes_nothing(capsys):
    prepare(capsys)
    hashes = list(Change.objects.values_list("hash", flat=True))
    users = list(get_user_model().objects.order_by("pk").values())

    said = prepare(capsys)

    assert said.out == said.err == ""
    assert list(Change.objects.values_list("hash", flat=True)) == hashes
    assert list(get_user_model().objects.order_by("pk").values()) == users


def test_passwords_differ_from_desk_to_desk(capsys):
    first = password_in(prepare(capsys).out)
    get_user_model().objects.all().delete()
    assert password_in(prepare(capsys).out) != first


def test_a_desk_that_has_a_claim_gets_no_other(capsys):
    make_draft()
    prepare(capsys)
    assert Claim.objects.count() == 1


def test_where_somebody_can_sign_in_no_account_is_made(capsys):
    get_user_model().objects.create_user("ada", None, "a secret", is_staff=True)
    said = prepare(capsys).out
    assert "password" not in said
    assert not get_user_model().objects.filter(username="editor").exists()


def test_an_editor_who_was_shut_out_stays_so(capsys):
    make_draft()
    get_user_model().objects.create_user("editor", None, "once", is_staff=True, is_active=False)

    said = prepare(capsys)

    assert said.out == ""
    assert "createsuperuser" in said.err
    editor = get_user_model().objects.get(username="editor")
    assert not editor.is_active
    assert editor.check_password("once")


def test_seeds_that_are_refused_leave_the_database_empty(settings, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "claims.csv").write_text("id,kind,statement,speeker\r\n")
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match=r"claims\.csv:1: speeker: "):
        call_command("prepare_desk")

    assert not Claim.objects.exists()
    assert not get_user_model().objects.exists()
    assert Group.objects.filter(name="editor").exists()
