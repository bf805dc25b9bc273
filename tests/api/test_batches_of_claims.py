"""Many claims are drafted by one request: all of them, or those that can be."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Evidence
from tests.api.desk import CLAIMS, a_claim, done, post, refused, signed_in
from tests.factories import make_source, make_speaker, make_topic

pytestmark = pytest.mark.django_db

BATCH = f"{CLAIMS}batch/"


@pytest.fixture
def contributor():
    return signed_in("contributor")


def batch(client, claims, /, query="", headers=None, **more):
    return post(client, {"claims": claims, **more}, path=BATCH + query, **(headers or {}))


def test_each_is_drafted_and_named_in_its_order(contributor):
    bodies = [a_claim(statement=f"Bridge {number} will be open.") for number in range(3)]

    answer = done(batch(contributor, bodies), 201)

    assert (answer["created"], answer["refused"]) == (3, 0)
    for position, (result, body) in enumerate(zip(answer["results"], bodies, strict=True)):
        assert (result["position"], result["fate"]) == (position, "created")
        read = contributor.get(result["address"])
        assert read.json()["statement"] == body["statement"]
        assert (read.json()["uid"], read["ETag"]) == (result["uid"], result["etag"])


def test_one_that_is_refused_holds_back_the_others_and_each_fault_has_its_place(contributor):
    bodies = [
        a_claim(),
        a_claim(kind="hope", due="2020-13"),
        "a claim",
        a_claim(topics=["nothing"], evidence=[{"kind": "report", "summary": "So."}]),
        a_claim(due="2019"),
    ]

    errors = refused(batch(contributor, bodies))

    assert set(errors) == {
        "claims.1.kind",
        "claims.1.due",
        "claims.2.non_field_errors",
        "claims.3.topics",
        "claims.3.evidence.0.source",
        "claims.4.due",
    } | {f"claims.2.{name}" for name in ("kind", "statement", "speaker", "said_on")}
    assert not Claim.objects.exists()


def test_those_that_can_be_are_drafted_where_that_is_asked(contributor):
    bodies = [
        a_claim(external_id="a"),
        a_claim(kind="hope"),
        a_claim(external_id="a"),
        a_claim(speaker="nobody"),
        a_claim(due="2019"),
        a_claim(external_id="b"),
    ]

    answer = done(batch(contributor, bodies, on_error="skip"), 201)

    assert (answer["created"], answer["refused"]) == (2, 4)
    fates = {each["position"]: each.get("errors", "created") for each in answer["results"]}
    assert fates == {
        0: "created",
        1: {"kind": fates[1]["kind"]},
        2: {"external_id": ["There is one with this already."]},
        3: {"speaker": ["There is no speaker “nobody”."]},
        4: {"due": ["It was due before it was said."]},
        5: "created",
    }
    assert sorted(Claim.objects.values_list("external_id", flat=True)) == ["a", "b"]


def test_where_none_can_be_it_is_refused(contributor):
    errors = refused(batch(contributor, [a_claim(kind="hope")], on_error="skip"))

    assert list(errors) == ["claims.0.kind"]


@pytest.mark.parametrize("on_error", ["refuse_all", "skip"])
def test_a_dry_run_writes_nothing(contributor, on_error):
    body = [a_claim(), a_claim()]

    answer = done(batch(contributor, body, "?dry_run=true", on_error=on_error), 200)

    assert answer["created"] == 2
    assert not Claim.objects.exists()


def test_what_was_sent_twice_is_done_once(contributor):
    bodies, key = [a_claim(), a_claim(kind="hope")], {"Idempotency_Key": "batch-1"}

    first = batch(contributor, bodies, headers=key, on_error="skip")
    again = batch(contributor, bodies, headers=key, on_error="skip")

    assert (first.content, first.status_code) == (again.content, again.status_code)
    assert again["Idempotent-Replayed"] == "true"
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({}, "claims"),
        ({"claims": []}, "claims"),
        ({"claims": [{}] * 501}, "claims"),
        ({"claims": {"0": {}}}, "claims"),
        ({"claims": [{}], "on_eror": "skip"}, "on_eror"),
        ({"claims": [{}], "on_error": "go on"}, "on_error"),
        ({"claims": [{}], "on_error": None}, "on_error"),
        ({"claims": [{}], "on_error": {}}, "on_error"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_batch_that_is_none_is_refused_at_its_member(contributor, body, member):
    assert list(refused(post(contributor, body, path=BATCH))) == [member]


def test_five_hundred_are_taken(contributor):
    bodies = [a_claim(speaker=make_speaker().slug, source=None)] * 500

    assert done(batch(contributor, bodies), 201)["created"] == 500
    assert Claim.objects.count() == 500


def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    found = Counter()
    for sql in (each["sql"] for each in captured):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            verb, _, rest = sql.partition(" ")
            table = rest.partition('"')[2].partition('"')[0]
            if verb == "SELECT":
                table = sql.partition(' FROM "')[2].partition('"')[0]
            found[f"{verb.lower()} {table.removeprefix('claims_')}"] += 1
    return found


WHO = Counter(
    {
        "select django_session": 1,
        "select auth_user": 1,
        "select auth_permission": 1,
        # The throttle counts it as one write of the account.
        **{f"{verb} allowance": 1 for verb in ("update", "select", "insert", "delete")},
    }
)
READ_BACK = Counter(
    {
        "select claim": 1,
        "select topic": 1,
        "select collection": 1,
        "select appearance": 1,
        "select evidence": 1,  # with their sources
        "select assessment": 1,
        "select link": 1,
    }
)
NAMES = Counter({"select speaker": 1, "select source": 1, "select topic": 1})


@pytest.mark.parametrize("size", [2, 100])
def test_a_hundred_cost_the_queries_that_two_do(contributor, size):
    topic, source = make_topic().slug, make_source().slug
    evidence = {"kind": "report", "summary": "It was opened.", "source": source}
    bodies = [a_claim(topics=[topic], evidence=[evidence]) for _ in range(size)]

    found = queries(lambda: done(batch(contributor, bodies), 201))

    assert Evidence.objects.count() == size
    # Rows of claims are inserted by as many as a statement of the engine takes, or by one COPY.
    for name in ("claim", "evidence", "claim_topics"):
        inserted = found.pop(f"insert {name}", 0) + found.pop(f"copy {name}", 0)
        assert 1 <= inserted <= 1 + size // 20
    assert found == (
        WHO
        # Its lock; the head that texts are made at.
        + Counter({"select ledger": 2, "insert searchtext": 1})
        + NAMES  # what the slugs name
        + READ_BACK
        + Counter({"delete claim_topics": 1})  # the topics that they had: none
    )


@pytest.mark.parametrize("size", [2, 100])
def test_unknown_names_are_looked_for_once_each(contributor, size):
    bodies = [a_claim(speaker="nobody", source="nowhere") for _ in range(size)]

    found = queries(lambda: refused(batch(contributor, bodies)))

    # Those that are there, then twice those that begin alike.
    assert (found["select speaker"], found["select source"]) == (3, 3)
