"""Permalinks: a claim as it stood at a number of the ledger, for citing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.http import http_date

from claims import curation
from claims.models import Change, Claim, Ledger
from tests.factories import ACTOR, assess, edit, make_claim, make_speaker, move, rename
from tests.random_desk import write_at_random

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["", "timeline/"], ids=["claim", "timeline"])
def reading(request):
    return request.param


def head():
    return Ledger.objects.get().number


def read(client, path, **headers):
    return client.get(f"/api/v1/{path}", headers=headers)


def cited(response):
    """The address that a claim's own address says to cite."""
    address, relation = response["Link"].split(";")
    assert relation == ' rel="cite-as"'
    return address.strip("<>").removeprefix("http://testserver/api/v1/")


def test_a_claim_leads_to_where_it_stays_as_it_is(client, api, reading):
    claim = make_claim(speaker=make_speaker(name="Ada B."))
    assess(claim, "not_borne_out")
    make_claim()
    now = read(client, f"claims/{claim.uid}/{reading}")
    edit(claim, values={"statement": "The new road will be open in 2020."})
    rename(claim.speaker, name="Ada L.")

    then = api(cited(now))

    number = then.pop("as_of")["number"]
    assert cited(now) == f"claims/{claim.uid}/at/{number}/{reading}"
    assert then == now.json() != api(f"claims/{claim.uid}/{reading}")


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_what_is_cited_says_what_it_said(client, api, seed):
    texts = {}
    for _write in write_at_random(seed, 12):
        for claim in Claim.objects.published():
            for path in (f"claims/{claim.uid}/", f"claims/{claim.uid}/timeline/"):
                now = read(client, path)
                texts[cited(now)] = now.json()

    for address, text in texts.items():
        then = api(address)
        del then["as_of"]
        assert then == text, address


def test_the_past_too_says_where_to_cite_it(client, reading):
    claim = make_claim()
    then = Ledger.objects.get().cursor
    edit(claim, values={"statement": "The new road will be open in 2020."})

    response = read(client, f"claims/{claim.uid}/{reading}?as_of={then}")

    assert cited(response) == f"claims/{claim.uid}/at/{then.split('.')[0]}/{reading}"


def test_the_bytes_are_the_same_on_any_day_whatever_was_written_since(client, reading):
    claim = make_claim()
    path = f"claims/{claim.uid}/at/{head()}/{reading}"
    first = read(client, path)

    edit(claim, values={"statement": "The new road will be open in 2020."})
    rename(claim.speaker, name="Ada L.")
    move(curation.retract, claim, "It was another person.")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400), tick=False):
        again = read(client, path)

    assert (again.status_code, again.content) == (200, first.content)
    assert again["ETag"] == first["ETag"]


def test_its_etag_is_strong_and_answers_for_it(client, reading):
    claim = make_claim()
    path = f"claims/{claim.uid}/at/{head()}/{reading}"
    tag = read(client, path)["ETag"]
    edit(claim, values={"statement": "The new road will be open in 2020."})
    other = read(client, f"claims/{claim.uid}/at/{head()}/{reading}")["ETag"]

    known = read(client, path, **{"if-none-match": f'"another", {tag}'})

    assert tag.startswith('"')
    assert tag != other
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", tag)
    assert read(client, path, **{"if-none-match": other}).status_code == 200


def test_caches_keep_it_for_a_day_since_the_law_may_change_it(client, problem, reading):
    claim = make_claim(statement="Kowalski will open the road.")
    path = f"claims/{claim.uid}/at/{head()}/{reading}"

    kept = read(client, path)["Cache-Control"]
    curation.redact("Kowalski", legal_basis="A court's order.", actor=ACTOR)

    assert kept == "public, max-age=86400, no-transform"
    problem(410, path)
    assert read(client, cited(read(client, f"claims/{claim.uid}/"))).status_code == 200


def test_it_is_a_memento_of_the_claim(client, reading):
    claim = make_claim()
    make_claim()

    response = read(client, f"claims/{claim.uid}/at/{head()}/{reading}")

    address = f"http://testserver/api/v1/claims/{claim.uid}/{reading}"
    assert response["Link"] == f'<{address}>; rel="original latest-version"'
    at = Change.objects.get(number=head()).at
    assert response["Memento-Datetime"] == http_date(at.timestamp())


@pytest.mark.parametrize("beyond", [1, 10**6, 2**63, 10**30])
def test_a_number_that_the_ledger_has_not_come_to_is_not_found(problem, reading, beyond):
    claim = make_claim()

    found = problem(404, f"claims/{claim.uid}/at/{head() + beyond}/{reading}")

    assert found["detail"] == f"The ledger has entries from 1 to {head()} only."


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "9" * 5000])
def test_what_is_no_number_of_an_entry_is_not_found(problem, reading, number):
    problem(404, f"claims/{make_claim().uid}/at/{number}/{reading}")


def test_before_it_was_published_a_claim_is_not_found(problem, reading):
    claim = make_claim()

    problem(404, f"claims/{claim.uid}/at/{head() - 1}/{reading}")


def test_one_that_was_retracted_then_is_gone_though_it_came_back(problem, api, reading):
    claim = make_claim()
    move(curation.retract, claim, "It was another person.")
    retracted = head()
    move(curation.publish, claim, "It was this one.")

    assert problem(410, f"claims/{claim.uid}/at/{retracted}/{reading}")["reason"] == (
        "It was another person."
    )
    assert api(f"claims/{claim.uid}/at/{head()}/{reading}")["uid"] == str(claim.uid)


def test_one_that_was_merged_then_leads_to_the_survivor_at_the_same_number(client, api, reading):
    claim, survivor = make_claim(), make_claim(statement="The road will be open in 2020.")
    before = head()
    change = curation.StateChange(claim=claim, revision=claim.revision, reason="The same.")
    curation.merge(change, into=survivor, actor=ACTOR)
    edit(survivor, values={"statement": "The new road will be open in 2020."})

    response = read(client, f"claims/{claim.uid}/at/{before + 1}/{reading}")

    assert response.status_code == 308
    address = f"claims/{survivor.uid}/at/{before + 1}/{reading}"
    assert response["Location"] == f"http://testserver/api/v1/{address}"
    assert api(address)["statement"] == "The road will be open in 2020."
    assert api(f"claims/{claim.uid}/at/{before}/{reading}")["uid"] == str(claim.uid)


def test_it_takes_no_parameters(problem, reading):
    claim = make_claim()

    for name in ("as_of", "vocab", "chain"):
        path = f"claims/{claim.uid}/at/{head()}/{reading}"
        assert list(problem(400, path, **{name: "1"})["errors"]) == [name]
