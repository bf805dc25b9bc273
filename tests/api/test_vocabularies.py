"""`vocab=`: the status in the words of others, in the API and the CSV."""

import csv
import io

import pytest

from claims import curation
from claims.models import Ledger
from tests.exchange.desk import put, put_export, take_in
from tests.factories import assess, make_claim

pytestmark = pytest.mark.django_db

EVERY = "politifact,claimreview,metaculus"


@pytest.fixture
def late():
    claim = make_claim()
    assess(claim, "borne_out_late")
    return claim


def rows(client, **params):
    text = b"".join(client.get("/api/v1/claims.csv", params)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_claim_has_its_status_in_each_vocabulary_that_is_asked_for(api, late):
    assert api(f"claims/{late.uid}/", vocab="metaculus,claimreview,politifact")["vocab"] == {
        "metaculus": {
            "status": "no",
            "lossy": True,
            "note": "A question resolves by its deadline: that it came about late is lost.",
            "version": "1",
        },
        "claimreview": {
            "status": "Kept late",
            "lossy": False,
            "note": None,
            "version": "1",
            "rating": None,
        },
        "politifact": {
            "status": "Promise Kept",
            "lossy": True,
            "note": "That it was kept late is lost.",
            "version": "1",
        },
    }


def test_the_rest_of_the_claim_is_as_it_is_without(api, late):
    asked, plain = api(f"claims/{late.uid}/", vocab="politifact"), api(f"claims/{late.uid}/")

    assert asked.pop("vocab").keys() == {"politifact"}
    assert asked == plain
    assert "vocab" not in api("claims/")["results"][0]


def test_each_claim_of_a_list_has_its_own(api, late):
    make_claim(kind="assertion", said_on="2019")

    results = api("claims/", vocab="politifact")["results"]

    words = [each["vocab"]["politifact"]["status"] for each in results]
    assert words == ["Promise Kept", None]


def test_what_a_claim_was_called_then_is_asked_with_as_of(api, client, late):
    judged = Ledger.objects.get().cursor
    assess(late, progress="stalled", cause="development", reopens=True)

    def word(path, **params):
        return api(path, vocab="politifact", **params)

    assert word(f"claims/{late.uid}/")["vocab"]["politifact"]["status"] == "Stalled"
    then = word(f"claims/{late.uid}/", as_of=judged)
    (listed,) = word("claims/", as_of=judged)["results"]
    (row,) = rows(client, vocab="politifact", as_of=judged)
    assert then["vocab"]["politifact"]["status"] == "Promise Kept"
    assert listed["vocab"] == then["vocab"]
    assert row["politifact"] == "Promise Kept"
    assert list(row)[-1] == "changed_since"


def test_the_csv_has_columns_at_its_end_for_each(client, late):
    (plain,), (row,) = rows(client), rows(client, vocab=EVERY)

    assert list(row)[: len(plain)] == list(plain)
    assert {name: row[name] for name in list(row)[len(plain) :]} == {
        "politifact": "Promise Kept",
        "politifact_lossy": "true",
        "politifact_note": "That it was kept late is lost.",
        "politifact_version": "1",
        "claimreview": "Kept late",
        "claimreview_rating": "",
        "claimreview_lossy": "false",
        "claimreview_note": "",
        "claimreview_version": "1",
        "metaculus": "no",
        "metaculus_lossy": "true",
        "metaculus_note": ("A question resolves by its deadline: that it came about late is lost."),
        "metaculus_version": "1",
    }


def test_a_file_with_those_columns_is_imported_as_one_without(client, late, tmp_path):
    put_export(tmp_path)
    put(tmp_path, "claims", b"".join(client.get("/api/v1/claims.csv", {"vocab": EVERY})))

    assert set(take_in(tmp_path)) == {curation.Fate.UNCHANGED}


@pytest.mark.parametrize("path", ["claims/", "claims.csv", "claims/{uid}/"])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("politfact", "Did you mean “politifact”?"),
        ("snopes", "is not one of: politifact, claimreview, metaculus."),
        ("politifact,,metaculus", "empty value"),
        ("", "Give one or more of: politifact"),
    ],
)
def test_what_is_no_vocabulary_is_refused_with_those_there_are(problem, path, asked, said):
    path = path.format(uid=make_claim().uid)

    assert said in problem(400, path, vocab=asked)["errors"]["vocab"][0]


def test_a_timeline_has_none(problem, late):
    problem(400, f"claims/{late.uid}/timeline/", vocab="politifact")
