"""``search=``: the public claims that have the words, newest first or the best first."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.api import ranking
from claims.models import Claim, Ledger
from tests.factories import (
    ACTOR,
    assess,
    edit,
    make_claim,
    make_collection,
    make_draft,
    make_speaker,
    move,
)

pytestmark = pytest.mark.django_db

DAY = date(2020, 1, 1)


def statements(page):
    return [each["statement"] for each in page["results"]]


def walk(api, direction="next", **params):
    pages = [api("claims/", **params)]
    while address := pages[-1][direction]:
        pages.append(api(address.partition("/api/v1/")[2]))
    return pages


def make_roads(number):
    for n in range(number):
        make_claim(
            statement=f"Road {n}" if n % 2 else f"A road and a ring road {n}",
            said_on=str(DAY + timedelta(days=n // 2)),
        )


def test_what_is_found_comes_newest_first_under_every_other_filter(api):
    make_claim(statement="The old road", said_on="2019-01-01")
    make_claim(statement="The new road", said_on="2019-03-01")
    make_claim(statement="The bridge", said_on="2019-02-01")
    make_claim(statement="A guess of a road", said_on="2019-02-01", kind="prediction")

    assert statements(api("claims/", search="road")) == [
        "The new road",
        "A guess of a road",
        "The old road",
    ]
    assert statements(api("claims/", search="road", kind="promise")) == [
        "The new road",
        "The old road",
    ]
    assert statements(api("claims/", search="road", ordering="said_on"))[0] == "The old road"
    assert api("claims/", search="tunnel")["results"] == []


@pytest.mark.parametrize("ordering", ["-said_on", "said_on", "-due", "changed"])
def test_pages_of_what_is_found_are_those_of_the_whole(api, ordering):
    make_roads(7)
    make_claim(statement="The bridge")

    pages = walk(api, search="road", ordering=ordering, page_size=2)

    assert [len(page["results"]) for page in pages] == [2, 2, 2, 1]
    paged = [each for page in pages for each in statements(page)]
    assert paged == statements(api("claims/", search="road", ordering=ordering))


def test_a_draft_is_never_found_in_public_by_whatever_door(api, client):
    draft = make_draft(statement="Secret tunnel", quote="Secret", speaker=make_speaker(name="Zas"))
    edit(draft, values={"criteria": "Secret"})
    gone = move(curation.retract, make_claim(statement="Secret road"), "Another person.")
    merged, survivor = make_claim(statement="Secret bridge"), make_claim(statement="A bridge")
    change = curation.StateChange(claim=merged, revision=merged.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)
    aside = move(curation.set_aside, make_draft(statement="Secret vault"), "No date.")
    assert Claim.objects.filter(pk__in=[draft.pk, gone.pk, merged.pk, aside.pk]).count() == 4

    head = Ledger.objects.get().cursor
    for asked in ({"search": "secret"}, {"search": "secret OR zas"}):
        assert api("claims/", **asked)["results"] == []
        assert api("claims/", **asked, as_of=head)["results"] == []
        ranked = api("claims/", **asked, ordering="rank")
        assert (ranked["results"], ranked["ranked"]["claims"]) == ([], 0)
        assert api("stats/", **asked, group_by="status")["claims"]["count"] == 0
        assert api("corrections/", **asked)["results"] == []
        exported = b"".join(client.get("/api/v1/claims.csv", asked)).decode()
        assert len(list(csv.reader(io.StringIO(exported)))) == 1


def test_it_comes_back_with_the_claim(api):
    claim = move(curation.retract, make_claim(statement="The road"), "Another person.")
    move(curation.publish, claim, "It was this one.")

    assert statements(api("claims/", search="road")) == ["The road"]


def test_stats_csv_and_corrections_count_what_the_list_finds(api, client):
    make_roads(3)
    wrong = assess(make_claim(statement="The ring road"), "borne_out")
    assess(wrong.claim, "not_borne_out", cause="correction", corrects=wrong)
    make_claim(statement="The bridge", collections=[make_collection()])

    counted = api("stats/", search="road", group_by="status")
    assert counted["claims"]["count"] == 4
    (group,) = (each for each in counted["results"] if each["status"] == "not_borne_out")
    assert statements(api(group["list"].partition("/api/v1/")[2])) == ["The ring road"]
    assert len(api("corrections/", search='"ring road"')["results"]) == 1
    assert api("corrections/", search="bridge")["results"] == []
    exported = b"".join(client.get("/api/v1/claims.csv", {"search": "ring"})).decode()
    assert exported.count("The ring road") == 1
    assert "bridge" not in exported


def test_with_as_of_the_words_are_those_of_now(api):
    claim = make_claim(statement="The road")
    then = Ledger.objects.get().cursor
    edit(claim, values={"statement": "The bridge"})
    move(curation.retract, claim, "Another person.")

    assert statements(api("claims/", search="bridge", as_of=then)) == ["The road"]
    assert api("claims/", search="road", as_of=then)["results"] == []
    assert api("claims/", search="bridge")["results"] == []
    ranked = api("claims/", search="bridge", as_of=then, ordering="rank")
    assert statements(ranked) == ["The road"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This is empty"),
        ("?!", "no letter or digit"),
        ("-road", "what to find too"),
        ('"ring road', "no other to close it"),
        ("road OR", "OR stands between"),
        ("word " * 3_000, "at most 200 characters"),
        ("w " * 9, "at most 8 words"),
        ("a\x00b", "U+0000"),
        (b"\xed\xa0\x80", "U+FFFD"),
    ],
)
def test_what_cannot_be_looked_for_is_a_400_by_name(api, problem, typed, said):
    for path, more in (("claims/", {}), ("claims.csv", {}), ("stats/", {"group_by": "kind"})):
        (message,) = problem(400, path, search=typed, **more)["errors"]["search"]
        assert said in message
    assert api("claims/")["results"] == []


def test_rank_puts_first_what_says_it_most_plainly(api):
    make_claim(statement="Something else", criteria="A ring and a road", said_on="2020-05")
    make_claim(statement="Roads, and a ring", said_on="2020-04")
    make_claim(statement="A ring road", said_on="2020-02")
    make_claim(statement="The ring road and another ring road", said_on="2020-01")
    make_claim(statement="By name", speaker=make_speaker(name="Ring Road Ltd"), said_on="2020-01")
    make_claim(statement="The same", quote="A ring road", said_on="2020-03")

    page = api("claims/", search="ring road", ordering="rank")

    assert statements(page) == [
        "The ring road and another ring road",
        "A ring road",
        "By name",
        "Roads, and a ring",
        "The same",
        "Something else",
    ]
    assert page["ranked"] == {"claims": 6, "all": True}
    assert page["next"] is page["previous"] is None


def test_pages_of_a_ranking_hold_each_claim_once_there_and_back(api):
    make_roads(7)
    whole = statements(api("claims/", search="road", ordering="rank"))
    assert whole[0] == "A road and a ring road 6"
    assert whole[-1] == "Road 1"

    pages = walk(api, search="road", ordering="rank", page_size=2)
    assert [len(page["results"]) for page in pages] == [2, 2, 2, 1]
    assert [each for page in pages for each in statements(page)] == whole
    assert pages[0]["previous"] is None

    back = [pages[-1]]
    while address := back[-1]["previous"]:
        back.append(api(address.partition("/api/v1/")[2]))
    assert [each for page in reversed(back) for each in statements(page)] == whole


def test_a_place_in_a_ranking_stays_one_when_claims_come_and_go(api):
    make_roads(6)
    first = api("claims/", search="road", ordering="rank", page_size=3)
    whole = statements(api("claims/", search="road", ordering="rank"))
    move(curation.retract, Claim.objects.get(statement=whole[2]), "Another person.")
    make_claim(statement="Road road road of a road")

    rest = api(first["next"].partition("/api/v1/")[2])

    assert statements(rest) == whole[3:]


def test_only_the_newest_thousand_are_ranked_and_it_says_so(api, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_RANKED", 4)
    make_claim(statement="A road, the road, every road", said_on="2010")
    make_roads(4)

    page = api("claims/", search="road", ordering="rank", page_size=2)

    assert page["ranked"] == {"claims": 4, "all": False}
    found = statements(page) + statements(api(page["next"].partition("/api/v1/")[2]))
    assert len(found) == 4
    assert "A road, the road, every road" not in found


@pytest.mark.parametrize(
    ("path", "params", "name", "said"),
    [
        ("claims/", {"ordering": "rank"}, "ordering", "give search too"),
        ("claims/", {"ordering": "-rank", "search": "a"}, "ordering", "without the -"),
        ("claims/", {"ordering": "ranc", "search": "a"}, "ordering", "“rank”"),
        ("claims.csv", {"ordering": "rank", "search": "a"}, "ordering", "Give one of"),
        ("claims/", {"ordering": "rank", "search": "a", "cursor": "x"}, "cursor", "no cursor"),
        # ["rank", "1 2020-13-01", 1, 0] and ["-said_on", "2020-01-01", 1, 0]
        (
            "claims/",
            {
                "ordering": "rank",
                "search": "a",
                "cursor": "WyJyYW5rIiwgIjEgMjAyMC0xMy0wMSIsIDEsIDBd",
            },
            "cursor",
            "no cursor",
        ),
        (
            "claims/",
            {
                "ordering": "rank",
                "search": "a",
                "cursor": "WyItc2FpZF9vbiIsICIyMDIwLTAxLTAxIiwgMSwgMF0",
            },
            "cursor",
            "another ordering",
        ),
    ],
)
def test_a_ranking_that_cannot_be_is_refused_by_name(problem, path, params, name, said):
    (message,) = problem(400, path, **params)["errors"][name]
    assert said in message


def queries(api, **params):
    with CaptureQueriesContext(connection) as captured:
        api("claims/", **params)
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("roads", [2, 12])
def test_what_it_costs(api, roads):
    make_roads(roads)
    index = "claims_search" if connection.vendor == "sqlite" else "::tsquery"

    (page_with_head,) = queries(api, search="road -bridge", kind="promise")
    assert index in page_with_head
    assert "claims_ledger" in page_with_head

    candidates, texts = queries(api, search="road OR bridge", ordering="rank")
    assert index in candidates
    assert "claims_claimdocument" not in candidates
    assert index not in texts
