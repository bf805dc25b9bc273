"""Evidence and appearances of a claim are added, edited and taken away over HTTP."""

from uuid import uuid4

import pytest

from claims import curation
from claims.models import Appearance, Change, Claim, Evidence
from tests.api.writing import refused, send, tag_of
from tests.factories import (
    add_evidence,
    assess,
    edit,
    make_claim,
    make_draft,
    make_source,
    move,
)

NOBODY = "09f58d45-0004-4778-9229-92230c5a6f10"  # a uid that nothing has
KINDS = ("evidence", "appearances")


def path_of(claim, kind, row=None):
    return f"claims/{claim.uid}/{kind}/" + (f"{row.uid}/" if row else "")


def body_of(kind, /, **changes):
    """What a client would send, but for `changes`."""
    source = "daily"
    bodies = {
        "evidence": {"kind": "report", "summary": "Half of it is open.", "source": source},
        "appearances": {"said_on": "2020-03", "source": source},
    }
    return bodies[kind] | changes


def row_of(claim, kind):
    if kind == "evidence":
        return add_evidence(claim)
    values = {"said_on": "2020-02", "quote": "As I said.", "source": make_source()}
    edit(claim, appearances=[curation.RowWrite(values=values)])
    return claim.appearances.latest("pk")


@pytest.fixture
def claim(db):
    make_source(slug="daily")
    return make_claim()


