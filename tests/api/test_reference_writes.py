"""Speakers, sources, topics and collections are added and edited over HTTP."""

import pytest

from claims.models import Change, IdempotencyKey, Source, Speaker, Topic
from tests.api.writing import refused, send, tag_of
from tests.factories import make_claim, make_source, make_speaker, make_topic, rename

BODIES = {
    "speakers": {
        "slug": "zas",
        "name": "Stanislav Zas",
        "kind": "person",
        "aliases": ["Stanislaw Sas"],
        "wikidata_id": "Q42",
        "organisation": "csto",
    },
    "sources": {
        "slug": "daily-road",
        "publisher": "The Daily",
        "title": "The road is open",
        "url": "https://daily.example/road",
        "archive_url": "https://archive.example/road",
        "published_on": "2020-10~",
        "language": "pt-BR",
    },
    "topics": {"slug": "roads", "name": "Roads", "description": "And bridges.\nAnd ferries."},
    "collections": {
        "slug": "manifesto",
        "name": "The manifesto",
        "selection_note": "All that can be checked.",
        "owner": "The desk",
        "starts_on": "2020",
        "ends_on": "2024/..",
    },
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_row_is_added_with_all_that_it_holds(editor, client, kind):
    make_speaker(slug="csto", kind="organisation")
    body = BODIES[kind]

    response = send(editor, "post", f"{kind}/", body)

    assert response.status_code == 201, response.content
    assert response.json() == body
    assert response["Location"] == f"http://testserver/api/v1/{kind}/{body['slug']}/"
    read = client.get(response["Location"])
    assert read.content == response.content
    assert read["ETag"] == response["ETag"]
    entry = Change.objects.latest("number")
    assert (entry.operation, entry.key, entry.actor) == ("create", body["slug"], "editor-grace")


@pytest.mark.parametrize("kind", BODIES)
def test_what_was_read_can_be_sent_back_as_it_is(editor, kind):
    make_speaker(slug="csto", kind="organisation")
    added = send(editor, "post", f"{kind}/", BODIES[kind])
    path = f"{kind}/{BODIES[kind]['slug']}/"
    entries = Change.objects.count()

    again = send(editor, "patch", path, added.json(), seen=added["ETag"])

    assert again.status_code == 200, again.content
    assert again["ETag"] == added["ETag"]  # nothing has changed, so nothing was written
    assert Change.objects.count() == entries


@pytest.mark.parametrize("kind", BODIES)
def test_the_least_that_is_needed_is_enough(editor, kind):
    needed = {"sources": {"publisher": "The Daily", "title": "Road"}}.get(kind, {"name": "A road"})

    response = send(editor, "post", f"{kind}/", needed)

    assert response.status_code == 201, response.content


def test_an_edit_changes_what_it_names_and_leaves_the_rest(editor, api):
    make_speaker(slug="zas", name="Stanislaw Sas", aliases=["Sas"], wikidata_id="Q42")
    seen = tag_of(editor, "speakers/zas/")

    response = send(editor, "patch", "speakers/zas/", {"name": "Stanislav Zas"}, seen=seen)

    assert response.status_code == 200, response.content
    assert response.json() == api("speakers/zas/")
    assert response.json() | {"name": ""} == {
        "slug": "zas",
        "name": "",
        "kind": "person",
        "aliases": ["Sas"],
        "wikidata_id": "Q42",
        "organisation": None,
    }
    assert response["ETag"] == tag_of(editor, "speakers/zas/") != seen
    entry = Change.objects.latest("number")
    assert (entry.operation, entry.fields_changed) == ("edit", ["name"])


def test_a_new_name_shows_in_the_claims_at_once(editor, api):
    claim = make_claim(speaker=make_speaker(slug="zas", name="Stanislaw Sas"))

    send(editor, "patch", "speakers/zas/", {"name": "Stanislav Zas"}, seen="*")

    assert api(f"claims/{claim.uid}/")["speaker"]["name"] == "Stanislav Zas"


def test_what_may_be_empty_is_emptied_with_null_or_an_empty_text(editor, api):
    make_speaker(slug="zas", organisation=make_speaker(kind="organisation"), wikidata_id="Q42")
    make_source(slug="daily", published_on="2020")

    send(editor, "patch", "speakers/zas/", {"organisation": None, "wikidata_id": ""}, seen="*")
    send(editor, "patch", "sources/daily/", {"published_on": None, "url": ""}, seen="*")

    assert api("speakers/zas/")["organisation"] is None
    assert api("speakers/zas/")["wikidata_id"] == ""
    assert api("sources/daily/")["published_on"] is None
    assert api("sources/daily/")["url"] == ""


# Slugs


@pytest.mark.parametrize(
    ("kind", "body", "slug"),
    [
        ("speakers", {"name": "Jens Stoltenberg (NATO)"}, "jens-stoltenberg-nato"),
        ("topics", {"name": "Zażalenie, Café & Co."}, "zazalenie-cafe-co"),
        ("sources", {"publisher": "The Daily", "title": "Is it open?"}, "the-daily-is-it-open"),
        ("collections", {"name": "x" * 119 + " y"}, "x" * 119),
    ],
)
def test_a_slug_that_is_left_out_is_made_as_the_desk_makes_it(editor, kind, body, slug):
    response = send(editor, "post", f"{kind}/", body)

    assert response.json()["slug"] == slug


@pytest.mark.parametrize("name", ["สตานิสลาฟ", "Зась", "Łukasz", "?!", "李 Li"])
def test_a_name_whose_letters_a_slug_would_lose_needs_one_of_its_own(editor, name):
    assert list(refused(send(editor, "post", "speakers/", {"name": name}))) == ["slug"]

    assert send(editor, "post", "speakers/", {"name": name, "slug": "one"}).status_code == 201


def test_a_slug_never_changes(editor):
    make_topic(slug="roads")

    errors = refused(send(editor, "patch", "topics/roads/", {"slug": "streets"}, seen="*"))

    assert "never changes" in errors["slug"][0]


def test_a_slug_that_is_taken_is_refused_at_its_member(editor):
    make_topic(slug="roads")

    for body in ({"slug": "roads", "name": "Others"}, {"name": "Roads"}):
        errors = refused(send(editor, "post", "topics/", body))
        assert errors == {"slug": ["There is one with this already."]}


def test_an_address_is_of_one_source(editor):
    make_source(url="https://daily.example/road")
    make_source(slug="weekly")
    body = {"publisher": "The Daily", "title": "Road", "url": "https://daily.example/road"}

    added = refused(send(editor, "post", "sources/", body))
    edited = refused(send(editor, "patch", "sources/weekly/", {"url": body["url"]}, seen="*"))

    assert added == edited == {"url": ["There is one with this already."]}


# Organisations


def test_an_organisation_that_is_not_there_is_refused_with_the_nearest(editor):
    make_speaker(slug="csto", kind="organisation")

    errors = refused(send(editor, "post", "speakers/", {"organisation": "cssto"}))

    assert set(errors) == {"name", "slug", "organisation"}
    assert "Did you mean “csto”?" in errors["organisation"][0]


def test_a_person_is_no_organisation(editor):
    make_speaker(slug="zas")
    body = {"name": "Jens", "organisation": "zas"}

    assert list(refused(send(editor, "post", "speakers/", body))) == ["organisation"]


def test_an_organisation_with_members_stays_one(editor):
    make_speaker(organisation=make_speaker(slug="csto", kind="organisation"))

    errors = refused(send(editor, "patch", "speakers/csto/", {"kind": "person"}, seen="*"))

    assert list(errors) == ["kind"]


# Over what was read


def test_an_edit_says_what_was_read(editor):
    make_topic(slug="roads")

    refused(send(editor, "patch", "topics/roads/", {"name": "Streets"}), 428)
    assert Topic.objects.get().name != "Streets"


def test_over_a_row_that_moved_on_it_fails_with_the_tag_there_is(editor):
    topic = make_topic(slug="roads")
    seen = tag_of(editor, "topics/roads/")
    rename(topic, name="All roads")

    response = send(editor, "patch", "topics/roads/", {"name": "Streets"}, seen=seen)

    refused(response, 412)
    assert response["ETag"] == tag_of(editor, "topics/roads/")
    assert Topic.objects.get().name == "All roads"


def test_a_compressing_proxy_does_not_hide_what_was_read(editor):
    make_topic(slug="roads")
    seen = tag_of(editor, "topics/roads/")
    weak = f'W/{seen[:-1]}-gzip"'

    assert send(editor, "patch", "topics/roads/", {"name": "A"}, seen=weak).status_code == 200


def test_an_unchanged_row_is_not_sent_again(client, db):
    make_topic(slug="roads")
    seen = tag_of(client, "topics/roads/")

    again = client.get("/api/v1/topics/roads/", headers={"If-None-Match": seen})

    assert again.status_code == 304


def test_a_row_that_is_not_there(editor):
    refused(send(editor, "patch", "topics/roads/", {"name": "Streets"}, seen="*"), 404)


# Once, or only to see


def test_a_dry_run_answers_the_same_and_writes_nothing(editor, api):
    make_topic(slug="roads", name="Roads")
    entries = Change.objects.count()

    added = send(editor, "post", "topics/?dry_run=true", {"name": "Streets"})
    edited = send(editor, "patch", "topics/roads/?dry_run=true", {"name": "All roads"}, seen="*")

    assert (added.status_code, edited.status_code) == (200, 200)
    assert added.json()["slug"] == "streets"
    assert edited.json()["name"] == "All roads"
    assert "Location" not in added
    assert Topic.objects.get().name == api("topics/roads/")["name"] == "Roads"
    assert Change.objects.count() == entries


def test_a_dry_run_is_refused_what_the_run_would_be(editor):
    assert set(refused(send(editor, "post", "topics/?dry_run=true", {}))) == {"name", "slug"}


def test_a_retry_with_its_key_adds_one_row(editor):
    body = {"name": "Stanislav Zas"}

    first = send(editor, "post", "speakers/", body, Idempotency_Key="zas-1")
    again = send(editor, "post", "speakers/", body, Idempotency_Key="zas-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["ETag"], again["Location"]) == (
        first.content,
        first["ETag"],
        first["Location"],
    )
    assert Speaker.objects.count() == 1
    other = send(editor, "post", "speakers/", {"name": "Another"}, Idempotency_Key="zas-1")
    refused(other, 422)


def test_a_retry_of_an_edit_is_answered_as_it_was(editor):
    make_topic(slug="roads")
    seen = tag_of(editor, "topics/roads/")
    body = {"name": "Streets"}

    first = send(editor, "patch", "topics/roads/", body, seen=seen, Idempotency_Key="1")
    again = send(editor, "patch", "topics/roads/", body, seen=seen, Idempotency_Key="1")

    assert (again.status_code, again["ETag"]) == (200, first["ETag"])
    assert Topic.objects.get().revision == 2


def test_what_was_refused_is_not_kept(editor):
    refused(send(editor, "post", "topics/", {}, Idempotency_Key="1"))

    assert not IdempotencyKey.objects.exists()
    assert send(editor, "post", "topics/", {"name": "A"}, Idempotency_Key="1").status_code == 201


# What is refused


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("speakers", {"name", "slug"}),
        ("sources", {"publisher", "title", "slug"}),
        ("topics", {"name", "slug"}),
        ("collections", {"name", "slug"}),
    ],
)
def test_an_empty_object_is_told_all_that_is_missing(editor, kind, needed):
    assert set(refused(send(editor, "post", f"{kind}/", {}))) == needed


