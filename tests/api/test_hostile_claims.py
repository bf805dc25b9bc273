"""Whatever is sent in a claim's place, what is no claim is refused and makes no 500."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.api.claim_members import DRAFT, EDIT
from claims.models import Claim
from tests.api.desk import CLAIMS, a_claim, address_of, post, refused, send, signed_in
from tests.factories import make_draft

pytestmark = pytest.mark.django_db

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)))
    | st.sampled_from(
        ["0000", "99999", "2020", "../..", "a\u0000b", "eq 1e999 people", "x" * 5_000]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def bodies(members):
    """Bodies with anything in some of the members."""
    rows = {
        name: st.lists(
            st.fixed_dictionaries({}, optional=dict.fromkeys(member.child.fields, anything)),
            max_size=2,
        )
        for name, member in members.items()
        if name in ("appearances", "evidence")
    }
    return st.fixed_dictionaries(
        {}, optional={name: anything | rows.get(name, st.nothing()) for name in members}
    )


hostile = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def editor(db):
    return signed_in("editor")


@hostile
@given(body=bodies(DRAFT.fields))
def test_in_a_draft(editor, body):
    response = post(editor, a_claim(speaker="nobody", source=None) | body)

    refused(response)
    assert not Claim.objects.exists()


@hostile
@given(body=bodies(EDIT.fields))
def test_in_an_edit(editor, body):
    draft = Claim.objects.first() or make_draft()

    response = send(editor, "patch", f"{address_of(draft)}?dry_run=true", body)

    assert response.status_code in (200, 400), response.content
    assert Claim.objects.get() == draft


@hostile
@given(claims=st.lists(anything, max_size=3) | anything)
def test_in_a_batch(editor, claims):
    refused(post(editor, {"claims": claims}, path=f"{CLAIMS}batch/"))


@hostile
@given(body=st.fixed_dictionaries({}, optional={"reason": anything, "into": anything}))
def test_in_a_move(editor, body):
    draft = Claim.objects.first() or make_draft()
    assert send(editor, "post", address_of(draft, "merge"), body).status_code in (400, 409)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"statement": "a\\u0000b"}', "U+0000"),
        (b'{"statement": "\\ud800"}', "half a surrogate pair"),
        (b'{"topics": ' + b"[" * 100_000, "brackets"),
        (b'{"statement": ' + b"9" * 5_000 + b"}", "not JSON"),
        (b'{"kind": "promise", "kind": "prediction"}', '"kind" is there twice'),
        ('{"statement": "über"}'.encode("utf-16"), "not JSON"),
        (b"[]", "Send one JSON object"),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("path", ["", "batch/"])
def test_as_a_body(editor, client, path, body, words):
    response = editor.post(f"{CLAIMS}{path}", body, content_type="application/json")

    errors = refused(response)
    told = [response.json()["detail"], *(each[0] for each in errors.values())]
    assert path or any(words in each for each in told), told
    assert client.get(CLAIMS).status_code == 200


def test_a_crowd_of_unknown_members_is_answered_briefly_and_soon(editor):
    claims = [{f"{'x' * 30}{number}": 1 for number in range(100)} for _ in range(500)]

    response = post(editor, {"claims": claims}, path=f"{CLAIMS}batch/")

    refused(response)
    assert len(response.content) < 500_000