FULL = {
    "evidence": {
        "kind": "fact_check",
        "stance": "contradicts",
        "summary": "Half of it is open.\n\nThe rest is not.",
        "dated": "2020-11~",
        "observed": "approx 3600 people",
        "original_rating": "Mostly false",
        "replaces": None,
    },
    "appearances": {"said_on": "2020-03", "quote": "We will open it."},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_added_with_all_that_it_holds(editor, api, claim, kind):
    response = send(
        editor, "post", path_of(claim, kind), FULL[kind] | {"source": "daily"}, seen="*"
    )

    assert response.status_code == 201, response.content
    answer = response.json()
    assert answer == FULL[kind] | {
        "uid": answer["uid"],
        "recorded_at": answer["recorded_at"],
        "source": api("sources/daily/"),
    }
    assert (
        response["Location"] == f"http://testserver/api/v1/{path_of(claim, kind)}{answer['uid']}/"
    )
    assert api(path_of(claim, kind))["results"] == [editor.get(response["Location"]).json()]
    assert editor.get(response["Location"]).json() == answer
    assert Change.objects.latest("number").actor == "editor-grace"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_edited_member_by_member(editor, api, claim, kind):
    row = row_of(claim, kind)
    before = api(path_of(claim, kind, row))
    name = {"evidence": "summary", "appearances": "quote"}[kind]

    response = send(editor, "patch", path_of(claim, kind, row), {name: "Otherwise."}, seen="*")

    assert response.status_code == 200, response.content
    assert response.json() == before | {name: "Otherwise."} == api(path_of(claim, kind, row))


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_taken_away(editor, api, claim, kind):
    row = row_of(claim, kind)

    response = send(editor, "delete", path_of(claim, kind, row), seen="*")

    assert (response.status_code, response.content) == (204, b"")
    assert response["ETag"] == tag_of(editor, f"claims/{claim.uid}/")
    assert api(path_of(claim, kind))["results"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_that_changes_nothing_writes_nothing(editor, claim, kind):
    row = row_of(claim, kind)
    seen = tag_of(editor, f"claims/{claim.uid}/")
    entries = Change.objects.count()
    same = {"source": row.source.slug}

    response = send(editor, "patch", path_of(claim, kind, row), same, seen=seen)

    assert (response.status_code, response["ETag"]) == (200, seen)
    assert Change.objects.count() == entries


# What was read


@pytest.mark.parametrize("address", ["", "timeline/", "evidence/", "appearances/", "links/"])
def test_the_tag_of_any_address_of_the_claim_will_do(editor, claim, address):
    assess(claim, "borne_out")
    seen = tag_of(editor, f"claims/{claim.uid}/{address}")

    response = send(editor, "post", path_of(claim, "evidence"), body_of("evidence"), seen=seen)

    assert response.status_code == 201, response.content


def test_each_answer_has_the_tag_for_the_next_write(editor, claim):
    seen = tag_of(editor, f"claims/{claim.uid}/")

    added = send(editor, "post", path_of(claim, "evidence"), body_of("evidence"), seen=seen)
    path = f"{path_of(claim, 'evidence')}{added.json()['uid']}/"
    edited = send(editor, "patch", path, {"stance": "supports"}, seen=added["ETag"])
    assert edited["ETag"] == tag_of(editor, f"claims/{claim.uid}/")
    removed = send(editor, "delete", path, seen=edited["ETag"])

    assert (added.status_code, edited.status_code, removed.status_code) == (201, 200, 204)
    assert len({seen, added["ETag"], edited["ETag"], removed["ETag"]}) == 4


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_over_a_claim_that_moved_on_it_fails_with_the_tag_there_is(editor, claim, method):
    row = row_of(claim, "evidence")
    seen = tag_of(editor, f"claims/{claim.uid}/")
    edit(claim, values={"quote": "We will open it."})
    path = path_of(claim, "evidence", None if method == "post" else row)

    body = {"post": body_of("evidence"), "patch": {"summary": "Otherwise."}, "delete": None}
    response = send(editor, method, path, body[method], seen=seen)

    refused(response, 412)
    assert response["ETag"] == tag_of(editor, f"claims/{claim.uid}/")
    assert Evidence.objects.get().summary == row.summary


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_what_was_read_is_to_be_said(editor, claim, method):
    row = row_of(claim, "evidence")
    path = path_of(claim, "evidence", None if method == "post" else row)

    body = {"post": body_of("evidence"), "patch": {"summary": "Otherwise."}, "delete": None}
    refused(send(editor, method, path, body[method]), 428)

    assert Evidence.objects.get().summary == row.summary


# Cited evidence


def test_cited_evidence_is_neither_edited_nor_taken_away(editor, claim):
    row = add_evidence(claim)
    assess(claim, "borne_out", evidence=[row])
    path = path_of(claim, "evidence", row)

    edited = send(editor, "patch", path, {"summary": "Otherwise."}, seen="*")
    removed = send(editor, "delete", path, seen="*")

    for response in (edited, removed):
        assert "add evidence that replaces it" in refused(response)["non_field_errors"][0]


def test_cited_evidence_is_replaced_by_another_row(editor, claim):
    row = add_evidence(claim)
    assess(claim, "borne_out", evidence=[row])
    body = body_of("evidence", replaces=str(row.uid))

    response = send(editor, "post", path_of(claim, "evidence"), body, seen="*")

    assert response.json()["replaces"] == str(row.uid)
    again = send(editor, "post", path_of(claim, "evidence"), body, seen="*")
    assert "replaced already" in refused(again)["replaces"][0]


def test_evidence_of_another_claim_is_not_replaced(editor, claim):
    other = add_evidence(make_claim())
    body = body_of("evidence", replaces=str(other.uid))

    assert list(refused(send(editor, "post", path_of(claim, "evidence"), body, seen="*"))) == [
        "replaces"
    ]


# Once, or only to see


@pytest.mark.parametrize("kind", KINDS)
def test_a_dry_run_answers_the_same_and_writes_nothing(editor, api, claim, kind):
    row = row_of(claim, kind)
    was = api(path_of(claim, kind))
    entries = Change.objects.count()

    added = send(editor, "post", f"{path_of(claim, kind)}?dry_run=true", body_of(kind), seen="*")
    edited = send(
        editor, "patch", f"{path_of(claim, kind, row)}?dry_run=true", {"source": "daily"}, seen="*"
    )
    removed = send(editor, "delete", f"{path_of(claim, kind, row)}?dry_run=true", seen="*")

    assert (added.status_code, edited.status_code, removed.status_code) == (200, 200, 200)
    assert removed.json()["uid"] == str(row.uid)
    assert added.json()["source"]["slug"] == edited.json()["source"]["slug"] == "daily"
    assert api(path_of(claim, kind)) == was
    assert Change.objects.count() == entries


def test_a_retry_with_its_key_is_done_once(editor, claim):
    seen = tag_of(editor, f"claims/{claim.uid}/")
    path = path_of(claim, "evidence")

    def twice(method, path, body, seen, key):
        first, again = (
            send(editor, method, path, body, seen=seen, Idempotency_Key=key) for _ in range(2)
        )
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert (again["ETag"], again["Idempotent-Replayed"]) == (first["ETag"], "true")
        return first

    added = twice("post", path, body_of("evidence"), seen, "1")
    assert Evidence.objects.count() == 1
    path = f"{path}{added.json()['uid']}/"
    edited = twice("patch", path, {"summary": "Otherwise."}, added["ETag"], "2")
    twice("delete", path, None, edited["ETag"], "3")
    assert not Evidence.objects.exists()
    assert Claim.objects.get().revision == claim.revision + 3


# Drafts, and claims that left the public


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_draft_are_written_too(contributor, kind):
    make_source(slug="daily")
    draft = make_draft()
    seen = tag_of(contributor, path_of(draft, kind))

    added = send(contributor, "post", path_of(draft, kind), body_of(kind), seen=seen)

    assert added.status_code == 201, added.content
    path = f"{path_of(draft, kind)}{added.json()['uid']}/"
    assert contributor.get(f"/api/v1/{path}").json() == added.json()
    assert send(contributor, "patch", path, {"source": "daily"}, seen=added["ETag"])
    assert send(contributor, "delete", path, seen=added["ETag"]).status_code == 204
    assert not Change.objects.filter(subject="claim").exists()


def test_nothing_is_written_to_a_claim_that_was_set_aside(editor):
    make_source(slug="daily")
    draft = move(curation.set_aside, make_draft(), "Not one that can be checked.")

    response = send(editor, "post", path_of(draft, "evidence"), body_of("evidence"), seen="*")

    refused(response, 409)
    assert not Evidence.objects.exists()


def test_a_retracted_claim_is_gone_and_a_merged_one_is_not_written_past(editor, claim):
    retracted = move(curation.retract, make_claim(), "A mistake.")
    merged = make_claim()
    change = curation.StateChange(claim=merged, revision=merged.revision, reason="The same.")
    curation.merge(change, into=claim, actor="ada")

    refused(
        send(editor, "post", path_of(retracted, "evidence"), body_of("evidence"), seen="*"), 410
    )
    response = send(editor, "post", path_of(merged, "evidence"), body_of("evidence"), seen="*")

    refused(response, 409)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_or_a_row_that_is_not_there(editor, claim, kind):
    refused(send(editor, "post", f"claims/{uuid4()}/{kind}/", body_of(kind), seen="*"), 404)
    other = row_of(make_claim(), kind)
    for method, body in (("patch", {"source": "daily"}), ("delete", None)):
        refused(send(editor, method, path_of(claim, kind, other), body, seen="*"), 404)
    assert other.__class__.objects.count() == 1


# What is refused


def test_an_empty_object_is_told_all_that_is_missing(editor, claim):
    for kind, needed in (
        ("evidence", {"kind", "summary"}),
        ("appearances", {"said_on", "source"}),
    ):
        assert set(refused(send(editor, "post", path_of(claim, kind), {}, seen="*"))) == needed


def test_an_unknown_member_is_refused_with_the_nearest(editor, claim):
    body = body_of("evidence", sumary="Half.", claim=NOBODY)

    errors = refused(send(editor, "post", path_of(claim, "evidence"), body, seen="*"))

    assert list(errors) == ["sumary", "claim"]
    assert "Did you mean “summary”?" in errors["sumary"][0]


def test_what_names_nothing_hides_no_other_fault(editor, claim):
    body = {"kind": "report", "source": "dayly", "replaces": NOBODY}

    errors = refused(send(editor, "post", path_of(claim, "evidence"), body, seen="*"))

    assert set(errors) == {"summary", "source", "replaces"}
    assert "Did you mean “daily”?" in errors["source"][0]


@pytest.mark.parametrize(
    ("kind", "member", "value", "words"),
    [
        ("evidence", "kind", "rumour", "is not one of: document"),
        ("evidence", "kind", "", "required"),
        ("evidence", "kind", ["report"], "Give a text."),
        ("evidence", "stance", "suports", "Did you mean “supports”?"),
        ("evidence", "summary", "", "blank"),
        ("evidence", "summary", None, "null"),
        ("evidence", "summary", {"text": "a"}, "Give a text."),
        ("evidence", "summary", "a\u0000b", "Null characters"),
        ("evidence", "summary", "a\u001bb", "U+001B"),
        ("evidence", "summary", "x" * 2_001, "no more than 2000"),
        ("evidence", "source", 3, "Give a text."),
        ("evidence", "source", None, "has a source"),
        ("evidence", "source", "a\u0000b", "Null characters"),
        ("evidence", "dated", "99999", "position"),
        ("evidence", "dated", 2020, "Give a text."),
        ("evidence", "observed", "many people", "many"),
        ("evidence", "observed", "eq " + "9" * 400 + " people", "digits"),
        ("evidence", "original_rating", "False", "fact-check"),
        ("evidence", "replaces", "the first", "UUID"),
        ("evidence", "replaces", 7, "There is no evidence"),
        ("evidence", "replaces", NOBODY, "There is no evidence"),
        ("appearances", "said_on", "../2020", "first and a last day"),
        ("appearances", "said_on", "2990", "still to come"),
        ("appearances", "said_on", "", "blank"),
        ("appearances", "source", None, "null"),
        ("appearances", "quote", 1.5, "Give a text."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_is_none_is_refused_at_its_member(editor, claim, kind, member, value, words):
    body = body_of(kind, **{member: value})

    errors = refused(send(editor, "post", path_of(claim, kind), body, seen="*"))

    assert list(errors) == [member]
    assert any(words in message for message in errors[member]), errors
    assert not Evidence.objects.exists()
    assert not Appearance.objects.exists()


def test_a_delete_has_no_body(editor, claim):
    row = add_evidence(claim)

    errors = refused(
        send(editor, "delete", path_of(claim, "evidence", row), {"dry_run": True}, seen="*")
    )

    assert errors == {"non_field_errors": ["A DELETE has no body."]}
    assert Evidence.objects.exists()


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_an_unknown_parameter_is_refused(editor, claim, method):
    row = add_evidence(claim)
    path = path_of(claim, "evidence", None if method == "post" else row)

    errors = refused(send(editor, method, f"{path}?dryrun=true", seen="*"))

    assert "Did you mean “dry_run”?" in errors["dryrun"][0]