def test_an_unknown_member_is_refused_with_the_nearest(editor):
    errors = refused(send(editor, "post", "sources/", {"titel": "Road", "revision": 3}))

    assert list(errors) == ["titel", "revision"]
    assert "Did you mean “title”?" in errors["titel"][0]


@pytest.mark.parametrize(
    ("kind", "member", "value", "words"),
    [
        ("speakers", "name", 7, "Give a text."),
        ("speakers", "name", True, "Give a text."),
        ("speakers", "name", None, "null"),
        ("speakers", "name", "  ", "blank"),
        ("speakers", "name", "x" * 201, "no more than 200"),
        ("speakers", "name", "a\u0000b", "Null characters"),
        ("speakers", "name", "a\u0007b", "U+0007"),
        ("speakers", "slug", "Stanislav Zas", "slug"),
        ("speakers", "slug", "", "blank"),
        ("speakers", "slug", "x" * 121, "no more than 120"),
        ("speakers", "kind", "persona", "Did you mean “person”?"),
        ("speakers", "kind", "", "required"),
        ("speakers", "aliases", "Sas", "list"),
        ("speakers", "aliases", {"a": 1}, "list"),
        ("speakers", "aliases", ["Sas", 7], "Give a text."),
        ("speakers", "aliases", ["a\u0000b"], "Null characters"),
        ("speakers", "aliases", ["a"] * 51, "no more than 50"),
        ("speakers", "aliases", ["x" * 201], "no more than 200"),
        ("speakers", "wikidata_id", "42", "looks like Q42"),
        ("speakers", "organisation", ["csto"], "Give a text."),
        ("speakers", "organisation", "", "blank"),
        ("speakers", "organisation", "x" * 2_000, "no more than 120"),
        ("sources", "url", "ftp://daily.example", "web address"),
        ("sources", "url", "javascript:alert(1)", "web address"),
        ("sources", "published_on", "16.10.2020", "year of four digits"),
        ("sources", "published_on", 2020, "Give a text."),
        ("sources", "language", "english please", "looks like en"),
        ("topics", "description", "x" * 2_001, "no more than 2000"),
        ("collections", "starts_on", "2020-13", "month"),
        ("collections", "owner", [], "Give a text."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_is_none_is_refused_at_its_member(editor, kind, member, value, words):
    body = {"name": "A road", "publisher": "The Daily", "title": "A road", "slug": "road"}
    known = {"sources": ("publisher", "title", "slug")}.get(kind, ("name", "slug"))
    entries = Change.objects.count()

    errors = refused(
        send(editor, "post", f"{kind}/", {name: body[name] for name in known} | {member: value})
    )

    assert list(errors) == [member]
    assert any(words in message for message in errors[member]), errors
    assert Change.objects.count() == entries


def test_half_a_surrogate_pair_is_no_text(editor):
    response = editor.post(
        "/api/v1/topics/", b'{"name": "half \\ud800 a pair"}', content_type="application/json"
    )

    refused(response)
    assert "half a surrogate pair" in response.json()["detail"]


@pytest.mark.parametrize("kind", BODIES)
def test_nothing_is_deleted_or_replaced(editor, kind):
    make_source(slug="road")

    refused(send(editor, "delete", "sources/road/", seen="*"), 405)
    refused(send(editor, "put", "sources/road/", BODIES["sources"], seen="*"), 405)
    refused(send(editor, "delete", f"{kind}/"), 405)
    assert Source.objects.count() == 1


def test_an_unknown_parameter_is_refused(editor):
    errors = refused(send(editor, "post", "topics/?dryrun=true", {"name": "Roads"}))

    assert "Did you mean “dry_run”?" in errors["dryrun"][0]
    assert not Topic.objects.exists()
