"""A contributor drafts a claim over HTTP."""

from __future__ import annotations

import pytest

from claims.api.claim_members import DRAFT
from claims.curation.guard import _written_columns
from claims.models import Change, Claim, Topic
from tests.api.desk import CLAIMS, a_claim, done, post, refused, signed_in
from tests.factories import (
    make_collection,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor():
    return signed_in("contributor")


def test_it_is_drafted_and_read_at_its_address(contributor):
    entries = Change.objects.count()
    body = a_claim()

    response = post(contributor, body)

    answer = done(response, 201)
    claim = Claim.objects.get()
    assert answer["uid"] == str(claim.uid)
    assert (answer["editorial_state"], answer["published_at"]) == ("draft", None)
    assert (answer["statement"], answer["due"]) == (body["statement"], "2020")
    assert response["Location"] == f"http://testserver{CLAIMS}{claim.uid}/"
    assert response["ETag"].startswith('"1-')
    assert response["Cache-Control"] == "private, no-store"
    read = contributor.get(response["Location"])
    assert read.json() == answer
    assert read["ETag"] == response["ETag"]
    assert Change.objects.count() == entries + 2  # its speaker and source; of a draft, nothing


def test_all_that_is_sent_is_kept_as_it_was_written(contributor):
    speaker, party, topic, collection = (
        make_speaker(),
        make_speaker(kind="organisation"),
        make_topic(),
        make_collection(),
    )
    texts = {
        "quote": " “Open” by\n2020. ",
        "quote_prefix": "He said: ",
        "quote_suffix": " And left.",
        "quote_language": "pt-BR",
        "quote_is_translation": True,
        "speaker_role": "Minister",
        "attribution": "reported",
        "said_on": "2020-01~",
        "due": "2020-Q4/2021",
        "due_mode": "at",
        "due_basis": "inferred",
        "condition": "If it rains.",
        "measure": "lanes",
        "criteria": "Cars cross it.",
        "external_id": "bridge/1",
        "extra": {"desk": "Berlin", "=1": ""},
    }
    body = a_claim(
        **texts,
        quantity="approx 3600 people",
        speaker=speaker.slug,
        on_behalf_of=party.slug,
        topics=[topic.slug],
        collections=[collection.slug],
        uid="0b2f9f2e-53ab-4f3a-a9f6-0b6b0b0f7e11",
    )

    answer = done(post(contributor, body), 201)

    assert texts.items() <= answer.items()
    assert answer["quantity"]["text"] == "approx 3600 people"
    assert answer["uid"] == body["uid"]
    assert answer["speaker"]["slug"] == speaker.slug
    assert answer["on_behalf_of"]["slug"] == party.slug
    assert [each["slug"] for each in answer["topics"]] == [topic.slug]
    assert [each["slug"] for each in answer["collections"]] == [collection.slug]


def test_every_column_that_a_writer_fills_can_be_sent():
    columns = _written_columns(Claim).keys() - {"id"}
    assert columns <= set(DRAFT.fields)
    for name, model in (("appearances", "Appearance"), ("evidence", "Evidence")):
        rows = _written_columns(Claim._meta.get_field(name).related_model).keys()
        # Evidence replaces what an assessment cites: a new claim has none.
        assert rows - {"id", "replaces"} == set(DRAFT.fields[name].child.fields), model


def test_a_draft_may_lack_its_source(contributor):
    answer = done(post(contributor, a_claim(source=None)), 201)

    assert answer["source"] is None


def test_where_else_it_was_said_and_what_shows_it_come_along(contributor):
    source = make_source().slug
    rows = {
        "appearances": [{"said_on": "2020-03", "source": source, "quote": "Open."}],
        "evidence": [
            {"kind": "report", "stance": "supports", "summary": "It was opened.", "source": source},
            {"kind": "search", "summary": "Nothing in the archive, 2021."},
        ],
    }

    answer = done(post(contributor, a_claim(**rows)), 201)

    assert (answer["appearances_count"], answer["evidence_count"]) == (1, 2)
    timeline = contributor.get(f"{CLAIMS}{answer['uid']}/timeline/").json()
    assert [each["text"] for each in timeline["events"] if each["type"] == "said_again"] == [
        "Open."
    ]


def test_a_dry_run_answers_the_same_and_writes_nothing(contributor):
    body = a_claim()

    dry = post(contributor, body, path=f"{CLAIMS}?dry_run=true")

    assert "Location" not in dry
    assert not Claim.objects.exists()
    answer = done(dry, 200) | {"uid": None}
    assert done(post(contributor, body), 201) | {"uid": None} == answer


# What is refused


def test_an_empty_object_is_told_all_that_is_missing(contributor):
    assert set(refused(post(contributor, {}))) == {"kind", "speaker", "statement", "said_on"}


def test_no_fault_hides_another(contributor):
    body = a_claim(
        kind="hope",
        speaker="nobody",
        due="2020-13",
        topics=["none", "none-either"],
        colour="red",
        evidence=[{"kind": "report", "summary": "It says so."}],
        measure="x" * 301,
    )

    assert set(refused(post(contributor, body))) == {
        "kind",
        "speaker",
        "due",
        "topics",
        "colour",
        "evidence.0.source",
        "measure",
    }
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("statment", "", "Did you mean “statement”?"),
        ("editorial_state", "published", "There is no such member."),
        ("cosmetic", "A typo.", "There is no such member."),
        ("kind", "promiss", "Did you mean “promise”?"),
        ("kind", 7, "Give a text."),
        ("kind", "", "required"),
        ("statement", None, "null"),
        ("statement", " \n ", "required"),
        ("statement", 7, "Give a text."),
        ("statement", ["It will."], "Give a text."),
        ("statement", "x" * 1_001, "at most 1000 characters"),
        ("quote", "a\u0000b", "U+0000"),
        ("quote", "a\u0007b", "U+0007"),
        ("quote_language", "english, mostly", "language tag"),
        ("quote_is_translation", "yes", "Give true or false."),
        ("quote_is_translation", 1, "Give true or false."),
        ("speaker", None, "null"),
        ("speaker", "", "required"),
        ("speaker", "a b", "A slug is made of"),
        ("speaker", "x" * 121, "A slug is made of"),
        ("speaker", {"slug": "x"}, "Give a text."),
        ("source", "no-such-source", "There is no source “no-such-source”."),
        ("said_on", None, "null"),
        ("said_on", "autumn 2020", "there should be a year of four digits"),
        ("said_on", "0000", "there should be"),
        ("said_on", "99999", "there should be"),
        ("said_on", 2020, "Give a text."),
        ("due", "2019", "It was due before it was said."),
        ("due_mode", "", "Say what the due period means"),
        ("due_basis", "guessed", "is not one of: stated"),
        ("refers_to", "2019", "Only an assertion refers to a time"),
        ("quantity", "about 20", "comparator is “about”"),
        ("quantity", 20, "Give a text."),
        ("external_id", "x" * 201, "at most 200 characters"),
        ("extra", None, "null"),
        ("extra", ["a"], "Give an object of texts"),
        ("extra", {"page": 7}, "Give an object of texts"),
        ("extra", {"page": {"at": "7"}}, "Give an object of texts"),
        ("extra", {"": "7"}, "each under a name of 1 to 60"),
        ("topics", "roads", "list"),
        ("topics", None, "null"),
        ("topics", [""], "empty slug"),
        ("topics", ["roads"] * 51, "at most 50"),
        ("topics", [["roads"]], "Give a text."),
        ("collections", ["x" * 200], "A slug is made of"),
        ("uid", "the first", "UUID"),
        ("uid", -1, "UUID"),
        ("uid", 10**300, "UUID"),
        ("appearances", {}, "Give a list of objects."),
        ("appearances", [{}] * 51, "at most 50"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_is_none_is_refused_at_its_member(contributor, member, value, words):
    errors = refused(post(contributor, a_claim(**{member: value})))

    assert list(errors) == [member]
    assert any(words in message for message in errors[member]), errors
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("row", "at", "words"),
    [
        ("again", "non_field_errors", "Give an object."),
        ({"source": "nothing"}, "source", "There is no source “nothing”."),
        ({"said_on": "later"}, "said_on", "there should be a year"),
        ({"said_on": "9999"}, "said_on", "still to come"),
        ({"quot": "Yes."}, "quot", "Did you mean “quote”?"),
    ],
    ids=str,
)
def test_a_fault_of_a_row_is_at_its_place_in_the_list(contributor, row, at, words):
    good = {"said_on": "2020-03", "source": make_source().slug}
    bad = good | row if isinstance(row, dict) else row

    errors = refused(post(contributor, a_claim(appearances=[good, bad])))

    assert list(errors) == [f"appearances.1.{at}"]
    assert words in errors[f"appearances.1.{at}"][0]
    assert not Claim.objects.exists()


def test_the_nearest_slug_is_suggested(contributor):
    make_topic(slug="peacekeeping")

    errors = refused(post(contributor, a_claim(topics=["peacekeping"])))

    assert errors == {"topics": ["There is no topic “peacekeping”. Did you mean “peacekeeping”?"]}
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("member", ["uid", "external_id"])
def test_what_another_claim_has_is_taken(contributor, member):
    there = make_draft(external_id="bridge/1")

    errors = refused(post(contributor, a_claim(**{member: str(getattr(there, member))})))

    assert list(errors) == [member]


def test_a_body_past_the_limit_is_told_so(contributor):
    response = post(contributor, a_claim(statement="x" * 2_600_000))

    refused(response)
    assert "Send at most 2500000 bytes" in response.json()["detail"]
