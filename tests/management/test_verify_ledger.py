from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import Change, ClaimDocument, Topic
from tests.factories import make_claim, make_topic

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_ledger", *arguments, stdout=out)
    return out.getvalue()


def test_one_line_says_what_was_checked_and_the_head():
    make_claim()

    assert run() == (
        "3 entries (0 redacted), 1 claims, 2 other rows and 1 texts are as they should be; "
        f"head 3.{Change.objects.get(number=3).hash}\n"
    )


def test_what_could_not_be_checked_is_told():
    make_claim()
    ClaimDocument.objects.update(format=0)
    Topic.objects.create(slug="loaded", name="Loaded")

    assert run().splitlines()[1:] == [
        "Not checked: 1 texts are in an older format: run rebuild_documents.",
        "Not checked: 1 rows came in past the ledger, from a fixture.",
    ]


def test_the_first_fault_ends_it():
    topic = make_topic()
    Topic.objects.update(name="Another")

    with pytest.raises(CommandError, match=f'topic {topic.slug}: its name is "Another"') as fault:
        run()
    assert fault.value.returncode == 1


def test_an_earlier_head_is_looked_for():
    make_topic()
    noted = Change.objects.get().cursor
    make_topic()

    assert run("--against", noted).startswith("2 entries")
    with pytest.raises(CommandError, match="another history"):
        run("--against", "1.0123456789abcdef")


def test_what_is_no_head_is_refused():
    with pytest.raises(CommandError, match="--against is a head as the feed"):
        run("--against", "12")
