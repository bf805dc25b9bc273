"""Beside a claim in a chain stand the chain, and how the deadline moved."""

from tests.admin.pages import page_of
from tests.admin.test_claim_page_costs import queries
from tests.factories import link, make_claim, make_draft, make_revision


def due(text):
    return {"due": text, "due_mode": "by", "due_basis": "stated"}


def goalposts(client, claim):
    html = client.get(page_of(claim)).content.decode()
    beside = html[html.index('id="beside"') :]
    return beside[beside.index("Goalposts") :] if "Goalposts" in beside else ""


def test_each_claim_of_a_chain_shows_it(editor):
    first = make_claim(statement="The road opens in 2020.", **due("2020-12-31"))
    second = make_revision(first, statement="The road opens in June.", **due("2021-06-29"))
    third = make_revision(second, statement="The road opens next year.", **due("2022"))

    for claim in (first, second, third):
        html = goalposts(editor, claim)
        assert "Deadline moved 2 times, by 366 to 730 days" in html
        places = [html.index(each.statement) for each in (first, second, third)]
        assert places == sorted(places)
        assert f"<b>{claim.statement}</b>" in html


def test_a_claim_in_no_chain_shows_none(editor):
    claim = make_claim()
    link(claim, make_claim(), "depends_on")

    assert goalposts(editor, claim) == ""


def test_a_draft_is_in_no_public_chain(editor):
    first = make_claim()
    draft = make_draft(speaker=first.speaker)
    link(draft, first)

    assert goalposts(editor, draft) == ""
    assert goalposts(editor, first) == ""


def test_a_longer_chain_costs_no_more_queries(admin_client):
    claim = make_revision(make_claim())
    queries(admin_client, claim)  # Django looks up the content type once, and remembers it
    few = len(queries(admin_client, claim))
    last = claim
    for _number in range(3):
        last = make_revision(last)

    assert len(queries(admin_client, claim)) == few
