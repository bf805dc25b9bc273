"""What cannot be removed is told with its place before anything is written."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from claims.curation import redaction
from claims.models import Change, Claim, Redaction
from tests.append_only.rows import execute
from tests.curation.redaction.desk import redact
from tests.factories import ACTOR, assess, make_claim, make_source, make_speaker, make_topic

pytestmark = pytest.mark.django_db


def refused(text, **options):
    entries = list(Change.objects.values())
    with pytest.raises(ValidationError) as refusal:
        redact(text, **options)
    assert list(Change.objects.values()) == entries
    assert not Redaction.objects.exists()
    return refusal.value


def test_a_slug_is_for_ever():
    topic = make_topic(slug="kowalski", name="kowalski")

    said = refused("kowalski").messages

    assert len(said) == 2
    assert said[0].startswith("claims_change.key (row 1): this is never changed")
    assert said[1].startswith(f"claims_topic.slug (row {topic.pk}): this is never changed")
    topic.refresh_from_db()
    assert topic.name == "kowalski"


def test_so_is_who_did_it():
    make_topic(name=f"All about {ACTOR}")

    (said,) = refused(ACTOR, actor="grace").messages

    assert said.startswith("claims_change.actor (row 1): this is never changed")


def test_so_is_the_method_of_a_verdict():
    assess(make_claim(), "borne_out", method="Kowalski's rules, 2nd edition")

    (said,) = refused("Kowalski").messages

    assert said.startswith("claims_assessment.method (row ")


@pytest.mark.parametrize(
    ("values", "text", "column"),
    [
        ({"quantity": "gt 120 Kowalskis"}, "Kowalski", "quantity"),
        ({"said_on": "2020-10-16"}, "2020-10-16", "said_on"),
    ],
)
def test_a_quantity_or_a_date_is_changed_by_hand(values, text, column):
    claim = make_claim(**values, source=make_source(published_on=None))

    said = refused(text).messages

    assert f"claims_claim.{column} (row {claim.pk}): change this by hand first" in said[0]


def test_so_is_an_account():
    user = User.objects.create_user("jan", last_name="Kowalski")

    (said,) = refused("Kowalski").messages

    assert said == (
        f"auth_user.last_name (row {user.pk}): change this by hand first, then run it again."
    )


def test_a_table_that_is_nobodys_model_is_looked_into_too():
    execute("CREATE TABLE notes_of_old (words text)")
    execute("INSERT INTO notes_of_old VALUES ('Kowalski was here')")

    (said,) = refused("Kowalski").messages

    assert said == "notes_of_old.words (row ?): change this by hand first, then run it again."


def test_of_many_rows_some_are_named():
    speakers = [make_speaker(slug=f"otto-{n}") for n in range(5)]

    said = refused("otto").messages

    first = ", ".join(str(each.pk) for each in speakers[:3])
    assert f"claims_speaker.slug (row {first}, … +2)" in said[1]


def test_what_would_be_left_undoes_it_all(monkeypatch):
    claim = make_claim(statement="Kowalski was here.")
    monkeypatch.setattr(redaction, "redact_claims", lambda removal, rows: None)

    said = refused("Kowalski").messages

    assert said == [
        f"claims_claim.statement (row {claim.pk}): it would still stand there, "
        "so nothing was removed.",
        *(
            f"claims_claimdocument.{name} (row {claim.pk}): it would still stand there, "
            "so nothing was removed."
            for name in ("summary", "timeline")
        ),
    ]
    assert Claim.objects.get().statement == "Kowalski was here."
    assert not connection.needs_rollback


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This field is required."),
        (" \n", "This field is required."),
        ("x", "This is too short to be looked for."),
        (" x ", "This is too short to be looked for."),
        ("redacted", "This is a part of what would stand in its place."),
        ("a\x00b", "Position 2 holds the character U+0000"),
    ],
)
def test_what_is_no_text_to_look_for_is_refused(text, words):
    make_topic(name="x redacted")

    (said,) = refused(text).message_dict["text"]
    assert said.startswith(words)


@pytest.mark.parametrize("name", ["legal_basis", "actor"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "This field is required."),
        ("x" * 301, "Ensure this value has at most"),
        ("In the matter of Kowalski", "This repeats the text that is to be removed."),
    ],
)
def test_a_ground_is_given_without_repeating_it(name, value, words):
    options = {"legal_basis": "A court", "actor": ACTOR} | {name: value}

    with pytest.raises(ValidationError) as refusal:
        redaction.redact("Kowalski", **options)
    (said,) = refusal.value.message_dict[name]
    assert said.startswith(words)
