"""Whoever has read something is told with two queries at most that it is still the same."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import curation
from claims.curation import reference
from tests.api.addresses import NEEDED, addresses, make_rows
from tests.factories import assess, edit, make_claim, make_speaker, rename

pytestmark = pytest.mark.django_db

PRIVATE = {  # kept by nobody
    *("claims/{uid}/suggestion/", "tokens/", "drafts/", "docs/", "imports/", "imports/{upload}/"),
    *("imports/{upload}/refused.zip", "imports/{upload}/refused/{table}.csv"),
}
COSTLY = {  # what takes several queries to answer
    *(f"claims/{{uid}}/{of}?as_of={{head}}" for of in ("", "timeline/", "evidence/", "links/")),
    *(
        "claims/?as_of={head}",
        "claims/?count=true&ordering=due",
        "claims/{uid}.jsonld?as_of={head}",
    ),
    *("claims/{uid}/timeline/?chain=true&as_of={head}", "sources/?ordering=published_on"),
}
SHARED = "public, max-age=0, s-maxage=10"
CITED = "public, max-age=86400, no-transform"  # what stands at a number of the ledger


def read_addresses():
    """The path of every read that anybody may ask for."""
    paths = {path for _method, path in addresses("get")}
    return sorted({*paths, *COSTLY, "schema/", ""} - PRIVATE)


@pytest.fixture(scope="module")
def names(rows_for_all):
    return rows_for_all(make_rows)


@pytest.fixture
def read(client):
    def ask(path, **headers):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/api/v1/{path}", headers=headers)
            response.queries = len(captured)
        response.getvalue()  # a download gives its place back when it is read
        return response

    return ask


def is_strong(tag):
    return re.fullmatch(r'"[!#-~]+"', tag)


def test_every_read_has_a_strong_tag_and_is_not_sent_twice(client, read, names, subtests):
    for path in read_addresses():
        with subtests.test(path):
            address = path.format(**names) + NEEDED.get(path, "")
            first = read(address)
            assert first.status_code == 200, first.content
            assert is_strong(first["ETag"])

            again = read(address, if_none_match=first["ETag"])

            assert (again.status_code, again.content) == (304, b"")
            assert not {"Content-Length", "Content-Type"} & set(
                again.headers
            )  # they would be of a body
            assert again["ETag"] == first["ETag"]
            assert again["Cache-Control"] == first["Cache-Control"]
            assert first["Cache-Control"] == (CITED if "/at/" in path else SHARED)
            assert again.queries <= 2
            assert client.head(f"/api/v1/{address}")["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    "mark", ['W/"{}"', '"{}-gzip"', '"{};gzip"', 'W/"{}-br"', '"x", W/"{}"', "*"]
)
def test_a_proxy_that_compresses_may_mark_it(read, names, mark):
    tag = read("claims/")["ETag"].strip('"')

    assert read("claims/", if_none_match=mark.format(tag)).status_code == 304


@pytest.mark.parametrize("tag", ['"0-0123456789abcdef"', "nonsense", '""', 'W/""'])
def test_another_tag_is_answered_in_full(read, names, tag):
    assert read("claims/", if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "claims/",
        "claims/{uid}/",
        "claims/{uid}/timeline/",
        "claims/{uid}/assessments/",
        "claims/{uid}/history/",
        "claims.csv",
        "changes/",
        "stats/?group_by=status",
        "speakers/{slug}/scorecard/",
    ],
)
def test_a_write_gives_it_another_tag(read, path):
    claim = make_claim()
    address = path.format(uid=claim.uid, slug=claim.speaker.slug)
    before = read(address)["ETag"]

    assess(claim, "borne_out")

    answer = read(address, if_none_match=before)
    assert answer.status_code == 200
    assert answer["ETag"] != before


def test_so_does_another_name_of_its_speaker(read):
    claim = make_claim(speaker=make_speaker(name="Ada"))
    before = {path: read(path)["ETag"] for path in ("claims/", f"claims/{claim.uid}/")}

    rename(claim.speaker, name="Ada Lovelace")

    assert [path for path, tag in before.items() if read(path)["ETag"] == tag] == []


def test_a_claims_tags_name_its_revision_whichever_address_they_are_of(read):
    claim = make_claim()
    edit(claim, values={"quote": "We will open it."})

    for path in ("", "timeline/", "assessments/", "?fields=uid"):
        assert read(f"claims/{claim.uid}/{path}")["ETag"].startswith('"3-')


def test_counts_of_another_day_have_another_tag(read, names, time_machine):
    time_machine.move_to("2024-05-01T12:00:00Z", tick=False)
    before = read("stats/?group_by=status&overdue=true")["ETag"]

    time_machine.move_to("2024-05-02T12:00:00Z", tick=False)

    assert read("stats/?group_by=status&overdue=true")["ETag"] != before


def test_what_is_read_with_credentials_is_kept_by_no_shared_cache(admin_client, client, names):
    signed = admin_client.get("/api/v1/claims/")
    offered = client.get("/api/v1/claims/", headers={"Authorization": "Basic none"})

    assert signed["Cache-Control"] == offered["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path", ["claims/?colour=red", "claims/00000000-0000-4000-8000-000000000000/"]
)
def test_a_refusal_is_kept_by_nobody(read, path):
    refusal = read(path, if_none_match="*")

    assert refusal.status_code in (400, 404)
    assert refusal["Cache-Control"] == "private, no-store"
    assert "ETag" not in refusal


@pytest.mark.parametrize(
    "path",
    ["claims.atom", "calendar.ics", "claims.csv?search=ada", "stats/?group_by=kind&search=ada"],
)
def test_so_do_texts_that_are_made_anew_later_on(read, monkeypatch, path):
    speaker = make_speaker(name="Ada")
    make_claim(speaker=speaker, due="9000")
    monkeypatch.setattr(reference, "BLOCK", 0)
    rename(speaker, name="Grace")
    before = read(path)

    curation.refresh_documents()

    after = read(path, if_none_match=before["ETag"])
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
