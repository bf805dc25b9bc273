"""The assessments and the evidence of all claims, each under the filters of the claims."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.models import Assessment, Change, Ledger, instant
from tests.append_only.rows import warrant
from tests.factories import (
    ACTOR,
    add_evidence,
    assess,
    edit,
    make_claim,
    make_draft,
    make_source,
    make_speaker,
    make_topic,
    move,
    rename,
)

LISTS = ("assessments/", "evidence/")


def uids(page):
    return [each["uid"] for each in page["results"]]


def test_an_assessment_says_what_it_said_and_of_which_claim(api):
    claim = make_claim(speaker=make_speaker(slug="ada", name="Ada"))
    evidence = add_evidence(claim)
    verdict = assess(
        claim, "not_borne_out", evidence=[evidence], reason="delayed", happened_on="2020-12~"
    )

    page = api("assessments/")

    assert (page["head"], page["next"], page["previous"]) == (
        Ledger.objects.get().cursor,
        None,
        None,
    )
    assert page["results"] == [
        {
            "claim": {
                "uid": str(claim.uid),
                "statement": claim.statement,
                "speaker": {"slug": "ada", "name": "Ada"},
            },
            "uid": str(verdict.uid),
            "outcome": "not_borne_out",
            "progress": "",
            "label": "Not kept",
            "reopens": False,
            "cause": "first",
            "corrects": None,
            "reason": "delayed",
            "headline": "",
            "rationale": "The report says so.",
            "happened_on": "2020-12~",
            "words_revision": 1,
            "method": "",
            "evidence": [str(evidence.uid)],
            "recorded_at": instant(verdict.recorded_at),
        }
    ]


def test_evidence_is_told_as_under_its_claim(api):
    claim = make_claim()
    add_evidence(claim, kind="search", summary="Looked in the gazette.", stance="context")
    add_evidence(claim, dated="2020-11", observed="eq 5 km", source=make_source())

    for each in api("evidence/")["results"]:
        about = each.pop("claim")
        assert about["statement"] == claim.statement
        assert each == api(f"claims/{about['uid']}/evidence/{each['uid']}/")


@pytest.mark.parametrize("path", LISTS)
def test_the_newest_comes_first_page_by_page_and_back(api, client, path):
    for _number in range(3):
        assess(make_claim(), "borne_out")
    made = uids(api(path))

    first = api(path, page_size=2)
    second = client.get(first["next"]).json()
    back = client.get(second["previous"]).json()

    assert [uids(page) for page in (first, second, back)] == [made[:2], made[2:], made[:2]]
    assert uids(api(path, ordering="recorded")) == made[::-1]
    at = [each["recorded_at"] for each in api(path)["results"]]
    assert at == sorted(at, reverse=True)


@pytest.mark.parametrize("path", LISTS)
def test_the_filters_are_those_of_the_claims(api, problem, path):
    roads = make_topic(slug="roads")
    promise, assertion = make_claim(topics=[roads]), make_claim(kind="assertion")
    for claim in (promise, assertion):
        assess(claim, "borne_out")

    def asked(**params):
        return [each["claim"]["uid"] for each in api(path, **params)["results"]]

    assert asked() == [str(assertion.uid), str(promise.uid)]
    assert asked(kind="assertion") == [str(assertion.uid)]
    assert asked(topic="roads") == asked(uid=str(promise.uid)) == [str(promise.uid)]
    assert asked(topic="roads", kind="assertion") == []
    for name, value in {"kind": "vow", "topic": "streets", "cursor": "x", "wrong": "1"}.items():
        assert list(problem(400, path, **{name: value})["errors"]) == [name]


@pytest.mark.parametrize("path", LISTS)
def test_only_those_of_published_claims_are_there(api, path):
    claim = make_claim()
    assess(claim, "borne_out")
    move(curation.retract, claim, "It was another person.")
    add_evidence(make_draft())

    assert api(path)["results"] == []
    assert api(path, topic=make_topic().slug)["results"] == []


def test_assessments_are_read_as_of_the_past(api):
    claim, retracted = make_claim(topics=[make_topic(slug="roads")]), make_claim()
    before = Ledger.objects.get().cursor
    first, gone = assess(claim, "not_borne_out"), assess(retracted, "borne_out")
    then = Ledger.objects.get().cursor
    assess(claim, "borne_out_late", cause="development")
    move(curation.retract, retracted, "It was another person.")

    assert uids(api("assessments/", as_of=then)) == [str(gone.uid), str(first.uid)]
    assert uids(api("assessments/", as_of=then, status="not_borne_out")) == [str(first.uid)]
    assert uids(api("assessments/", as_of=then, topic="roads")) == [str(first.uid)]
    assert uids(api("assessments/", as_of=before)) == []
    assert api("assessments/", as_of=then)["as_of"]["cursor"] == then


def test_under_the_words_and_names_of_then(api):
    claim = make_claim(statement="Then words.", speaker=make_speaker(slug="ada", name="Ada"))
    wrong = assess(claim, "borne_out")
    assess(claim, "not_borne_out", cause="correction", corrects=wrong)
    then = api("claims/", as_of=Ledger.objects.get().cursor)["as_of"]["place"]
    before = {path: api(path, as_of=then)["results"] for path in ("assessments/", "corrections/")}
    rename(claim.speaker, name="Ada Lovelace")
    edit(claim, values={"statement": "Now words.", "kind": "prediction"})

    assert {path: api(path, as_of=then)["results"] for path in before} == before
    assert before["corrections/"][0]["now"]["label"] == "Not kept"


def test_of_entries_of_one_instant_those_up_to_the_one_that_is_asked(api):
    claims = [make_claim(), make_claim()]
    for claim in claims:
        add_evidence(claim)
        claim.refresh_from_db()
    earlier, later = curation.assess(
        [
            curation.AssessmentWrite(
                claim=claim,
                revision=claim.revision,
                words_revision=1,
                values={"outcome": "borne_out", "rationale": "It says so."},
                evidence=[claim.evidence.get()],
            )
            for claim in claims
        ],
        actor=ACTOR,
    )
    second, first = Change.objects.order_by("-number")[:2]
    assert first.at == second.at

    assert uids(api("assessments/", as_of=first.cursor)) == [str(earlier.uid)]
    assert uids(api("assessments/", as_of=second.cursor)) == [str(later.uid), str(earlier.uid)]


@pytest.mark.parametrize("name", ["as_of", "changed"])
def test_evidence_of_all_claims_is_not_asked_of_the_past(problem, name):
    assert list(problem(400, "evidence/", **{name: "2020-01-01"})["errors"]) == [name]


def test_a_redacted_headline_is_null(api):
    warrant(assess(make_claim(), "borne_out", headline="His home address"), "headline")
    Assessment.objects.update(headline=None)

    (result,) = api("assessments/")["results"]

    assert result["headline"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "beside"),
    [("assessments/", "claims_assessmentevidence"), ("evidence/", "claims_source")],
)
def test_a_page_is_two_queries_however_many_there_are(client, path, beside):
    for _number in range(4):
        assess(make_claim(topics=[make_topic()]), "borne_out")

    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(f"/api/v1/{path}?kind=promise").json()["results"]) == 4

    page_with_head, what_it_names = [query["sql"] for query in captured]
    assert "claims_ledger" in page_with_head
    assert beside in what_it_names
