"""An editor who is signed in records an assessment over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from claims import curation
from claims.models import Assessment, Change, Claim
from tests.factories import ACTOR, add_evidence, assess, edit, make_claim, make_draft

NOBODY = "09f58d45-0004-4778-9229-92230c5a6f10"  # a uid that nothing has


def address(claim, **params):
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return f"/api/v1/claims/{claim.uid}/assessments/" + (f"?{query}" if query else "")


def verdict_on(claim, **changes):
    """What a client would send: a verdict on the claim as it stands, but for `changes`."""
    evidence = claim.evidence.first() or add_evidence(claim)
    claim.refresh_from_db()
    return {
        "outcome": "borne_out",
        "rationale": "The report says so.",
        "revision": claim.revision,
        "words_revision": claim.words_revision,
        "evidence": [str(evidence.uid)],
    } | changes


def post(client, claim, body, /, headers=None, **params):
    """Over the claim as it stood at the revision in `body`."""
    sent, seen = {name: each for name, each in body.items() if name != "revision"}, {}
    if "revision" in body:
        seen["If-Match"] = f'"{body["revision"]}-0123456789abcdef"'
    return client.post(
        address(claim, **params),
        sent,
        content_type="application/json",
        headers={**seen, **(headers or {})},
    )


def refused(response, status=400):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    return response.json().get("errors", {})


def test_it_is_recorded_and_shown_as_the_timeline_shows_it(editor, api):
    claim = make_claim()
    said = {
        "outcome": "borne_out_late",
        "reason": "delayed",
        "headline": "Signed nine months late",
        "happened_on": "2021-09-16",
        "method": "Rule book 2",
        "progress": "done",
    }

    response = post(editor, claim, verdict_on(claim, **said))

    assert response.status_code == 201, response.content
    answer = response.json()
    assert said.items() <= answer.items()
    assert (answer["cause"], answer["label"]) == ("first", "Kept late")
    recorded = Assessment.objects.get()
    assert answer["uid"] == str(recorded.uid)
    assert recorded.decided_by == "editor-grace"
    assert response["Location"] == f"http://testserver{address(claim)}{recorded.uid}/"
    assert editor.get(response["Location"]).json() == answer
    assert api(f"claims/{claim.uid}/assessments/")["results"] == [answer]
    assert api(f"claims/{claim.uid}/")["status"] == "borne_out_late"
    assert Change.objects.latest("number").actor == "editor-grace"


def test_a_correction_names_what_it_corrects(editor):
    claim = make_claim()
    wrong = assess(claim, "borne_out")
    body = verdict_on(claim, outcome="not_borne_out", cause="correction", corrects=str(wrong.uid))

    assert post(editor, claim, body).json()["corrects"] == str(wrong.uid)


def test_an_update_that_reopens_the_claim(editor):
    claim = make_claim()
    assess(claim, "not_borne_out")
    update = {"outcome": "", "progress": "in_progress", "reopens": True, "cause": "development"}

    response = post(editor, claim, verdict_on(claim, **update, corrects=None, happened_on=None))

    assert response.status_code == 201, response.content
    claim.refresh_from_db()
    assert (claim.outcome, claim.progress) == ("", "in_progress")


def test_a_dry_run_answers_the_same_and_writes_nothing(editor):
    claim = make_claim()
    body = verdict_on(claim)
    entries = Change.objects.count()

    dry = post(editor, claim, body, dry_run="true")

    assert dry.status_code == 200
    assert "Location" not in dry
    assert not Assessment.objects.exists()
    assert Change.objects.count() == entries
    assert Claim.objects.get().revision == body["revision"]
    done = post(editor, claim, body, dry_run="false").json()
    of_its_own = {"uid", "recorded_at", "stood_from", "standing"}
    assert {k: v for k, v in done.items() if k not in of_its_own} == {
        k: v for k, v in dry.json().items() if k not in of_its_own
    }


def test_a_dry_run_is_refused_what_the_run_would_be(editor):
    claim = make_claim()

    errors = refused(post(editor, claim, verdict_on(claim, outcome="void"), dry_run="true"))

    assert list(errors) == ["outcome"]


@pytest.mark.parametrize("value", ["yes", ""])
def test_a_dry_run_is_asked_for_in_clear_words(editor, value):
    claim = make_claim()

    assert list(refused(post(editor, claim, verdict_on(claim), dry_run=value))) == ["dry_run"]
    assert not Assessment.objects.exists()


# Who may


def test_a_stranger_is_refused(client, db):
    claim = make_claim()

    response = post(client, claim, verdict_on(claim))

    refused(response, 401)
    assert response["WWW-Authenticate"] == 'Bearer realm="Borne Out"'
    assert not Assessment.objects.exists()


def test_a_contributor_is_refused(as_role):
    claim = make_claim()

    refused(post(as_role("contributor"), claim, verdict_on(claim)), 403)
    assert not Assessment.objects.exists()


def test_an_account_that_was_closed_is_refused(editor):
    claim = make_claim()
    User.objects.update(is_active=False)

    refused(post(editor, claim, verdict_on(claim)), 401)


def test_a_page_of_another_site_cannot_write_in_an_editors_name(as_role):
    claim = make_claim()
    body = verdict_on(claim)
    client = as_role("editor", enforce_csrf_checks=True)

    forged = refused_detail(post(client, claim, body))
    assert "CSRF" in forged
    assert not Assessment.objects.exists()

    client.get("/admin/login/?next=/admin/password_change/")
    client.get("/admin/password_change/")  # a page with a form hands out the token
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    done = post(client, claim, body, headers=token)
    assert done.status_code == 201, done.content


def refused_detail(response):
    refused(response, 403)
    return response.json()["detail"]


# What is refused


def test_over_a_claim_that_moved_on_it_fails_with_the_tag_there_is(editor):
    claim = make_claim()
    body = verdict_on(claim)
    edit(claim, values={"quote": "We will open it."})

    answer = post(editor, claim, body)

    assert refused(answer, 412) == {}
    assert "read it again" in answer.json()["detail"]
    assert answer["ETag"] == editor.get(f"/api/v1/claims/{claim.uid}/")["ETag"]
    assert not Assessment.objects.exists()


def test_that_it_moved_on_is_said_before_what_follows_from_it(editor):
    claim = make_claim()
    body = verdict_on(claim)
    assess(claim, "borne_out")

    refused(post(editor, claim, body), 412)


def test_what_was_read_is_to_be_said(editor):
    claim = make_claim()
    body = verdict_on(claim)
    del body["revision"]

    assert "If-Match" in post(editor, claim, body).json()["detail"]
    refused(post(editor, claim, body), 428)


def test_an_empty_object_is_told_all_that_is_missing(editor):
    errors = refused(post(editor, make_claim(), {}, headers={"If-Match": "*"}))

    assert set(errors) == {"outcome", "rationale", "evidence", "words_revision"}


def test_an_unknown_member_is_refused_with_the_nearest(editor):
    claim = make_claim()

    errors = refused(post(editor, claim, verdict_on(claim, reasons="", decided_by="me")))

    assert list(errors) == ["reasons", "decided_by"]
    assert "Did you mean “reason”?" in errors["reasons"][0]
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("outcome", "borne_oot", "Did you mean “borne_out”?"),
        ("outcome", 7, "Give a text."),
        ("outcome", None, "null"),
        ("progress", "lost", "is not one of: not_started"),
        ("cause", "because", "is not one of: first"),
        ("reason", "late", "is not one of: abandoned"),
        ("reopens", "perhaps", "true or false"),
        ("happened_before_said", [], "true or false"),
        ("corrects", "the last", "UUID"),
        ("corrects", NOBODY, "There is no assessment"),
        ("rationale", ["because"], "Give a text"),
        ("rationale", "a\u0000b", "Null characters"),
        ("rationale", "a\u0007b", "U+0007"),
        ("rationale", "x" * 4_001, "at most 4000 characters"),
        ("headline", "x" * 81, "at most 80 characters"),
        ("happened_on", "autumn 2020", "there should be a year of four digits"),
        ("happened_on", "9999", "still to come"),
        ("words_revision", 1.5, "whole number"),
        ("words_revision", 10**300, "words were edited since"),
        ("evidence", "all of it", "list"),
        ("evidence", ["the first"], "UUID"),
        ("evidence", [NOBODY], "This claim has no evidence"),
        ("evidence", [NOBODY] * 201, "no more than 200"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_is_none_is_refused_at_its_member(editor, member, value, words):
    claim = make_claim()

    errors = refused(post(editor, claim, verdict_on(claim, **{member: value})))

    assert list(errors) == [member]
    assert any(words in message for message in errors[member]), errors
    assert not Assessment.objects.exists()


def test_unknown_evidence_hides_no_other_fault(editor):
    claim = make_claim()
    body = verdict_on(claim, outcome="void", evidence=[str(uuid4())], corrects=str(uuid4()))

    assert set(refused(post(editor, claim, body))) == {"outcome", "evidence", "corrects"}


def test_the_nearest_evidence_is_suggested(editor):
    claim = make_claim()
    uid = str(add_evidence(claim).uid)
    typo = uid[:-1] + ("0" if uid[-1] != "0" else "1")

    (message,) = refused(post(editor, claim, verdict_on(claim, evidence=[typo])))["evidence"]

    assert f"Did you mean “{uid}”?" in message


def test_evidence_of_another_claim_is_none_of_this(editor):
    claim, other = make_claim(), make_claim()
    body = verdict_on(claim, evidence=[str(add_evidence(other).uid)])

    assert list(refused(post(editor, claim, body))) == ["evidence"]


def test_a_claim_that_is_not_there(editor):
    claim = make_claim()
    body = verdict_on(claim)
    claim.uid = uuid4()

    refused(post(editor, claim, body), 404)


def test_a_draft_is_not_assessed(editor):
    draft = make_draft()

    assert list(refused(post(editor, draft, verdict_on(draft)))) == ["claim"]


def test_a_retracted_claim_is_gone_and_a_merged_one_is_not_written_past(editor):
    retracted, merged, survivor = make_claim(), make_claim(), make_claim()
    bodies = verdict_on(retracted), verdict_on(merged)
    for claim in (retracted, merged):
        claim.refresh_from_db()
    curation.retract([_change(retracted)], actor=ACTOR)
    curation.merge(_change(merged), into=survivor, actor=ACTOR)

    refused(post(editor, retracted, bodies[0]), 410)
    answer = post(editor, merged, bodies[1])

    refused(answer, 409)
    assert "merged into another" in answer.json()["detail"]
    refused(post(editor, merged, bodies[1], dry_run="true"), 409)
    assert not Assessment.objects.exists()


def _change(claim):
    return curation.StateChange(claim=claim, revision=claim.revision, reason="A mistake.")


def test_an_unknown_parameter_is_refused(editor):
    claim = make_claim()

    errors = refused(post(editor, claim, verdict_on(claim), dryrun="true"))

    assert "Did you mean “dry_run”?" in errors["dryrun"][0]
