"""The OpenAPI document describes the writes of rows as they are."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.api.addresses import document
from tests.api.writing import send
from tests.factories import add_evidence, link, make_claim, make_source, make_speaker

BODIES = {
    "speakers/": {"slug": "zas", "name": "Zas", "organisation": None, "aliases": []},
    "sources/": {"publisher": "The Daily", "title": "Road", "published_on": None, "url": ""},
    "topics/": {"name": "Roads", "description": ""},
    "collections/": {"name": "The manifesto", "starts_on": "2020"},
    "claims/{uid}/evidence/": {
        "kind": "search",
        "summary": "Looked in the gazette.",
        "source": None,
        "dated": None,
    },
    "claims/{uid}/appearances/": {"said_on": "2020-03", "source": "daily", "quote": ""},
    "claims/{uid}/links/": {"type": "contradicts", "claim": "{target}"},
}
NEEDED = {
    "SpeakerWrite": {"name"},
    "SourceWrite": {"publisher", "title"},
    "TopicWrite": {"name"},
    "CollectionWrite": {"name"},
    "EvidenceWrite": {"kind", "summary"},
    "AppearanceWrite": {"said_on", "source"},
    "LinkWrite": {"type", "claim"},
}


@pytest.fixture(scope="module")
def schema():
    return json.loads(json.dumps(document(), default=str))


def make_rows():
    make_source(slug="daily")
    return {"uid": make_claim().uid, "target": make_claim().uid}


@pytest.fixture(scope="module")
def names_for_all(rows_for_all):
    return rows_for_all(make_rows)


@pytest.fixture
def names(names_for_all, db):
    return names_for_all


def check(schema, described, value):
    content = described["content"]["application/json"]
    Draft202012Validator({**content["schema"], "components": schema["components"]}).validate(value)


def operation(schema, path, method):
    return schema["paths"][f"/api/v1/{path}"][method]


def filled(body, names):
    return {k: v.format(**names) if isinstance(v, str) else v for k, v in body.items()}


@pytest.mark.parametrize("path", BODIES)
def test_what_is_added_and_its_answers_are_as_described(editor, schema, names, path):
    described, body = operation(schema, path, "post"), filled(BODIES[path], names)
    check(schema, described["requestBody"], body)

    for query, status in (("?dry_run=true", "200"), ("", "201")):
        answer = send(editor, "post", path.format(**names) + query, body, seen="*")
        assert str(answer.status_code) == status, answer.content
        check(schema, described["responses"][status], answer.json())


@pytest.mark.parametrize("path", [path for path in BODIES if "links" not in path])
def test_what_is_edited_and_its_answer_are_as_described(editor, schema, names, path):
    added = send(editor, "post", path.format(**names), filled(BODIES[path], names), seen="*")
    one = "{row}/" if "uid" in path else "{slug}/"
    described = operation(schema, path + one, "patch")
    body = {name: value for name, value in BODIES[path].items() if name != "slug"}
    check(schema, described["requestBody"], body)
    check(schema, described["requestBody"], {})

    answer = send(editor, "patch", added["Location"].partition("/v1/")[2], body, seen="*")

    assert answer.status_code == 200, answer.content
    check(schema, described["responses"]["200"], answer.json())


@pytest.mark.parametrize("name", NEEDED)
def test_the_members_that_are_needed_are_named(schema, name):
    assert set(schema["components"]["schemas"][name]["required"]) == NEEDED[name]


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_just_what_is_described_is_served(editor, schema, names, path, method):
    claim = make_claim()
    names |= {"uid": claim.uid, "row": add_evidence(claim).uid, "slug": make_speaker().slug}
    for each in (path, path + ("{row}/" if "uid" in path else "{slug}/")):
        answer = send(editor, method, each.format(**names), None, seen="*")
        is_described = method in schema["paths"][f"/api/v1/{each}"]
        assert (answer.status_code != 405) == is_described, answer.content


def test_every_refusal_is_described(editor, contributor, client, schema, names):
    claim, body = make_claim(), {"type": "contradicts", "claim": str(names["target"])}
    row = link(claim, make_claim(), "repeats")
    for sender, uid, seen, status in (
        (editor, claim.uid, "", 428),
        (editor, claim.uid, '"1-0123456789abcdef"', 412),
        (editor, row.uid, "*", 404),
        (contributor, claim.uid, "*", 403),
    ):
        answer = send(sender, "post", f"claims/{uid}/links/", body, seen=seen)
        assert answer.status_code == status, answer.content
        responses = operation(schema, "claims/{uid}/links/", "post")["responses"]
        (content,) = responses[str(status)]["content"]
        assert content == answer["Content-Type"]


def test_a_read_of_rows_asks_for_no_name_and_takes_one(schema):
    for kind in ("evidence", "appearances", "links"):
        security = operation(schema, f"claims/{{uid}}/{kind}/", "get")["security"]
        assert {} in security
        assert len(security) > 1


def test_a_write_takes_a_name_alone(schema):
    for path in BODIES:
        assert {} not in operation(schema, path, "post")["security"]
