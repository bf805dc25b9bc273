"""JSON-LD at its address; what stands in it is tested with the export."""

import pytest

from claims import curation
from claims.models import Ledger
from tests.exchange.schema_org import faults_in
from tests.factories import ACTOR, assess, edit, make_claim, make_draft, move, rename

pytestmark = pytest.mark.django_db


def address(claim):
    return f"claims/{claim.uid}.jsonld"


def test_a_judged_claim_is_a_claim_review_and_an_open_one_a_claim(api):
    claim = make_claim()
    was_open = api(address(claim))
    assess(claim, "borne_out")
    judged = api(address(claim))

    assert (was_open["@type"], judged["@type"]) == ("Claim", "ClaimReview")
    assert faults_in(was_open) == faults_in(judged) == []
    assert judged["url"] == f"http://testserver/api/v1/claims/{claim.uid}/"


@pytest.mark.parametrize("accept", ["application/ld+json", "application/json", "*/*"])
def test_is_to_be_had_for_the_asking(client, accept):
    response = client.get(f"/api/v1/{address(make_claim())}", headers={"accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"] == "application/ld+json"


def test_what_is_read_is_what_a_script_element_may_hold(client):
    claim = make_claim(statement="It says </script> there.")

    page = client.get(f"/api/v1/{address(claim)}").content.decode()

    assert "<" not in page
    assert "It says \\u003c/script> there." in page


def test_has_the_names_of_today(api):
    claim = make_claim()
    rename(claim.speaker, name="Ada L.")

    assert api(address(claim))["author"]["name"] == "Ada L."


def test_the_past_is_told_as_it_was(api, problem):
    before = Ledger.objects.get().cursor
    claim = make_claim(statement="The road will be open in 2020.")
    then = Ledger.objects.get().cursor
    edit(claim, values={"statement": "The new road will be open in 2020."})
    rename(claim.speaker, name="Ada L.")
    assess(claim, "borne_out")
    move(curation.retract, claim, "It was another person.")

    told = api(address(claim), as_of=then)

    assert (told["@type"], told["text"]) == ("Claim", "The road will be open in 2020.")
    assert told["author"]["name"] != "Ada L."
    problem(404, address(claim), as_of=before)
    assert problem(410, address(claim), as_of=Ledger.objects.get().cursor)["reason"] == (
        "It was another person."
    )


def test_a_claim_with_a_redacted_text_is_still_told(api, problem):
    claim = make_claim(statement="Kowalski will open the road.")
    then = Ledger.objects.get().cursor
    curation.redact("Kowalski", legal_basis="A court's order.", actor=ACTOR)

    assert api(address(claim))["text"] == "[redacted] will open the road."
    problem(410, address(claim), as_of=then)


def test_a_draft_is_not_found(problem):
    problem(404, address(make_draft()))


def test_it_takes_as_of_and_nothing_else(problem):
    claim = make_claim()

    assert list(problem(400, address(claim), vocab="politifact")["errors"]) == ["vocab"]
    assert list(problem(400, address(claim), as_of="soon")["errors"]) == ["as_of"]
