"""Each role and each kind of write: who may, by session and by token, and who is told what.

A new kind of write goes into WRITES, under its operation in the schema, with a request that
whoever may do it gets done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from claims import curation
from claims.models import ApiToken
from tests.api.desk import CLAIMS, a_claim, address_of
from tests.api.test_recording_assessments import address, verdict_on
from tests.api.test_who_writes_rows import WRITES as ROWS
from tests.api.test_who_writes_rows import prepared
from tests.exchange.imports.uploading import bring
from tests.factories import (
    bearer,
    make_account,
    make_claim,
    make_collection,
    make_draft,
    make_source,
    make_speaker,
    make_token,
    make_topic,
    move,
)

pytestmark = pytest.mark.django_db

NO_ROLE = ""
CONTRIBUTORS = {"contributor", "editor", "administrator"}
EDITORS = {"editor", "administrator"}
EVERYBODY = {NO_ROLE, *CONTRIBUTORS}


class Write(NamedTuple):
    """`prepare(account)` gives the method, the address and the body."""

    who: set[str]
    prepare: Callable[[Any], tuple[str, str, Any]]
    by_token: bool = True


def record_a_verdict(account):
    claim = make_claim()
    body = verdict_on(claim)
    del body["revision"]
    return "post", address(claim), body


def make_an_api_token(account):
    return "post", "/api/v1/tokens/", {"name": "Nightly import"}


def revoke_an_api_token(account):
    make_token(account, name="Old")
    token = ApiToken.objects.get(name="Old")
    return "delete", f"/api/v1/tokens/{token.uid}/", None


def bring_a_file(account):
    return "post", "/api/v1/imports/?name=topics.csv", b"slug,name\nun,UN\n"


def import_of(account):
    upload = bring("slug,name\nun,UN\n", "topics.csv", account=account)
    return f"/api/v1/imports/{upload.uid}/"


def enter_a_file(account):
    return "post", f"{import_of(account)}apply/", None


def throw_a_file_away(account):
    return "delete", import_of(account), None


def add(path, body):
    return lambda account: ("post", f"/api/v1/{path}", body)


def edit(path, make, body):
    """Of a row that `make` makes."""
    return lambda account: ("patch", f"/api/v1/{path}{make().slug}/", body)


def of_a_draft(name):
    def prepare(account):
        method, path, body = prepared(name, make_draft())
        return method, f"/api/v1/{path}", body

    return prepare


def draft(account):
    return "post", CLAIMS, a_claim()


def draft_several(account):
    return "post", f"{CLAIMS}batch/", {"claims": [a_claim()]}


def edit_a_draft(account):
    return "patch", address_of(make_draft()), {"quote": "We will open it."}


def throw_a_draft_away(account):
    return "delete", address_of(make_draft()), None


def step(name, make, **body):
    """A move of a claim that `make` makes."""
    return lambda account: ("post", address_of(make(), name), body)


def merge_two(account):
    return (
        "post",
        address_of(make_claim(), "merge"),
        {"into": str(make_claim().uid), "reason": "The same promise."},
    )


def in_review():
    return move(curation.submit_for_review, make_draft())


NAME = {"name": "A road"}
PUBLICATION = {"publisher": "The Daily", "title": "Road"}

WRITES = {
    "speakers_create": Write(CONTRIBUTORS, add("speakers/", NAME)),
    "sources_create": Write(CONTRIBUTORS, add("sources/", PUBLICATION)),
    "topics_create": Write(CONTRIBUTORS, add("topics/", NAME)),
    "collections_create": Write(EDITORS, add("collections/", NAME)),
    # A change of these shows in published claims at once.
    "speakers_partial_update": Write(EDITORS, edit("speakers/", make_speaker, NAME)),
    "sources_partial_update": Write(EDITORS, edit("sources/", make_source, PUBLICATION)),
    "topics_partial_update": Write(EDITORS, edit("topics/", make_topic, NAME)),
    "collections_partial_update": Write(EDITORS, edit("collections/", make_collection, NAME)),
    **{name: Write(ROWS[name][-1], of_a_draft(name)) for name in ROWS},
    "claims_create": Write(CONTRIBUTORS, draft),
    "claims_batch_create": Write(CONTRIBUTORS, draft_several),
    "claims_partial_update": Write(CONTRIBUTORS, edit_a_draft),
    "claims_destroy": Write(EDITORS, throw_a_draft_away),
    "claims_submit_for_review_create": Write(CONTRIBUTORS, step("submit-for-review", make_draft)),
    "claims_back_to_draft_create": Write(EDITORS, step("back-to-draft", in_review)),
    "claims_publish_create": Write(EDITORS, step("publish", make_draft)),
    "claims_set_aside_create": Write(EDITORS, step("set-aside", make_draft, reason="A wish.")),
    "claims_retract_create": Write(EDITORS, step("retract", make_claim, reason="Not hers.")),
    "claims_merge_create": Write(EDITORS, merge_two),
    "claims_assessments_create": Write(EDITORS, record_a_verdict),
    "imports_create": Write(CONTRIBUTORS, bring_a_file),
    "imports_apply_create": Write(CONTRIBUTORS, enter_a_file),
    "imports_destroy": Write(CONTRIBUTORS, throw_a_file_away),
    "tokens_create": Write(CONTRIBUTORS, make_an_api_token, by_token=False),
    "tokens_destroy": Write(EVERYBODY, revoke_an_api_token, by_token=False),
}
ELSEWHERE = {"tokens_current_destroy": "a token gives itself up: test_tokens.py"}

every_write = pytest.mark.parametrize("name", WRITES)
every_role = pytest.mark.parametrize("role", [NO_ROLE, *sorted(CONTRIBUTORS)])


def send(write, client=None, headers=None):
    method, path, body = write
    return getattr(client or Client(), method)(
        path,
        body or "",
        content_type="text/csv" if isinstance(body, bytes) else "application/json",
        headers={"If-Match": "*"} | (headers or {}),
    )


def outcome(response):
    if response.status_code < 400:
        return "done"
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code


@every_write
@every_role
def test_by_session(role, name):
    write, account = WRITES[name], make_account(role)
    client = Client()
    client.force_login(account)

    response = send(write.prepare(account), client)

    assert outcome(response) == ("done" if role in write.who else 403)


@every_write
@every_role
def test_by_a_token_that_may_write(role, name):
    write, account = WRITES[name], make_account(role)
    token = bearer(make_token(account))

    response = send(write.prepare(account), headers=token)

    assert outcome(response) == ("done" if role in write.who and write.by_token else 403)


@every_write
def test_by_a_token_that_may_only_read(name):
    write, account = WRITES[name], make_account("administrator")
    token = bearer(make_token(account, "read"))

    response = send(write.prepare(account), headers=token)

    assert outcome(response) == 403


@every_write
def test_by_nobody(name):
    response = send(WRITES[name].prepare(make_account("editor")))

    assert outcome(response) == 401
    assert response["WWW-Authenticate"].startswith("Bearer ")


@every_write
def test_by_an_account_that_was_closed(name):
    account = make_account("editor")
    token = bearer(make_token(account))
    write = WRITES[name].prepare(account)
    account.is_active = False
    account.save()

    assert outcome(send(write, headers=token)) == 401


@every_write
def test_by_session_without_its_csrf_token(name):
    account = make_account("administrator")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)

    assert outcome(send(WRITES[name].prepare(account), browser)) == 403


def test_no_kind_of_write_is_forgotten():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    served = {
        operation["operationId"]
        for operations in paths.values()
        for method, operation in operations.items()
        if method in ("post", "put", "patch", "delete")
    }

    assert served == WRITES.keys() | ELSEWHERE.keys()
